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

/// A growth model found in a history, and how well its parameters are known.
public struct GrowthFit<Model: Sendable>: Sendable {
  /// Its parameters are the distributions of ``estimates``.
  public var model: Model
  public var estimates: [ParameterEstimate]
  /// Rank correlations of the estimates, by rows: what raises one lowers another. Pass them to
  /// ``Correlations`` so that paths draw only parameters that fit together.
  public var rankCorrelations: [[Double]]
  /// Units per day on day 0.
  public var level: Double
  /// Standard deviation of the logarithm of one day's usage around the curve; 0 where the model
  /// takes every change as its own.
  public var dayNoise: Double
}

/// One estimated parameter: normal on its scale.
public struct ParameterEstimate: Sendable, Hashable {
  /// The scale on which an estimate is normal.
  public enum Scale: Sendable, Hashable {
    case plain
    /// For what is positive.
    case log
    /// For rates: log(1 + r).
    case logOnePlus

    func value(_ theta: Double) -> Double {
      switch self {
      case .plain: theta
      case .log: exp(theta)
      case .logOnePlus: expm1(theta)
      }
    }

    func theta(_ value: Double) -> Double {
      switch self {
      case .plain: value
      case .log: Foundation.log(max(1e-300, value))
      case .logOnePlus: log1p(max(-0.999999, value))
      }
    }
  }

  /// The parameter's key in a scenario.
  public var name: String
  public var scale: Scale
  /// The estimate and its standard error on the scale.
  public var theta: Double
  public var standardError: Double
  /// Of Student's distribution of the estimate; infinite for a large sample or a likelihood.
  public var degreesOfFreedom: Double

  /// The estimate.
  public var value: Double { scale.value(theta) }

  /// The interval that holds the truth with probability `coverage`.
  public func interval(_ coverage: Double) -> (low: Double, high: Double) {
    let p = (1 + coverage) / 2
    let t = Statistics.studentQuantile(p, degreesOfFreedom: degreesOfFreedom)
    return (scale.value(theta - t * standardError), scale.value(theta + t * standardError))
  }

  /// The estimate as an uncertain number: constant when it was given.
  public var distribution: UncertainValue {
    if standardError == 0 { return .constant(value) }
    return scale == .log
      ? .lognormal(mu: theta, sigma: standardError)
      // The slope of the scale carries the error over.
      : .normal(mean: value, sd: standardError * (scale == .plain ? 1 : exp(theta)))
  }
}

extension GrowthFit {
  /// The distribution of the estimate called `name`.
  static func distribution(_ name: String, _ estimates: [ParameterEstimate]) -> UncertainValue {
    estimates.first { $0.name == name }?.distribution ?? .constant(0)
  }

  /// Rank correlations from a covariance by rows (normal estimates: 6/π·asin(ρ/2)).
  static func ranks(_ covariance: [Double], size: Int) -> [[Double]] {
    (0..<size).map { i in
      (0..<size).map { j in
        let scale = (covariance[i * size + i] * covariance[j * size + j]).squareRoot()
        if i == j { return 1 }
        return scale > 0
          ? Copula.gaussian.rank(correlation: covariance[i * size + j] / scale) : 0
      }
    }
  }
}
