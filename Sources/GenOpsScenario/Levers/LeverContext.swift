package import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// What a lever may need to read its value.
package struct LeverContext: Sendable {
  package var currency: String
  package var book: PriceBook
  package var fiscalStart: Int
  /// The scenario's file, beside which other files lie.
  package var file: String

  package init(currency: String, book: PriceBook, fiscalStart: Int, file: String) {
    self.currency = currency
    self.book = book
    self.fiscalStart = fiscalStart
    self.file = file
  }
}
