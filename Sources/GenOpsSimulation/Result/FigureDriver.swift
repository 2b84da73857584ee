import GenOpsNumerics

/// An uncertain input, and what it does to the year's cost and to its net present value.
package struct FigureDriver: Sendable {
  package enum Origin: String, Sendable, CaseIterable {
    /// Said by the user.
    case given
    /// Estimated from the history.
    case history
    /// Said by neither data nor user.
    case assumed
  }

  /// As `genops plan` lists it.
  package var name: String
  package var origin: Origin
  /// The input's p10, mean and p90.
  package var low: Double
  package var mean: Double
  package var high: Double
  /// The expected cost "as is" where the input is at its p10 and at its p90, all else as it comes.
  package var costLow: Double
  package var costHigh: Double
  /// The part of the cost's variance that the input explains, 0…1.
  package var share: Double
  /// How far the p10 to p90 range of the cost would be narrower, in currency units, if the input were known.
  package var worth: Double
  /// The same of the net present value; nil without `value:`.
  package var npv: (low: Double, high: Double)?
  /// The input's value at which the expected net present value is 0; nil where there is none between its p01 and p99.
  package var breakEven: Double?

  package init(
    name: String, origin: Origin, low: Double, mean: Double, high: Double, costLow: Double,
    costHigh: Double, share: Double, worth: Double, npv: (low: Double, high: Double)? = nil,
    breakEven: Double? = nil
  ) {
    self.name = name
    self.origin = origin
    self.low = low
    self.mean = mean
    self.high = high
    self.costLow = costLow
    self.costHigh = costHigh
    self.share = share
    self.worth = worth
    self.npv = npv
    self.breakEven = breakEven
  }

  /// How far it moves the cost from its low to its high end.
  package var swing: Double { abs(costHigh - costLow) }
}

/// The inputs that drive the cost, the widest swing first, and what is left when all of them are known.
package struct FigureDrivers: Sendable {
  package var inputs: [FigureDriver] = []
  /// The part of the cost's variance that no input explains alone: how days scatter about their level, what a
  /// forecast does not know, and inputs that act together.
  package var rest: Double

  package init(inputs: [FigureDriver] = [], rest: Double = 0) {
    self.inputs = inputs
    self.rest = rest
  }
}
