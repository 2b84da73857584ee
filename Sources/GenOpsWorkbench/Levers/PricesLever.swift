package import GenOpsCosting
package import GenOpsUnits

/// The same futures under another price book.
package struct PricesLever: Lever {
  package static let name = "prices"
  package static let summary = "another price book"
  package static let example = "genops-guide"

  package var book: PriceBook

  package static func read(_ node: Node, _ context: LeverContext, _ findings: inout Findings)
    -> PricesLever?
  {
    guard let name = node.text else {
      findings.error(
        "wrong-type", "prices takes the name of a book", help: "write: prices: \(example)",
        at: node.location)
      return nil
    }
    guard let book = PriceBook.named(name, at: node.location, &findings) else { return nil }
    if book.currency != context.currency {
      findings.error(
        "two-currencies",
        "the book \(name) is in \(book.currency), the scenario in "
          + "\(context.currency); nothing is converted", help: "use a book in \(context.currency)",
        at: node.location)
      return nil
    }
    return PricesLever(book: book)
  }

  package func apply(to plan: inout OptionPlan) { plan.book = book }

  package func sideEffect(_ outcome: LeverOutcome) -> String? { "prices of \(book.id)" }
}
