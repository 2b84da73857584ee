import GenOpsHistory
import GenOpsNumerics
package import GenOpsUnits

/// What it costs to make and keep the change, beside what the change saves. It moves no usage.
package struct ChangeCostLever: Lever {
  package static let name = "change_cost"
  package static let summary = "what the change itself costs, once and per month"
  package static let example = "[8000 USD, 300 USD per month]"

  /// Currency units, once or per month.
  var amounts: [(value: UncertainValue, isOneOff: Bool)]

  package static func read(_ node: Node, _ context: LeverContext, _ findings: inout Findings)
    -> ChangeCostLever?
  {
    let amounts = (node.sequence ?? [node]).map { read(one: $0, context.currency, &findings) }
    let known = amounts.compactMap { $0 }
    return known.count == amounts.count ? ChangeCostLever(amounts: known) : nil
  }

  /// An amount without a period is spent once.
  private static func read(one node: Node, _ currency: String, _ findings: inout Findings)
    -> (value: UncertainValue, isOneOff: Bool)?
  {
    let what = "the cost of a change"
    let example = "300 \(currency) per month"
    guard let quantity = Quantity.read(node, what, example: example, &findings),
      quantity.amount(what, currency: currency, example: example, &findings)
    else { return nil }
    guard quantity.low >= 0 else {
      findings.error(
        "out-of-range", "\(what) is at least 0, this is '\(quantity.text)'",
        help: "what a change saves is computed; what else it earns belongs under value:",
        at: node.location)
      return nil
    }
    let isOneOff = quantity.per == nil || quantity.per == "once"
    var months = 1.0
    if !isOneOff {
      guard
        let period = quantity.period(
          what, allowed: [.day, .week, .month, .quarter, .year], example: example, &findings)
      else { return nil }
      months = TimeUnit.month.days / period.days
    }
    return quantity.bounded(what, &findings) { $0 * months }.map { ($0, isOneOff) }
  }

  package var inputs: [LeverInput] {
    amounts.enumerated().map { index, amount in
      .given("change_cost" + (index == 0 ? "" : ".\(index + 1)"), amount.value)
    }
  }

  package func apply(to plan: inout OptionPlan, _ inputs: [DrawID]) {
    plan.changeCosts = zip(inputs, amounts).map {
      OptionPlan.ChangeCost(draw: $0, isOneOff: $1.isOneOff)
    }
  }

  package func sideEffect(_ outcome: LeverOutcome) -> String? {
    func sum(_ isOneOff: Bool) -> Double {
      amounts.filter { $0.isOneOff == isOneOff }.reduce(0) { $0 + $1.value.mean }
    }
    let parts = [(sum(true), ""), (sum(false), "/month")].filter { $0.0 > 0 }.map {
      groupedDigits("\(Int64(rounding: $0))") + $1
    }
    return parts.isEmpty ? nil : "costs \(parts.joined(separator: " and ")) to change"
  }
}
