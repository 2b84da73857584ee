import Foundation
import GenOpsPostHogTesting
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

/// What the adapter sends is what PostHog's own client sends for the same calls, in both protocols.
///
/// The calls are `Samples/client-calls.json`; `make_client_bodies.py` beside it makes them with the real
/// client against a server on this machine and writes `client-bodies.jsonl`. `Tests/System/client-calls`
/// makes that file anew and compares.
@Suite("Calls beside PostHog's Python client")
struct ClientCallTests {
  /// What differs in every call, and why. Differences of single calls stand with the call.
  static let differing: [(field: String, why: String)] = [
    ("properties.$lib", "which library sends"),
    ("properties.$lib_version", "its version"),
    (
      "properties.$os",
      "the machine; the client names it with captures alone, ours with every event"
    ),
    ("properties.$os_version", "which Linux: says nothing of a person who uses a server"),
    ("properties.$os_distro", "as the line before"),
    ("properties.$python_runtime", "there is no Python"),
    ("properties.$python_version", "there is no Python"),
    ("properties.genops_team", "governance's stamp: whose event it is"),
    ("properties.genops_timestamp", "governance's stamp: when it was decided"),
    ("properties.genops_cost_estimated", "governance's stamp: what it costs"),
    ("properties.$exception_list.0.stacktrace", "errors of Swift carry no stack"),
    (
      "properties.$exception_type",
      "as version 7.0.0 of the client named it, for queries that ask for it"
    ),
    ("properties.$exception_message", "as the line before"),
    ("header User-Agent", "which library sends"),
    ("header PostHog-Sdk-Info", "which library sends"),
  ]

  /// A request of the client.
  private struct Recorded {
    var name: String
    var capture: CaptureProtocol
    var path: String
    var headers: JSONValue
    var body: JSONValue
  }

  private static func recorded() throws -> [Recorded] {
    let url = try #require(
      Bundle.module.url(
        forResource: "client-bodies", withExtension: "jsonl", subdirectory: "Samples"))
    return try Data(contentsOf: url).split(separator: 0x0A).map { line in
      let json = JSONValue(try JSONParser.parse([UInt8](line), file: "client-bodies"))
      return Recorded(
        name: json["name"]?.string ?? "",
        capture: try #require(CaptureProtocol(rawValue: json["protocol"]?.string ?? "")),
        path: json["path"]?.string ?? "", headers: json["headers"] ?? .null,
        body: json["body"] ?? .null)
    }
  }

  @Test("Each field is the client's, or listed with a reason", arguments: CaptureProtocol.allCases)
  func bodies(_ capture: CaptureProtocol) async throws {
    let recorded = try Self.recorded()
    let calls = try ClientCall.all()
    #expect(calls.count >= 40 && Set(calls.map(\.name)).count == calls.count)
    #expect(Set(recorded.map(\.name)).isSubset(of: calls.map(\.name)))
    let clock = ManualClock("2027-01-10T12:00:00Z")
    var seen: Set<String> = []
    for call in calls {
      let theirs = recorded.filter { $0.name == call.name && $0.capture == capture }
      let ours = try await call.requests(capture, at: clock)
      #expect(theirs.isEmpty == (call.sends == "neither"), "\(call.name): the client")
      #expect(ours.isEmpty == (call.sends != "both"), "\(call.name): ours")
      guard call.sends == "both" else { continue }
      #expect(ours.count == theirs.count, "\(call.name): requests")
      let own = ["differs", "differs in \(capture.rawValue)"].flatMap {
        call.json[$0]?.members.map(\.key) ?? []
      }
      var seenHere: Set<String> = []
      for (mine, other) in zip(ours, theirs) {
        #expect(mine.url == "https://us.i.posthog.com" + other.path, "\(call.name)")
        var comparison = BodyComparison(now: clock.now())
        comparison.compare(mine.json, other.body)
        for name in Set(mine.headers.map(\.name) + other.headers.members.map(\.key)) {
          comparison.compare(
            mine.header(name).map { .string($0) }, other.headers[name], "header " + name)
        }
        for difference in comparison.differences {
          seenHere.insert(difference.field)
          if own.contains(difference.field) { continue }
          let isListed = Self.differing.contains { $0.field == difference.field }
          #expect(isListed, "\(call.name): \(difference.field): \(difference.text)")
        }
      }
      seen.formUnion(seenHere)
      let unseen = own.filter { !seenHere.contains($0) }
      #expect(unseen.isEmpty, "\(call.name) lists what does not differ")
    }
    let unseen = Self.differing.map(\.field).filter { !seen.contains($0) }
    // The newer protocol has the library in a header instead, and the older none for it.
    let elsewhere: [String] =
      switch capture {
      case .batch: ["header PostHog-Sdk-Info"]
      case .perEvent: ["properties.$lib", "properties.$lib_version"]
      }
    #expect(Set(unseen) == Set(elsewhere))
  }
}
