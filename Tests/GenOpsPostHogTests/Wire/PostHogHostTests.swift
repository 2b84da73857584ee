import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("The host that is sent to")
struct PostHogHostTests {
  @Test(
    "App addresses become ingestion addresses; paths, ports and other hosts stay",
    arguments: [
      ("https://app.posthog.com", "https://us.i.posthog.com"),
      ("https://us.posthog.com/", "https://us.i.posthog.com"),
      ("https://eu.posthog.com", "https://eu.i.posthog.com"),
      ("http://EU.posthog.com//", "https://eu.i.posthog.com"),
      ("app.posthog.com", "https://us.i.posthog.com"),
      ("https://us.i.posthog.com", "https://us.i.posthog.com"),
      ("https://eu.posthog.com/ingest/", "https://eu.i.posthog.com/ingest"),
      ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
      ("http://[::1]:8080/ingest", "http://[::1]:8080/ingest"),
      ("  https://Shop.example/Ingest/ ", "https://shop.example/Ingest"),
      ("http://relay_1:8010", "http://relay_1:8010"), ("10.0.0.1", "https://10.0.0.1"),
      ("https://app.posthog.com.evil.example", "https://app.posthog.com.evil.example"),
    ])
  func mapping(_ written: String, _ sent: String) throws {
    let host = try PostHogHost(written)
    #expect(host.description == sent)
    #expect(host.url("/batch/") == sent + "/batch/")
  }

  @Test(
    "What is not an address is an error that shows no password",
    arguments: [
      "", "https://", "ftp://us.i.posthog.com", "https://us.i.posthog.com?x=1", "https://a b",
      "https://host:", "https://host:70000", "https://host:80x", ":80",
      "https://ann:hunter2@host", "https://user@host", "https://[::1", "https://[]",
      "https://[::1]x",
      "https://[nonsense:]", "events=1", "0,5", "https://a(b", "~", "...", "https://a%20b",
    ])
  func invalid(_ written: String) {
    let error = #expect(throws: FindingsError.self) { try PostHogHost(written) }
    let text = error?.findings.all.map(\.message).joined() ?? ""
    #expect(text.contains("PostHog host") && !text.contains("hunter2"))
  }

  @Test("Regions, the app's address, and equality by what is sent to")
  func regions() throws {
    let mapped = try PostHogHost("https://app.posthog.com")
    #expect(mapped == .us && mapped.hashValue == PostHogHost.us.hashValue)
    #expect(mapped.wasMapped && !PostHogHost.us.wasMapped)
    #expect(PostHogHost.eu.region == "eu" && PostHogHost.eu.appBase == "https://eu.posthog.com")
    let proxy = try PostHogHost("http://localhost:9000/x")
    #expect(proxy.region == nil && proxy.appBase == "http://localhost:9000/x" && !proxy.wasMapped)
  }

  @Test("A secret shows its kind and nothing else, however it is printed")
  func secrets() {
    let secret = Secret("phc_abcdef")
    var dumped = ""
    dump(["key": secret], to: &dumped)
    for text in ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped] {
      #expect(text.contains("phc_…") && !text.contains("abcdef"))
    }
    #expect("\(Secret("anything"))" == "…" && secret.revealed == "phc_abcdef")
    let request = WireRequest(
      method: "GET", url: "https://h/flags/definitions?token=phc_abcdef",
      headers: [WireHeader("Authorization", "Bearer phx_abcdef")], body: Array("phc_abcdef".utf8))
    var shown = "\(request) \(String(reflecting: request))"
    dump(request, to: &shown)
    #expect(!shown.contains("abcdef"))
  }
}
