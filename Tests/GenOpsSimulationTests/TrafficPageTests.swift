import Foundation
import GenOpsForecasting
import GenOpsHistory
import GenOpsPostHog
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// `docs/traffic.md` shows every registered kind with its example, and every example runs.
/// GENOPS_UPDATE_GOLDEN=1 writes the parts between the marks anew.
@Suite("TrafficPage")
struct TrafficPage {
  static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/traffic.md")

  /// One example as it stands on the page.
  struct Example: Sendable, CustomTestStringConvertible {
    var part: String
    var name: String
    var summary: String
    /// A section of a scenario, as YAML.
    var yaml: String

    var testDescription: String { "\(part) \(name)" }

    var text: String { "`\(name)`: \(summary)\n\n```yaml\n\(yaml)\n```\n" }
  }

  static let examples: [Example] = {
    func indented(_ text: String, _ spaces: Int) -> String {
      text.split(separator: "\n").map { String(repeating: " ", count: spaces) + $0 }
        .joined(separator: "\n")
    }
    return CalendarEffects.registry.entries.map {
      Example(
        part: "calendar", name: $0.name, summary: $0.summary,
        yaml: "calendar:\n  my effect:\n" + indented($0.kind.example, 4))
    }
      + PeopleParts.registry.entries.map {
        Example(
          part: "people", name: $0.name,
          summary: $0.name == EventsPreset.name
            ? "events per user as in PostHog's table of example products" : $0.summary,
          yaml: "traffic:\n  - app:\n" + indented($0.kind.example, 6))
      }
      + TrafficFaults.registry.entries.map {
        Example(
          part: "faults", name: $0.name, summary: $0.summary,
          yaml: "faults:\n  - my fault:\n" + indented($0.kind.example, 6))
      }
  }()

  private func section(_ part: String) -> String {
    if part == "presets" {
      return "| Preset | Product | Events |\n|---|---|--:|\n"
        + EventsPerUser.all.map { "| `\($0.name)` | \($0.product) | \(Int($0.perMonth)) |\n" }
        .joined()
    }
    return TrafficPage.examples.filter { $0.part == part }.map(\.text).joined(separator: "\n")
  }

  @Test("shows every registered kind as it is")
  func page() throws {
    var page = try String(contentsOf: TrafficPage.file, encoding: .utf8)
    for part in ["calendar", "presets", "people", "faults"] {
      let begin = try #require(page.range(of: "<!-- begin \(part) -->\n"))
      let end = try #require(page.range(of: "<!-- end \(part) -->"))
      let wanted = section(part)
      if Golden.isRewritten {
        page.replaceSubrange(begin.upperBound..<end.lowerBound, with: wanted)
      } else {
        #expect(String(page[begin.upperBound..<end.lowerBound]) == wanted, "\(part)")
      }
    }
    if Golden.isRewritten {
      try page.write(to: TrafficPage.file, atomically: true, encoding: .utf8)
    }
  }

  @Test("has examples that run", arguments: examples)
  func run(example: Example) async throws {
    var text = "period: 2027-01 to 2027-12\nbudget: 20000 USD per year\n" + example.yaml + "\n"
    if example.part != "people" {
      text += """
        traffic:
          - app: {events: 200k per day, identified: 40%, exceptions: 900 per day}
          - servers: {flag_servers: 2}

        """
    }
    let run = try await TextScenario.run(text, paths: 20)
    #expect(run.result.findings.all.isEmpty, "\(run.result.findings.all)")
    #expect(run.result.year.cost.mean > 0)
    let again = try await TextScenario.run(text, paths: 20, jobs: 2)
    #expect(run.result.year.cost == again.result.year.cost)
    #expect(run.result.faults.count == (example.part == "faults" ? 1 : 0))
  }
}
