public import GenOpsUnits

import GenOpsMetering

/// A ``Budget`` from a file: `60000 USD per year`, or a mapping with `limit` and more.
public struct BudgetPolicy: Policy {
  public static let name = "budget"
  public static let summary = "What a scope may cost in each day, week, month, quarter or year."
  public static let example = """
    {"name": "growth", "limit": "5000 USD per month", "scope": {"team": "growth"}, \
    "meters": ["events", "feature_flags"], "hard": true, "alerts": [80, 95, 100], \
    "committed": "250 USD per month", "reserve": "5%"}
    """

  public var budget: Budget
  /// Where it was written; nil for one that was made in code.
  public private(set) var location: SourceLocation?

  /// Adds `budget` to those of the plan.
  public init(_ budget: Budget) { self.budget = budget }

  public init?(_ node: Node, _ findings: inout Findings) {
    var own = Findings()
    defer { findings.merge(own) }
    location = node.location
    if node.text != nil {
      guard let limit = BudgetPolicy.amount(node, "a budget", &own) else { return nil }
      budget = Budget(
        name: "\(limit.period.rawValue)", limit: limit.amount, currency: limit.currency,
        period: limit.period)
    } else {
      var keys = MappingReader(node, "a budget", &own)
      let limitNode = keys.required("limit", example: "limit: 5000 USD per month", &own)
      let limit = limitNode.flatMap { BudgetPolicy.amount($0, "a budget's limit", &own) }
      var draft = Budget(
        name: keys.take("name")?.text ?? limit.map { $0.period.rawValue } ?? "budget",
        limit: limit?.amount ?? .zero, currency: limit?.currency ?? "USD",
        period: limit?.period ?? .month)
      if let scope = keys.take("scope") { draft.scope = scope.attribution("a scope", &own) }
      if let meters = keys.take("meters") {
        draft.meters = Set((meters.sequence ?? [meters]).compactMap { $0.meter(&own) })
      }
      if let hard = keys.take("hard") { draft.isHard = hard.flag("'hard'", &own) ?? true }
      if let alerts = keys.take("alerts") {
        draft.alertPercents = (alerts.sequence ?? [alerts]).compactMap {
          $0.whole("an alert's percentage", in: 1...1000, &own)
        }
      }
      if let fees = keys.take("committed") {
        if let amount = BudgetPolicy.amount(fees, "'committed'", &own) {
          draft.committed = amount.amount
          if amount.period != draft.period || amount.currency != draft.currency {
            own.error(
              "budget-committed", "'committed' is for another period or currency than the limit",
              help: "write the fees of one \(draft.period.rawValue) in \(draft.currency)",
              at: fees.location)
          }
        }
      }
      if let reserve = keys.take("reserve") {
        draft.reservePercent = reserve.whole("the reserve", in: 0...100, &own) ?? 5
      }
      if let start = keys.take("fiscal_start") {
        draft.fiscalStart = start.whole("the fiscal start", in: 1...12, &own) ?? 1
      }
      keys.finish(&own)
      budget = draft
    }
    if !own.hasErrors { budget.validate(at: node.location, &own) }
    if own.hasErrors { return nil }
  }

  private static func amount(_ node: Node, _ what: String, _ findings: inout Findings)
    -> AmountPerPeriod?
  {
    AmountPerPeriod(parsing: node.text ?? "", what: what, at: node.location, &findings)
  }

  public var sideEffect: String {
    budget.isHard ? "refuses events over the \(budget.name) budget" : "alerts only"
  }

  /// Where the last budget of each name was written.
  package static func locations(_ policies: [any Policy]) -> [String: SourceLocation] {
    var locations: [String: SourceLocation] = [:]
    for case let policy as BudgetPolicy in policies {
      locations[policy.budget.name] = policy.location
    }
    return locations
  }

  public func apply(to plan: inout GovernancePlan) { plan.budgets.append(budget) }
}
