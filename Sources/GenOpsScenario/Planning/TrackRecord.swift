/// How the same forecaster would have done on the months of the history, and what follows from that.
package struct TrackRecord: Sendable, Hashable {
  package var months: Int
  /// Mean absolute error of the month's cost, in percent.
  package var meanAbsolutePercentError: Double
  /// The part of months whose actual cost lay within the 80 % interval.
  package var coverage80: Double
  /// Where the record refutes the interval: the spread that is added to the level of each path, as the
  /// standard deviation of its logarithm. With it the interval would have held 8 of 10 months. 0 where
  /// the interval stands.
  package var widening: Double
  /// The error of the simple forecasts of the same months, in percent; nil where none can be made.
  package var simple: Simple?

  /// What anyone can reckon: see ``SimpleForecasts``.
  package struct Simple: Sendable, Hashable {
    /// Each month as the four weeks before it.
    package var flat: Double
    /// Each month as that of last year times the year's growth, or flat where last year is not known; nil
    /// where it is known of none.
    package var sameMonth: Double?

    package init(flat: Double, sameMonth: Double? = nil) {
      self.flat = flat
      self.sameMonth = sameMonth
    }
  }

  package init(
    months: Int, meanAbsolutePercentError: Double, coverage80: Double, widening: Double = 0,
    simple: Simple? = nil
  ) {
    self.months = months
    self.meanAbsolutePercentError = meanAbsolutePercentError
    self.coverage80 = coverage80
    self.widening = widening
    self.simple = simple
  }
}
