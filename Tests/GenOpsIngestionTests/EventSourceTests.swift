import GenOpsUnits
import Testing

@testable import GenOpsIngestion

struct `Kinds of recorded events` {
  @Test(arguments: EventSources.registry.names)
  func `read their own example`(name: String) throws {
    let kind = try #require(EventSources.registry[name])
    for told in [nil, name] {
      let stream = try EventReader(Array(kind.example.utf8), name: "example", kind: told)
      #expect(try stream.rest().map(\.name) == ["$pageview"])
      #expect(stream.findings.all.isEmpty)
    }
  }

  @Test func `that nobody knows are refused with the nearest name`() {
    let error = #expect(throws: FindingsError.self) {
      try EventReader([], name: "x", kind: "batch-exports")
    }
    #expect(error?.findings.all.first?.help == "did you mean 'batch-export'?")
  }
}
