import Foundation
import GenOpsNumerics

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
