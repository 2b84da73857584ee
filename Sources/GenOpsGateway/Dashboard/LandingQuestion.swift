import GenOpsGovernance
import GenOpsLedger
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// What `genops` is asked: the days that passed, as a file of its, and a scenario of the running month.
struct LandingQuestion: Sendable {
  /// The largest part of a history that says something of a month's season.
  private static let days = 400

  var known: ClosedRange<CalendarDay>
  var usage: String
  var scenario: String
  /// The budget that is asked about.
  var budget: Budget?

  /// Reads the days that are over; nil with fewer than three of them, which say nothing of a month. It waits for the file.
  init?(_ account: BillingAccount, today: CalendarDay) throws {
    let yesterday = today.advanced(by: -1)
    let days = try account.ledger.dailyUnits(
      from: today.advanced(by: -LandingQuestion.days), to: yesterday)
    // The gateway may have begun in the middle of its first day.
    let order = days.keys.sorted().dropFirst()
    guard order.count >= 3, let first = order.first, let last = order.last else { return nil }
    known = first...last
    let meters = Meter.allCases.filter { meter in days.values.contains { $0[meter] > 0 } }
    var usage = "date,meter,units\r\n"
    // A day without an entry is not known: the gateway may have stood still on it.
    for day in order {
      guard let totals = days[day] else { continue }
      for meter in meters { usage += "\(day),\(meter.id),\(totals[meter])\r\n" }
    }
    self.usage = usage
    let plan = account.adapter.plan
    budget = plan.budgets.first { $0.period == .month && $0.scope == .none && $0.meters == nil }
    var scenario = """
      scenario: Landing of \(today.month)
      period: \(today.month) to \(today.month)
      history: usage.csv
      prices: \(account.adapter.priceBook)

      """
    if let budget {
      scenario += "budget: \(budget.limitForUsage) \(budget.currency) per month\n"
    }
    self.scenario = scenario
  }

  /// Reads what `genops run --format json` answers; nil when it is something else.
  func answer(_ bytes: [UInt8], at instant: Timestamp) -> Landing? {
    guard let node = try? JSONParser.parse(bytes, file: "genops"),
      let month = node["months"]?.sequence?.first, let cost = month["cost"],
      let low = LandingQuestion.money(cost["p10"]),
      let expected = LandingQuestion.money(cost["mean"]),
      let high = LandingQuestion.money(cost["p90"])
    else { return nil }
    var landing = Landing(
      at: instant, known: known, low: low, expected: expected, high: high, budget: nil, chance: nil)
    if let budget, let asked = node["budgets"]?.sequence?.first,
      let chance = asked["breachProbability"]?.text.flatMap({ Double($0) })
    {
      landing.budget = budget.name
      landing.chance = chance
    }
    return landing
  }

  private static func money(_ node: Node?) -> Money? {
    node?.text.flatMap { try? Money(parsing: $0) }
  }
}
