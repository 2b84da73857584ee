import GenOpsNumerics

/// How close forecasts came to what happened, in any unit.
public struct ForecastAccuracy: Sendable, Hashable {
  /// Of each comparison: how far the expected value was off, as a fraction of what came.
  public private(set) var errors: [Double] = []
  /// In how many of them what came lay between the forecast's 10 % and 90 % quantiles.
  public private(set) var held = 0

  /// Without a comparison yet.
  public init() {}

  /// Compares the values of a forecast's paths with what came, which is positive.
  public mutating func compare(_ forecast: [Double], with actual: Double) {
    let ends = Statistics.quantiles(of: forecast, at: [0.1, 0.9])
    errors.append(abs(Statistics.mean(forecast) - actual) / actual)
    if ends[0] <= actual, actual <= ends[1] { held += 1 }
  }

  /// Mean absolute percentage error; nil without a comparison.
  public var meanAbsolutePercentError: Double? {
    errors.isEmpty ? nil : 100 * Statistics.mean(errors)
  }

  /// The part of the comparisons in which the 80 % interval held what came: 0.8 is what it
  /// promises. Nil without one.
  public var coverage80: Double? {
    errors.isEmpty ? nil : Double(held) / Double(errors.count)
  }
}
