import Testing

@testable import GenOpsGateway

@Suite("Paths")
struct PlainPathTests {
  @Test(
    "However a path is written, it is the route that PostHog would take it for",
    arguments: [
      "/batch/", "/batch", "//batch//", "/./batch", "/x/../batch/", "/%62atch/", "/batch%2F",
      "/x/%2e%2e/batch", "/\\batch",
    ])
  func spellings(_ path: String) {
    #expect(Route(PlainPath(path, prefix: "")) == .capture)
  }

  @Test("A prefix of the gateway is taken off, and only as a whole word")
  func prefix() {
    #expect(Route(PlainPath("/ingest/flags/", prefix: "/ingest")) == .flags)
    #expect(PlainPath("/ingest/flags/", prefix: "/ingest").written == "/flags/")
    #expect(PlainPath("/ingestion/flags/", prefix: "/ingest").written == "/ingestion/flags/")
    #expect(Route(PlainPath("/ingest", prefix: "/ingest")) == .other)
  }
}
