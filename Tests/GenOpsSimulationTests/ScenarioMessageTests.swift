import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// Findings of a scenario name the place, in the user's own words, and say what would be right.
struct `A message about a scenario` {
  private static let web = """
    period: 2027-01 to 2027-03
    traffic:
      - web: {events: 10k per day, identified: 0%, noise: none}

    """

  private func errors(_ text: String) -> [Finding] {
    TextScenario.findings(Self.web + text).filter { $0.severity == .error }
  }

  private func place(_ finding: Finding?) -> String {
    "\(finding?.location?.line ?? 0):\(finding?.location?.column ?? 0)"
  }

  @Test func `shows the second of two budgets of one name`() throws {
    let own = errors(
      "governance: {budgets: [{name: a, limit: 9 USD per month},\n  {name: a, limit: 1 USD per day}]}\n"
    )
    #expect(own.map(\.code) == ["duplicate-budget"] && place(own.first) == "5:3")
    let short = errors("budget:\n  - 9 USD per month\n  - 8 USD per month\n")
    #expect(short.map(\.code) == ["duplicate-budget"] && place(short.first) == "6:5")
  }

  /// It was no finding of the scenario, and the run failed without a place.
  @Test func `shows a budget of an option that has the name of the scenario's`() throws {
    let found = errors(
      "budget: 9 USD per month\noptions:\n  - x: {governance: {mode: enforced, budget: 5 USD per month}}\n"
    )
    #expect(found.map(\.code) == ["duplicate-budget"] && place(found.first).hasPrefix("6:"))
    let help = try #require(found.first?.help)
    #expect(help == "give it a name of its own: {name: month of x, limit: 5.00 USD per month}")
  }

  @Test func `says what 'at' is where a date stands in it`() throws {
    for (text, what) in [("2026-12", "a month"), ("2026-12-05", "a day")] {
      let found = errors(
        "value: {benefits: [tools: {amount: 9 hours per month, at: \(text)}]}\n")
      #expect(found.map(\.message) == ["'at' is what an hour is worth, and '\(text)' is \(what)"])
      #expect(found.first?.help == "write: at: 60 USD")
    }
  }

  @Test func `offers a day where a month is written`() throws {
    let change = errors("changes: [x: {from: 2027-03, events: x2}]\n")
    #expect(change.map(\.help) == ["'2027-03' is a month; write one of its days: 2027-03-01"])
    let fault = errors(
      "faults: [b: {fault: bot-storm, from: 2027-02, lasts: 3 hours, visits: 1k per hour, "
        + "events: 2 per visit}]\n")
    #expect(fault.map(\.help) == ["on some day of it: from: 2027-02-01 to 2027-02-28"])
  }

  @Test func `names a product as it was written`() throws {
    let found = errors(
      "options: [x: {posthog_limit: {product_analytics: 900, session_replay: -1 USD per month}}]\n")
    #expect(
      found.map(\.message) == [
        "the limit of 'product_analytics' needs a currency and a period",
        "the limit of 'session_replay' is negative",
      ])
  }
}
