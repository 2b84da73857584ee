import Foundation
import GenOpsSimulation
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsReporting
import GenOpsCommands

@Suite struct SnapshotReportTests {
  private func outcomes() -> [SnapshotOutcome] {
    typealias Change = SnapshotOutcome.Change
    var changed = SnapshotOutcome(
      scenario: "scenarios/shop.yaml", file: "scenarios/__snapshots__/shop.json", state: .changed)
    changed.currency = "USD"
    changed.causes = [
      .init(
        reason: .price,
        text: "own events tier 3 (2,000,001 - 15,000,000): 0.0000343 -> 0.0000353",
        place: SourceLocation(file: "scenarios/own.json", line: 14, column: 37), effect: 702),
      .init(
        reason: .volume, text: "volume: growth.events: 2% -> 3%",
        place: SourceLocation(file: "scenarios/shop.yaml", line: 8, column: 11), effect: 98),
    ]
    func change(
      _ name: String, _ old: Double?, _ new: Double?, _ reasons: [SnapshotOutcome.Reason],
      unit: Snapshot.Figure.Unit = .money, isQuote: Bool = false
    ) -> Change {
      Change(name: name, unit: unit, isQuote: isQuote, old: old, new: new, reasons: reasons)
    }
    changed.changes = [
      change("cost.mean", 65_229.12, 66_029.4, [.price, .volume]),
      change("cost.p90", 71_000, 72_100, [.price]),
      change("breach.probability(year)", 0.94, 0.97, [.price], unit: .probability),
      change("both: lost.refused", 0, 1_200, [.volume], unit: .count),
      change("cost.mean(2027-02)", 4_257, 4_311, [.price]),
      change("cost.mean(team=web & shop)", 35_082, 35_798, [.price]),
      change("cost.mean(team=api)", 15_970, 16_086, [.volume]),
      change("own events 15,000,000", 495.9, 508.9, [.price], isQuote: true),
      change("own llm_events 0", nil, 0, [.price], isQuote: true),
    ]
    var broken = SnapshotOutcome(scenario: "scenarios/bad.yaml", file: "bad.json", state: .broken)
    broken.findings.error(
      "unknown-key", "a scenario has no key 'budgt'", help: "did you mean 'budget'?",
      at: SourceLocation(file: "scenarios/bad.yaml", line: 3, column: 1))
    return [
      changed, SnapshotOutcome(scenario: "scenarios/ok.yaml", file: "ok.json", state: .passed),
      SnapshotOutcome(
        scenario: "scenarios/new.yaml", file: "scenarios/__snapshots__/new.json", state: .missing),
      SnapshotOutcome(scenario: "", file: "scenarios/__snapshots__/old.json", state: .unused),
      broken,
    ]
  }

  private var report: SnapshotReport { SnapshotReport(outcomes: outcomes(), paths: ["scenarios"]) }

  @Test func `The text names book, meter, tier, place and effect in its first line`() {
    let text = TextFormat.render(report.report, TextStyle())
    let first = text.prefix { $0 != "\n" }
    #expect(
      first
        == "own events tier 3 (2,000,001 - 15,000,000): 0.0000343 -> 0.0000353 at "
        + "scenarios/own.json:14:37: cost 65,229 -> 66,029 USD (+1.2 %)")
    #expect(text.hasSuffix("if this is meant: genops snapshot update scenarios\n"))
    expectGolden(text, "snapshot.txt")
  }

  @Test func `The comment is one that can be found again`() {
    let text = MarkdownFormat.render(report.report, TextStyle())
    #expect(text.hasPrefix("<!-- genops:snapshot -->\n"))
    expectGolden(text, "snapshot-comment.md")
  }

  @Test func `JUnit's XML parses and counts what failed`() throws {
    expectGolden(JUnitFormat.render(report.report, TextStyle()), "snapshot-junit.xml")
    let counts = "tests=\"5\" failures=\"3\" errors=\"1\""
    #expect(JUnitFormat.render(report.report, TextStyle()).contains("<testsuites \(counts)>"))
    #expect(Markup.escaped("a<b & \"c\"\u{1}") == "a&lt;b &amp; &quot;c&quot;\u{FFFD}")
  }

  @Test func `Annotations stand beside the line that was changed`() {
    let commands = report.annotations.map(\.command)
    #expect(commands.count == 4)
    #expect(
      commands[0].hasPrefix("::error file=scenarios/own.json,line=14,col=37,title=snapshot::own "))
    #expect(commands[0].contains("%0Aif this is meant: genops snapshot update"))
    let odd = Annotation(
      isError: false, place: SourceLocation(file: "a:b,c", line: 1, column: 2), title: "t",
      message: "100 %\r\nx")
    #expect(odd.command == "::warning file=a%3Ab%2Cc,line=1,col=2,title=t::100 %25%0Ax\n")
  }

  @Test func `Nothing is written under CI`() async {
    let output = await SnapshotCommands.update(
      .init(paths: [], environment: CIEnvironment(["CI": "true"])), OutputOptions())
    #expect(output.status == .error && output.stdout.isEmpty)
    #expect(output.stderr.contains("nothing is written under CI=true"))
    #expect(!CIEnvironment([:]).isCI && !CIEnvironment(["CI": "false"]).isCI)
  }

  /// Without chance the mean and each quantile are one number, and scenarios of one book have the same
  /// prices: neither is a line of its own.
  @Test func `The terminal folds what is equal`() throws {
    var first = outcomes()[0]
    first.changes = ["cost.mean", "cost.p10", "cost.p90"].map {
      .init(name: $0, unit: .money, isQuote: false, old: 768, new: 845, reasons: [.price])
    }
    first.changes += [1, 2].map {
      .init(
        name: "own events \($0)", unit: .money, isQuote: true, old: Double($0), new: 9,
        reasons: [.price])
    }
    var second = first
    second.scenario = "scenarios/other.yaml"
    second.changes[0].new = 900
    let text = TextFormat.render(
      SnapshotReport(outcomes: [first, second], paths: []).report, TextStyle())
    let lines = text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(lines.contains("cost.mean and 2 alike 768 845 +10.0 % price"))
    #expect(lines.contains("cost.p10, cost.p90 768 845 +10.0 % price"))
    #expect(lines.count { $0.hasPrefix("own events 1 ") } == 1)
    #expect(lines.contains("and 2 prices as above"))
    // A file for programs has every one.
    let csv = CSVFormat.render(
      SnapshotReport(outcomes: [first, second], paths: []).report, TextStyle())
    #expect(csv.split(separator: "\r\n").count { $0.contains("own events 1,") } == 2)
  }

  @Test func `A passing check is one line`() {
    let passed = SnapshotReport(outcomes: [outcomes()[1]], paths: [])
    #expect(TextFormat.render(passed.report, TextStyle()) == "1 snapshot holds\n")
    #expect(MarkdownFormat.render(passed.report, TextStyle()).contains("**1 snapshot unchanged.**"))
  }

  @Test func `The workflow is fifteen lines at most, and both scripts are there`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    for name in ["genops.yml", "nightly.yml"] {
      let text = try String(contentsOf: root.appending(path: "deploy/ci/\(name)"), encoding: .utf8)
      #expect(text.split(separator: "\n").count <= 15)
      for script in text.matches(of: /deploy\/ci\/(comment|nightly)\b/) {
        #expect(
          FileManager.default.isExecutableFile(
            atPath: root.appending(path: "deploy/ci/\(script.1)").path))
      }
    }
    expectGolden(
      try String(contentsOf: root.appending(path: "deploy/ci/genops.yml"), encoding: .utf8),
      "ci-workflow.yml")
  }
}
