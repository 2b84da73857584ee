import Foundation
import GenOpsGovernance
import GenOpsHistory
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// The files under `scenarios/policies`.
enum PolicyFiles {
  static let examples: [String] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appendingPathComponent("scenarios/policies")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().map {
      folder.appendingPathComponent($0).path
    }
  }()
}

@Suite("Policy files with their tests")
struct PolicyFileTests {
  private func results(_ text: String) throws -> [PolicyTestResult] {
    try PolicyFileReader.parse(YAMLReader.parse(Data(text.utf8), file: "p.yaml")).0.run()
  }

  private func codes(_ text: String) -> [String] {
    do {
      _ = try PolicyFileReader.parse(YAMLReader.parse(Data(text.utf8), file: "p.yaml"))
      return []
    } catch {
      return error.findings.all.map {
        "\($0.location?.line ?? 0) \($0.code)"
      }
    }
  }

  @Test("The policies that come with the program hold", arguments: PolicyFiles.examples)
  func examples(path: String) throws {
    let (file, findings) = try PolicyFileReader.read(path: path)
    #expect(findings.all.allSatisfy { $0.severity == .note })
    for result in try file.run() { #expect(result.failures == [], "\(result.name)") }
  }

  @Test("What comes out otherwise is told with its line, and all of it")
  func failures() throws {
    let result = try #require(
      results(
        """
        prices: genops-guide
        opening: {events: 1M}
        governance: {mode: enforced, budget: 0.0001 USD per day}
        tests:
          - name: wrong
            events:
              - {event: $pageview, count: 3, expect: sent}
              - {at: 1d, event: purchase, user: ann, expect: budget}
            then:
              - {at: 1h, cost: 0.0002 USD, sent: 2, alerts: [day 80]}
        """
      ).first)
    #expect(!result.passed && result.events == 4)
    #expect(
      result.failures.map { "\($0.location.line) \($0.what): \($0.expected) | \($0.actual)" } == [
        "7 $pageview: 3 sent | 2 sent, 1 budget", "8 purchase: 1 budget | 1 sent",
        "10 cost: 0.0002 | 0.0001", "10 alerts: day 80 | day 80; day 90; day 95; day 100",
      ])
  }

  @Test("Events of several lines come in the order of time")
  func order() throws {
    let result = try #require(
      results(
        """
        prices: genops-guide
        opening: {events: 1M}
        governance: {mode: enforced, budget: 0.0002 USD per day}
        tests:
          - name: interleaved
            events:
              - {event: a, count: 3, every: 10s, expect: "2 sent, 1 budget"}
              - {at: 5s, event: b, count: 3, every: 10s, expect: "2 sent, 1 budget"}
        """
      ).first)
    #expect(result.failures == [])
  }

  @Test("Mistakes in a file are all told, with their places")
  func mistakes() {
    #expect(
      codes(
        """
        governance: {mode: enforcd}
        opening: {evnts: 5}
        tests:
          - name: x
            start: noon
            events:
              - {event: a, at: soon, count: -1, expect: gone}
              - {event: b, count: 3, expect: "1 sent, 1 budget"}
            then:
              - {cost: much, spent: 5, usage: {evnts: 1}, sint: 2}
          - name: cannot fail
            events: [{event: a}]
        """) == [
          "2 unknown-meter", "1 unknown-mode", "5 instant", "7 duration", "7 whole-number",
          "7 outcome", "8 outcome", "10 expected-value", "10 wrong-type", "10 unknown-meter",
          "10 unknown-key", "11 test-expects-nothing",
        ])
    #expect(codes("governance: enforced") == ["1 missing-key"])
  }
}
