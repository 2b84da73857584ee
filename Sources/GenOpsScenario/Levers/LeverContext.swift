package import GenOpsCosting
import GenOpsGovernance
package import GenOpsMetering
import GenOpsUnits

/// What a lever may need to read its value.
package struct LeverContext: Sendable {
  package var currency: String
  package var book: PriceBook
  package var fiscalStart: Int
  /// The scenario's file, beside which other files lie.
  package var file: String
  /// What events are sorted into.
  package var classifier: EventClassifier

  package init(
    currency: String, book: PriceBook, fiscalStart: Int, file: String,
    classifier: EventClassifier = .standard
  ) {
    self.currency = currency
    self.book = book
    self.fiscalStart = fiscalStart
    self.file = file
    self.classifier = classifier
  }
}
