import GenOpsNumerics
package import GenOpsUnits

/// Everything that is used, times one number: what twice the traffic costs, or half of it. Polls of servers
/// stay as they are, because they follow the servers and not the traffic.
package struct UsageLever: Lever {
  package static let name = "usage"
  package static let summary =
    "all usage but polls of servers times one number: what twice the traffic costs"
  package static let example = "x2"

  /// What each day's usage is multiplied by; at least 0.
  package var factor: Double

  package static func read(_ node: Node, _ context: LeverContext, _ findings: inout Findings)
    -> UsageLever?
  {
    guard let quantity = Quantity.read(node, "the usage", example: "usage: x2", &findings) else {
      return nil
    }
    let factor: Double? =
      switch (quantity.sign, quantity.unit, quantity.per) {
      case (.factor, nil, nil): quantity.low
      case (.change, "%", nil): 1 + quantity.low / 100
      default: nil
      }
    guard let factor, factor >= 0, !quantity.isRange else {
      findings.error(
        "not-a-change", "'\(quantity.text)' is not one multiple of all usage",
        help: "write: usage: x2, or usage: +50%; what is uncertain goes under growth: or changes:",
        at: node.location)
      return nil
    }
    return UsageLever(factor: factor)
  }

  package func apply(to plan: inout OptionPlan, _ inputs: [DrawID]) {
    for index in plan.usageClasses.indices where !plan.usageClasses[index].isPoll {
      plan.usageClasses[index].scale *= factor
    }
  }

  package func sideEffect(_ outcome: LeverOutcome) -> String? {
    "all usage x\(UsageLever.text(factor))"
  }

  /// `2`, `1.5`.
  private static func text(_ factor: Double) -> String {
    let whole = Int64(rounding: factor)
    return Double(whole) == factor ? "\(whole)" : "\(Double(Int64(rounding: factor * 100)) / 100)"
  }
}
