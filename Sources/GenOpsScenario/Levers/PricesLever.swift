import GenOpsCosting
package import GenOpsUnits

/// The same futures under another price book.
package struct PricesLever: Lever {
  package static let name = "prices"
  package static let summary = "another price book, or one after the other"
  package static let example = "genops-guide"

  package var prices: PriceSchedule

  package static func read(_ node: Node, _ context: LeverContext, _ findings: inout Findings)
    -> PricesLever?
  {
    guard let prices = PriceSchedule.read(node, file: context.file, &findings) else {
      return nil
    }
    let book = prices.first
    if book.currency != context.currency {
      findings.error(
        "two-currencies",
        "the book \(book.id) is in \(book.currency), the scenario in "
          + "\(context.currency); nothing is converted", help: "use a book in \(context.currency)",
        at: node.location)
      return nil
    }
    return PricesLever(prices: prices)
  }

  package func apply(to plan: inout OptionPlan, _ inputs: [DrawID]) { plan.prices = prices }

  package func sideEffect(_ outcome: LeverOutcome) -> String? { "prices of \(prices.description)" }
}
