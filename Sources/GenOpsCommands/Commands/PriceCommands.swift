import GenOpsCosting
import GenOpsMetering
import GenOpsReporting
import GenOpsUnits

/// `genops prices …`: each verb is a file beside this one.
package enum PriceCommands {
  package enum Format: String, Sendable, CaseIterable { case text, json }

  /// The books there are.
  package static func list(format: Format, _ options: OutputOptions) -> CommandOutput {
    let books = PriceBooks.builtIn.entries.map(\.kind)
    switch format {
    case .json:
      return CommandOutput(stdout: JSONValue.array(books.map { $0.json(withRates: false) }).pretty)
    case .text:
      let rows = books.map { book in
        [
          book.id + (book.id == PriceBooks.defaultName ? " *" : ""), book.title, book.currency,
          book.effectiveFrom?.description ?? "unknown",
          book.effectiveTo?.description ?? (book.effectiveFrom == nil ? "" : "in force"),
          book.retrieved.description,
        ]
      }
      let table = ReportTable(
        [
          .init("Book"), .init("What", shrinksTo: 12), .init("Cur."), .init("From"),
          .init("To"), .init("Read on"),
        ], rows)
      return CommandOutput(
        stdout: table.text(options.style)
          + "\n* is used when none is named. 'genops prices show BOOK' draws its tiers.\n")
    }
  }
}
