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
    ("changes: [{launch: {from: 2027-02-30, events: +10%}}]", 7, "2027-02-28"),
    ("changes: [{launch: {from: 2027-13-01, events: +10%}}]", 7, "2027-12-01, or 2027-01-13"),
    ("changes: [{launch: {from: 2027-01-10, events: 2}}]", 7, "x2, or +2%, or +2 per day"),
    ("changes: [{launch: {from: 2027-01-10, events: +15}}]", 7, "+15%, or +15 per day"),
    ("changes: [{launch: {from: 2027-01-10, events: 30k per day}}]", 7, "+30k per day"),
    ("calendar: {c: {effect: campaign, from: 2027-03-32, by: +5%}}", 7, "2027-03-31"),
    ("calendar: {c: {effect: campaign, from: 2027-03-02, by: 3}}", 7, "by: x3, or +3%"),
    ("terms: {discount: 15}", 7, "write 15%"), ("terms: {discount: 0.15}", 7, "write 15%"),
    ("terms: {discount: 150%}", 7, "0% to 100%"),
    ("budget: 60000 USD yearly", 7, "60000 USD per year"),
    ("budget: 500 USD daily", 7, "500 USD per day"),
    ("budget: 500 USD per moth", 7, "500 USD per month"),
    ("growth: {events: 3% monthly}", 7, "events: 3% per month"),
    ("changes: [{launch: {from: 2027-01-10, events: 10%}}]", 7, "+10%"),
    ("budget: 5000 per month", 7, "USD"),
    ("budget: 5000 USD", 7, "per month"),
    ("budget: -5 USD per month", 7, "0 or more"),
    ("budget: nan USD per month", 7, "USD per month"),
    ("budget: 5000 EUR per month", 7, "USD"),
    ("budget: 99999999999999999999 USD per month", 7, "USD"),
    ("prices: posthog-2026-80", 7, "did you mean 'posthog-2026-08'"),
    ("prices: posthog-2026", 7, "did you mean 'posthog-2026-08'"),
    ("prices: posthog-2027", 7, "did you mean 'posthog-2026-08'"),
    ("prices: posthog-2025-01", 7, "did you mean 'posthog-2024-07'"),
    ("add_ons: [bost]", 7, "did you mean 'boost'"),
    ("options: [{a: {flag_poling: 300 s}}]", 7, "did you mean 'flag_polling'"),
    ("options: [{a: {flag_polling: 300}}]", 7, "flag_polling"),
    ("expect: [lost.critcal == 0]", 7, "did you mean 'lost.critical'"),
    ("expect: [cost.p95 < 100]", 7, "USD"),
    ("expect: [lost.refused = 0]", 7, "write: lost.refused == 0"),
    ("expect: [cost.p95 =< 100 USD]", 7, "write: cost.p95 <= 100 USD"),
    ("expect: [cost.p95 ≤ 100 USD]", 7, "write: cost.p95 <= 100 USD"),
    ("expect: [usage]", 7, "write: usage.p90(events) == 0"),
    ("expect: [breach < 5%]", 7, "did you mean 'breach.probability'"),
    ("expect: {nobody: [lost.critical == 0]}", 7, "known"),
    ("value: {benefits: [{tools: {amount: 3500 USD}}]}", 7, "per month"),
    ("value: {benefits: [{tools: {amount: 4100 USD}}]}", 7, "write: amount: 4100 USD per month"),
    ("value: {benefits: [{tools: {amount: 41 dollars per month}}]}", 7, "41 USD per month"),
    ("value: {discount_rate: 7}", 7, "discount_rate: 7% per year"),
    ("value: {discount_rate: 1% per month}", 7, "per year"),
    ("value: {benefits: [{t: {amount: 9 hours per month, at: 60 USD per day}}]}", 7, "at: 60 USD"),
    ("value: {benefits: [{t: {amount: x3 USD per month}}]}", 7, "3500 USD per month"),
    ("value: {lost_event: 0.001 USD per month}", 7, "lost_event: 0.001 USD"),
    ("opening_usage: {events: 1200000 per month}", 7, "events: 1200000"),
    // A range with a hyphen is named as what it is, whatever stands around it.
    ("growth: {events: 2%-6% per month}", 7, "did you mean '2% to 6% per month'"),
    ("growth: {events: 2% - 6% per month}", 7, "did you mean '2% to 6% per month'"),
    ("growth: {events: 2–6% per month}", 7, "did you mean '2 to 6% per month'"),
    ("changes: [{launch: {from: 2027-01-10, events: +15%-30%}}]", 7, "'+15% to +30%'"),
    ("changes: [{launch: {from: 2027-01-10, events: x1.8-x2.6}}]", 7, "'x1.8 to x2.6'"),
    // Days in other forms are shown in the right one.
    ("changes: [{launch: {from: 10.1.2027, events: +10%}}]", 7, "write: 2027-01-10"),
    ("changes: [{launch: {from: 1/15/2027, events: +10%}}]", 7, "write: 2027-01-15"),
    ("changes: [{launch: {from: 3/1/2027, events: +10%}}]", 7, "2027-01-03, or 2027-03-01"),
    ("changes: [{launch: {from: Jan 10 2027, events: +10%}}]", 7, "write: 2027-01-10"),
    (
      "calendar: {c: {effect: campaign, from: 10 Jan 2027 to 20 Jan 2027, by: +10%, shape: pulse, lasts: 2 days}}",
      7, "from: 2027-01-10 to 2027-01-20"
    ),
    // A meter goes by several names, and is one thing under all of them.
    ("growth: {events: 2% per month, product_analytics: 3% per month}", 7, "keep one"),
    (
      "changes: [{launch: {from: 2027-01-10, events: +10%, product_analytics: +10%}}]", 7,
      "keep one"
    ),
    ("opening_usage: {events: 5, product_analytics: 6}", 7, "keep one"),
    ("options: [{a: {scale: {events: 50%, product_analytics: 50%}}}]", 7, "keep one"),
    (
      "calendar: {h: {effect: holidays, country: de, by: -10%, on: [events, event]}}", 7, "keep one"
    ),
    // What names usage that there is not moves nothing, and is no warning that nobody reads.
    ("growth: {surveys: 2% per month}", 7, "leave it out"),
    ("changes: [{launch: {from: 2027-01-10, recordings: +10%}}]", 7, "genops plan"),
    ("options: [{a: {scale: {recordings: 50%}}}]", 7, "genops plan"),
    ("options: [{a: {usage: 2}}]", 7, "usage: x2"),
    ("options: [{a: {usage: x2 to x3}}]", 7, "growth: or changes:"),
    ("options: [{a: {usage: -150%}}]", 7, "usage: x2"),
    ("calendar: {h: {effect: holidays, country: de, by: -10%, on: recordings}}", 7, "genops plan"),
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

  /// A period in another form, and the line that would be right.
  @Test(arguments: [
    ("Feb 2027 to Jan 2028", "2027-02 to 2028-01"), ("02/2027 - 01/2028", "2027-02 to 2028-01"),
    ("2027-02-01 to 2028-01-31", "2027-02 to 2028-01"), ("2027-2 to 2028-1", "2027-02 to 2028-01"),
    ("2027-02 - 2028-01", "2027-02 to 2028-01"), ("2027-02..2028-01", "2027-02 to 2028-01"),
    ("2027-02/2028-01", "2027-02 to 2028-01"), ("2027", "2027-01 to 2027-12"),
    ("Feb 2027", "2027-02 to 2027-02"),
  ])
  func `is shown its own period as it is written here`(text: String, period: String) {
    let findings = TextScenario.findings(
      "period: \(text)\ntraffic: [shop: {events: 1M per month, identified: 50%}]\n")
    let errors = findings.filter { $0.severity == .error }
    #expect(errors.count == 1 && errors[0].help == "write: period: \(period)", "\(errors)")
  }

  @Test func `is none where the period is one month`() throws {
    let plan = try TextScenario.plan(
      "period: 2027-02\ntraffic: [shop: {events: 1M per month, identified: 50%}]\n")
    #expect(plan.period.months.map(\.description) == ["2027-02"])
  }

  /// An interval that goes on beyond what can be: said, and its mean stays near its middle.
  @Test(arguments: [
    ("events: 0 to 6M per month", "below 0 in 5 of 100"),
    ("events: 1M per month, users: 0 to 50k", "below 0 in 5 of 100"),
    ("events: 1M per month, session_recordings: 0 to 4 per day", "below 0 in 5 of 100"),
  ])
  func `is none where an interval begins at zero, but it is said`(stream: String, words: String)
    throws
  {
    let plan = try TextScenario.plan(
      "period: 2027-01 to 2027-02\ntraffic: [shop: {\(stream), identified: 50%}]\n")
    let notes = plan.findings.all.filter { $0.code == "cut-range" }
    #expect(notes.count == 1 && notes[0].message.contains(words), "\(plan.findings.all)")
  }

  @Test(arguments: ["identified: 0% to 40%", "identified: 70% to 100%"])
  func `is none where a share goes beyond its ends, but it is said`(share: String) throws {
    let plan = try TextScenario.plan(
      "period: 2027-01 to 2027-02\ntraffic: [shop: {events: 1M per month, \(share)}]\n")
    #expect(plan.findings.all.contains { $0.code == "cut-range" })
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

  /// Each policy: whether a run of days shows all that it does.
  @Test(
    arguments: [
      ("mode: strict, consent: {purpose: analytics}", "privacy-unseen"),
      ("mode: enforced, consent: {purpose: analytics}", nil),
      ("mode: strict, compliance: [gdpr]", "privacy-unseen"),
      (
        "mode: strict, data_classification: {d: {properties: [x], action: block}}", "privacy-unseen"
      ),
      ("mode: strict, data_classification: {d: {properties: [x], action: redact}}", nil),
      ("anomaly_watch: {days: 21}", "watch-unseen"), ("growth_watch: 50%", "watch-unseen"),
      ("sampling: {page_view: 10%}", nil),
      ("posthog_limit: {product_analytics: 5 USD per month}", nil),
      ("alerts: {monthly: 90}", nil), ("required_attribution: [team]", nil),
    ] as [(String, String?)])
  func `is told of every policy that simulated days cannot show`(policy: String, code: String?) {
    let text = """
      scenario: shop
      period: 2027-01 to 2027-02
      traffic:
        - shop: {team: web, events: 1M per month, identified: 50%}
      budget: 50 USD per month
      faults: [key: {fault: leaked-key, from: 2027-01-10, lasts: 2 days, events: 100k per day, identified: 0%}]
      governance: {\(policy)}
      """
    let codes = TextScenario.findings(text).map(\.code).filter { $0.hasSuffix("-unseen") }
    #expect(codes == (code.map { [$0] } ?? []), "\(TextScenario.findings(text))")
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
