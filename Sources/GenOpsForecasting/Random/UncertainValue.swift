import CGSL
import Foundation

/// A number that is known only roughly: drawn once per path.
public enum UncertainValue: Sendable, Hashable {
  /// Known exactly; draws nothing.
  case constant(Double)
  /// Normal with this mean and standard deviation.
  case normal(mean: Double, sd: Double)
  /// exp of a normal with mean `mu` and standard deviation `sigma`.
  case lognormal(mu: Double, sigma: Double)
  /// Anything between the two, all alike.
  case uniform(low: Double, high: Double)

  /// The standard normal's 95 % point.
  static let z95 = 1.6448536269514722

  /// 90 % sure that it lies between `low` and `high`: they are the 5 % and the 95 % point.
  /// Lognormal when both are positive, else normal; constant when they are equal.
  public static func between(_ low: Double, _ high: Double) throws(UncertainValueError)
    -> UncertainValue
  {
    guard low.isFinite, high.isFinite else { throw .notFinite }
    guard low <= high else { throw .reversed(low: low, high: high) }
    if low == high { return .constant(low) }
    if low > 0 {
      return .lognormal(
        mu: (log(low) + log(high)) / 2, sigma: (log(high) - log(low)) / (2 * z95))
    }
    return .normal(mean: (low + high) / 2, sd: (high - low) / (2 * z95))
  }

  /// One draw.
  public func value(_ stream: inout RandomStream) -> Double {
    switch self {
    case .constant(let value): value
    case .normal(let mean, let sd): mean + sd * stream.normal()
    case .lognormal(let mu, let sigma): exp(mu + sigma * stream.normal())
    case .uniform(let low, let high): low + (high - low) * stream.uniform()
    }
  }

  /// The expected value.
  public var mean: Double {
    switch self {
    case .constant(let value): value
    case .normal(let mean, _): mean
    case .lognormal(let mu, let sigma): exp(mu + sigma * sigma / 2)
    case .uniform(let low, let high): (low + high) / 2
    }
  }

  /// The standard deviation.
  public var sd: Double {
    switch self {
    case .constant: 0
    case .normal(_, let sd): sd
    case .lognormal(_, let sigma): mean * expm1(sigma * sigma).squareRoot()
    case .uniform(let low, let high): (high - low) / 12.0.squareRoot()
    }
  }

  /// The value that a draw stays below with probability `p`, 0 < p < 1.
  public func quantile(_ p: Double) -> Double {
    switch self {
    case .constant(let value): value
    case .normal(let mean, let sd): mean + sd * gsl_cdf_ugaussian_Pinv(p)
    case .lognormal(let mu, let sigma): exp(mu + sigma * gsl_cdf_ugaussian_Pinv(p))
    case .uniform(let low, let high): low + (high - low) * p
    }
  }

  /// Whether every draw is the same.
  public var isConstant: Bool { if case .constant = self { true } else { false } }
}

/// Why two numbers are no interval.
public enum UncertainValueError: Error, Sendable, Equatable {
  /// The first is larger than the second.
  case reversed(low: Double, high: Double)
  case notFinite
}
