import Foundation
public import GenOpsNumerics

/// A growth model whose parameters can be found in a history of usage.
public protocol FittableGrowth: GrowthModel {
  /// The model that fits `series` best, day 0 being the day after it.
  ///
  /// `prior` holds what is known of parameters by their names
  /// (``GrowthModel/parameters``): a distribution enters as if it were further data, a constant is
  /// taken as given. Weekday effects are taken out first; days that are missing or without usage
  /// are left out.
  ///
  /// Throws when the history is too short or the parameters cannot be found in it.
  static func fit(_ series: DailySeries, prior: [String: UncertainValue]) throws(NumericalError)
    -> GrowthFit<Self>
}

extension FittableGrowth {
  /// The fit from the history alone.
  public static func fit(_ series: DailySeries) throws(NumericalError) -> GrowthFit<Self> {
    try fit(series, prior: [:])
  }
}
