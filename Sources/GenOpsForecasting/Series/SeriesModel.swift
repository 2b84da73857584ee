public import GenOpsNumerics
public import GenOpsUnits

/// What is asked of a ``SeriesModel``.
public struct SeriesRequest: Sendable {
  /// How many steps ahead.
  public var horizon: Int
  /// The levels of the quantiles, rising, each between 0 and 1.
  public var levels: [Double]
  /// How many joint futures are wanted; 0 for none.
  public var pathCount: Int
  /// Where they are drawn from, under the name of the series.
  public var source: RandomSource

  /// `horizon` steps with quantiles at `levels` and `pathCount` futures.
  public init(horizon: Int, levels: [Double], pathCount: Int = 0, source: RandomSource) {
    self.horizon = horizon
    self.levels = levels
    self.pathCount = pathCount
    self.source = source
  }
}

/// A way to forecast any series of equal steps a few seasons ahead: a registered kind.
///
/// A kind is one file and one line in ``SeriesModels``. Where a ``Forecaster`` reads a year of daily
/// usage for the simulation of costs, this one answers `genops forecast`.
public protocol SeriesModel: Named {
  /// What the steps after `series` will be.
  ///
  /// Never fails: three values, a constant, zeros and unknown values are answered by something
  /// plainer, and the findings say so. The same bytes for the same series and request, whatever
  /// else is forecast beside it.
  static func forecast(_ series: TimeSeries, _ request: SeriesRequest) -> SeriesForecast
}
