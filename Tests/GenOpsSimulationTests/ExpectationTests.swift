import Foundation
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

struct `A gate` {
  private static let shop = """
    period: 2027-01 to 2027-03
    traffic:
      - shop: {events: 2M per month, identified: 50%, noise: none}

    """

  /// A condition that could never be judged, its code, and a word of what would be right.
  static let wrong: [(condition: String, code: String, help: String)] = [
    ("cost > 100 USD per month", "wrong-unit", "cost(2027-11) > 100 USD"),
    ("cost > 100 USD/day", "wrong-unit", "for one month"),
    ("cost.p95 < 100 USD per year", "wrong-unit", "for one month"),
    ("lost.critical == 0 per month", "wrong-unit", "lost.critical == 0"),
    ("payback < 12 months per year", "wrong-unit", "payback"),
    ("payback < 12 days", "wrong-unit", "12 months"),
    ("cost(2029-01) < 100 USD", "metric-argument", "cost(2027-01)"),
    ("cost(2027-04) < 100 USD", "metric-argument", "cost(2027-01)"),
    ("cost(Feb 2027) < 100 USD", "metric-argument", "cost(2027-02)"),
    ("cost(year) < 100 USD", "metric-argument", "leave '(year)' out"),
    ("cost() < 100 USD", "metric-argument", "cost"),
    ("saves(2027-01) > 0 USD", "metric-argument", "saves"),
    ("usage > 5", "metric-argument", "usage.p90(events)"),
    ("usage(evnts) > 5", "unknown-meter", "events"),
    ("usage(surveys) > 5", "metric-argument", "it has: events"),
    ("breach.probability <= 5%", "missing-key", "add: budget:"),
    ("npv > 0 USD", "missing-key", "add: value:"),
  ]

  @Test(arguments: wrong)
  func `is refused where it names what there is not`(
    entry: (condition: String, code: String, help: String)
  ) {
    let text = `A gate`.shop + "expect: [\"\(entry.condition)\"]\n"
    let errors = TextScenario.findings(text).filter { $0.severity == .error }
    #expect(errors.map(\.code) == [entry.code])
    #expect(errors.first?.help?.contains(entry.help) ?? false, "\(errors)")
  }

  @Test(arguments: [
    "cost(2027-03) < 100000 USD", "usage(product_analytics) > 5M", "usage(Product analytics) > 5M",
    "breach.probability(my team) <= 100%", "breach.probability(month) <= 100%",
    "breach.probability(2027-02) <= 100%", "payback < 1200 month", "cost < 1e6 usd",
  ])
  func `takes each name by which a thing goes`(condition: String) async throws {
    let text =
      `A gate`.shop + """
        budget: {name: my team, limit: 500 USD per month}
        value: {benefits: [tools: {amount: 900 USD per month}]}
        expect: ["\(condition)"]

        """
    let result = try await TextScenario.run(text, paths: 4).result
    #expect(result.expectations.map(\.passed) == [true], "\(result.expectations)")
  }

  @Test func `of an option within a list is answered with the form that it takes`() throws {
    let found = TextScenario.findings(
      TextScenario.shop + "options: [x: {usage: x2}]\nexpect:\n  - x: [cost < 1 USD]\n")
    let finding = try #require(found.first { $0.code == "wrong-type" })
    #expect(finding.location?.line == 13 && finding.help?.contains("expect: {as is: [") == true)
    #expect(finding.help?.contains("x: [") == true, "\(finding)")
  }

  @Test func `of an option is held against the option's own budgets`() {
    let text =
      `A gate`.shop + """
        options:
          - limited: {governance: {mode: enforced, budget: {name: cap, limit: 10 USD per month}}}
        expect: {limited: [breach.probability(cap) >= 0%], as is: [breach.probability(cap) >= 0%]}

        """
    let errors = TextScenario.findings(text).filter { $0.severity == .error }
    #expect(errors.map(\.code) == ["missing-key"])
  }

  // MARK: Payback

  private static func value(_ amount: String) -> String {
    """
    period: 2027-01 to 2027-03
    traffic:
      - shop: {events: 2M per month, identified: 0%, noise: none}
    value:
      discount_rate: 0% per year
      benefits: [tools: {amount: \(amount)}]
      costs: [work: {amount: 10 USD}]

    """
  }

  /// 65,708 events a day cost 51.27, 41.99 and 51.27; with the work it is 154.53 in three months.
  @Test func `on payback fails where a part of the futures never pays`() async throws {
    let half = "{dist: uniform, low: 0 USD per month, high: 120 USD per month}"
    let text =
      `A gate`.value(half)
      + "expect: [payback < 1000 months, payback.p10 < 3 months, payback.p90 < 1000 months, payback > 0 months]\n"
    let run = try await TextScenario.run(text, paths: 2_000)
    let roi = try #require(run.result.roi)
    let share = 1 - 154.5258 / 3 / 120
    #expect(abs(roi.paybackProbability - share) < 0.04)
    #expect(roi.paybackMonths.mean == .infinity && roi.paybackMonths.p90 == .infinity)
    #expect(roi.paybackMonths.p10 < 3)
    #expect(run.result.expectations.map(\.passed) == [false, true, false, true])
    #expect(run.result.expectations.map(\.value).first == "never")
  }

  @Test func `on payback knows "never" where no future pays`() async throws {
    let text = `A gate`.value("1 USD per month") + "expect: [payback < 1000 months]\n"
    let result = try await TextScenario.run(text, paths: 4).result
    #expect(result.roi?.paybackMonths.p01 == .infinity && result.roi?.paybackProbability == 0)
    #expect(result.expectations.map(\.passed) == [false])
    #expect(result.expectations.map(\.isKnown) == [true])
  }

  /// A return on nothing spent is not 0 %.
  @Test func `on the return knows none where nothing is spent`() async throws {
    let text = """
      period: 2027-01 to 2027-03
      traffic:
        - shop: {events: 100k per month, identified: 0%}
      value: {benefits: [tools: {amount: 900 USD per month}]}
      expect: [roi >= 0%]

      """
    let result = try await TextScenario.run(text, paths: 4).result
    #expect(result.roi?.roi == nil)
    #expect(result.expectations.map(\.passed) == [false])
    #expect(result.expectations.map(\.value) == ["unknown"])
  }

  // MARK: Months over budget

  /// 50.00 a month from March 2027 on: 180 of the year are passed in June, and stay passed.
  @Test func `on a month counts a budget that was passed before`() async throws {
    let text = """
      period: 2027-03 to 2027-08
      traffic:
        - shop: {events: 2M per month, identified: 0%, noise: none}
      budget: 180 USD per year

      """
    let run = try await TextScenario.run(text, paths: 2)
    #expect(run.result.months.map(\.breachProbability) == [0, 0, 0, 1, 1, 1])
    let monthly = text.replacing("180 USD per year", with: "50 USD per month")
    // A month of its own begins anew: 2M a mean month is a little more in the long ones.
    let own = try await TextScenario.run(monthly, paths: 2)
    #expect(own.result.months.map(\.breachProbability) == [1, 0, 1, 0, 1, 1])
  }
}
