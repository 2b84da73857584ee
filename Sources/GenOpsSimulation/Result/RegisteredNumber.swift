import GenOpsScenario
package import GenOpsUnits

/// A number that is uncertain or assumed, with its range, where it comes from, who answers for it, and what knowing it
/// would be worth.
package struct RegisteredNumber: Sendable, Hashable {
  /// As `genops plan` lists it.
  package var name: String
  package var origin: FigureDriver.Origin
  /// Its p10, mean and p90; a day is its number since 1970.
  package var low: Double
  package var mean: Double
  package var high: Double
  /// By how much the range of 8 in 10 futures of the cost would be narrower if it were known; 0 where it moves nothing.
  package var worth: Double
  /// What it rests on: `source:`, else what is assumed and why, or the file.
  package var source: String
  /// `owner:`; nil where none is named.
  package var owner: String?
  /// `review:`; nil where no day is.
  package var review: CalendarDay?

  package init(
    name: String, origin: FigureDriver.Origin, low: Double, mean: Double, high: Double,
    worth: Double, source: String, owner: String? = nil, review: CalendarDay? = nil
  ) {
    self.name = name
    self.origin = origin
    self.low = low
    self.mean = mean
    self.high = high
    self.worth = worth
    self.source = source
    self.owner = owner
    self.review = review
  }
}
