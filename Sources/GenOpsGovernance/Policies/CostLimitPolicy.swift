public import GenOpsUnits

/// The most that one event may cost; see ``EventRules/mostCost``.
public struct CostLimitPolicy: Policy {
  public static let name = "cost-limit"
  public static let summary = "Refuses an event that costs more than this by itself."
  public static let example = #"{"max_cost": "0.01 USD"}"#

  public var mostCost: Money
  /// False does nothing.
  public var isEnabled: Bool

  /// `mostCost` is in the price book's currency.
  public init(mostCost: Money, isEnabled: Bool = true) {
    self.mostCost = mostCost
    self.isEnabled = isEnabled
  }

  public init?(_ node: Node, _ findings: inout Findings) {
    var own = Findings()
    defer { findings.merge(own) }
    var keys = MappingReader(node, "a cost limit", &own)
    let cost = keys.required("max_cost", example: "max_cost: 0.01 USD", &own)
      .flatMap { CostLimitPolicy.amount($0, &own) }
    isEnabled = keys.takeEnabled(&own)
    keys.finish(&own)
    guard !own.hasErrors, let cost else { return nil }
    mostCost = cost
  }

  /// `0.01 USD`, or a bare number of the book's currency.
  private static func amount(_ node: Node, _ findings: inout Findings) -> Money? {
    Figures.one(
      node.text, "amount",
      "'max_cost' is not an amount of money: \(node.text.map { "'\($0)'" } ?? node.kindName)",
      help: "write for example 0.01 USD", at: node.location, &findings
    ) { figures in
      guard figures.refusal == nil, figures.per.isEmpty,
        figures.unit == nil || figures.unit.flatMap(Figures.currency) != nil,
        let money = try? Money(figures.low), money >= .zero
      else { return nil }
      return money
    }
  }

  public var sideEffect: String {
    isEnabled ? "refuses events that cost more than \(mostCost)" : "nothing: it is not enabled"
  }

  public func apply(to plan: inout GovernancePlan) {
    if isEnabled { plan.eventRules.mostCost = mostCost }
  }
}

extension MappingReader {
  /// `enabled`, true where it is left out.
  mutating func takeEnabled(_ findings: inout Findings) -> Bool {
    take("enabled").flatMap { $0.flag("'enabled'", &findings) } ?? true
  }
}
