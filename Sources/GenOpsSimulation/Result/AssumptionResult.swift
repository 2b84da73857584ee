/// Something that neither data nor the user says, and the money that its range is worth.
package struct AssumptionResult: Sendable, Hashable {
  /// What is assumed, with its range.
  package var label: String
  /// Whose figure it moves most: the cost of "as is", else the saving of an option; nil where it moves
  /// none.
  package var option: String?
  /// How far that figure moves from the low to the high end of the range, 90 % of it, while all else
  /// stays.
  package var worth: Double

  package init(label: String, option: String?, worth: Double) {
    self.label = label
    self.option = option
    self.worth = worth
  }
}
