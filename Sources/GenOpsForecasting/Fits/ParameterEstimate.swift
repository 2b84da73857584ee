import Foundation
public import GenOpsNumerics

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
