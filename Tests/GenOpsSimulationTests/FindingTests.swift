import Foundation
import GenOpsHistory
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

struct `A scenario with a mistake` {
  /// What is written, where the finding stands, and a word of what would be right.
  static let cases: [(text: String, line: Int, help: String)] = [
    ("perod: 2027-01 to 2027-02", 7, "did you mean 'period'"),
    ("growth: {evnts: 2% per month}", 7, "did you mean 'events'"),
    ("growth: {events: 2%}", 7, "per month"),
    ("growth: {events: 2 to 6 per month}", 7, "%"),
    ("growth: {events: 6% to 2% per month}", 7, "2% to 6%"),
    ("growth: {events: {model: gompertzz}}", 7, "did you mean 'gompertz'"),
    ("changes: [{launch: {from: 2027-02-30, events: +10%}}]", 7, "2027-05-10"),
    ("changes: [{launch: {from: 2027-01-10, events: 10%}}]", 7, "+15%"),
    ("budget: 5000 per month", 7, "USD"),
    ("budget: 5000 USD", 7, "per month"),
    ("budget: -5 USD per month", 7, "0 or more"),
    ("budget: nan USD per month", 7, "USD per month"),
    ("budget: 5000 EUR per month", 7, "USD"),
    ("budget: 99999999999999999999 USD per month", 7, "USD"),
    ("prices: posthog-2026-80", 7, "did you mean 'posthog-2026-08'"),
    ("add_ons: [bost]", 7, "did you mean 'boost'"),
    ("options: [{a: {flag_poling: 300 s}}]", 7, "did you mean 'flag_polling'"),
    ("options: [{a: {flag_polling: 300}}]", 7, "flag_polling"),
    ("expect: [lost.critcal == 0]", 7, "did you mean 'lost.critical'"),
    ("expect: [cost.p95 < 100]", 7, "USD"),
    ("expect: {nobody: [lost.critical == 0]}", 7, "known"),
    ("value: {benefits: [{tools: {amount: 3500 USD}}]}", 7, "per month"),
    ("paths: 0", 7, ""),
    ("billing_day: 32", 7, ""),
    ("history: missing.csv", 7, "check the path"),
  ]

  @Test(arguments: cases)
  func `is told where it is and what would be right`(
    entry: (text: String, line: Int, help: String)
  ) {
    let head = """
      scenario: shop
      period: 2027-01 to 2027-02
      traffic:
        - shop:
            events: 1M per month
            identified: 50%

      """
    let errors = TextScenario.findings(head + entry.text + "\n").filter { $0.severity == .error }
    #expect(!errors.isEmpty, "\(entry.text) is accepted")
    if entry.line > 0 {
      #expect(errors.contains { $0.location?.line == entry.line }, "\(errors)")
    }
    #expect(
      entry.help.isEmpty || errors.contains { ($0.help ?? "").contains(entry.help) }, "\(errors)")
  }

  /// A mistake is one finding: what follows from it is none besides.
  static let single: [(line: String, wrong: String, code: String)] = [
    ("period: 2027-01 to 2027-02", "period: 2027-13 to 2028-01", "impossible-date"),
    ("period: 2027-01 to 2027-02", "period: 2027-05 to 2027-03", "not-a-period"),
    ("events: 1M per month", "events: 1M", "missing-period"),
    ("identified: 50%", "identified: 150%", "out-of-range"),
  ]

  @Test(arguments: single)
  func `is told once`(entry: (line: String, wrong: String, code: String)) {
    let text = """
      scenario: shop
      period: 2027-01 to 2027-02
      traffic:
        - shop:
            events: 1M per month
            identified: 50%

      """
    #expect(text.contains(entry.line))
    let findings = TextScenario.findings(text.replacing(entry.line, with: entry.wrong))
    #expect(findings.filter { $0.severity != .note }.map(\.code) == [entry.code])
  }

  @Test(arguments: [
    ("a: 1\nb: 2\n# a: 3\nc:\n  a: 4\na: 5\n", 6, 1),
    ("c:\n  - a: 1\n    b: 2\n    a: 3\n", 4, 5), ("\"a\": 1\nb: 2\na: 3\n", 3, 1),
    ("c: {a: 1, a: 2}\n", 1, 5),
  ])
  func `is shown the second of two equal keys`(text: String, line: Int, column: Int) {
    let error = #expect(throws: FindingsError.self) {
      try YAMLReader.parse(Data(text.utf8), file: "x")
    }
    let place = error?.findings.all.first?.location
    #expect(place?.line == line && place?.column == column, "\(String(describing: place))")
  }

  @Test(arguments: [200, 5000])
  func `is told that it is too deep`(depth: Int) {
    let error = #expect(throws: FindingsError.self) {
      try YAMLReader.parse(Data(String(repeating: "[", count: depth).utf8), file: "x")
    }
    #expect(error?.findings.all.first?.message.contains("yaml_") == false)
  }

  @Test func `is offered an example that lies in what was assumed`() throws {
    let text = """
      scenario: shop
      period: 2027-01 to 2027-02
      traffic:
        - shop: {events: 1M per month, identified: 50%}
      options:
        - views:  {sample: {$pageview: 10%}}
        - clicks: {anonymous: [$autocapture]}
      """
    let assumed = TextScenario.findings(text).filter { $0.message.contains("share assumed") }
    #expect(assumed.count == 3)
    for finding in assumed {
      let range = try #require(finding.message.firstMatch(of: /([\d.]+)-([\d.]+) %/))
      let example = try #require(finding.help?.firstMatch(of: /: ([\d.]+)%}/))
      let value = try #require(Double(example.1))
      #expect(try #require(Double(range.1)) < value && value < #require(Double(range.2)))
      // The query that is offered runs.
      #expect(finding.help?.contains("count() from events group by event") == true)
    }
  }

  @Test func `is told what a simulated day cannot show`() {
    let text = """
      scenario: shop
      period: 2027-01 to 2027-02
      traffic:
        - shop:
            events: 1M per month
            identified: 50%
      governance: {traffic_sampling: {high_per_minute: 5000}}
      """
    let findings = TextScenario.findings(text)
    #expect(findings.contains { $0.code == "traffic-sampling-unseen" }, "\(findings)")
  }

  @Test func `is told all of them at once`() {
    let text = """
      scenario: shop
      perod: 2027-01 to 2027-02
      growth: {evnts: 2%}
      budget: 5000
      """
    #expect(TextScenario.findings(text).filter { $0.severity == .error }.count >= 4)
  }

  @Test(arguments: [
    "", "\u{0}\u{1}binary", "[[[[[[", "a: b: c", "- just\n- a list", "42",
    String(repeating: "[", count: 5_000), "a: &x [*x]", "scenario: {a: 1}",
  ])
  func `never stops the program`(text: String) {
    #expect(!TextScenario.findings(text).isEmpty)
  }
}
