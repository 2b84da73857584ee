import Foundation
import GenOpsNumerics

/// How unequal the users of a product are: the activity of a user is lognormal with mean 1.
///
/// With σ the standard deviation of its logarithm, the most active part q of the users makes the
/// part Φ(σ − Φ⁻¹(1 − q)) of what all do (the Lorenz curve of a lognormal distribution), which is
/// how people know it.
package struct ActivitySpread: Sendable, Hashable {
  /// σ; 0 where all users are alike.
  package let sigma: Double

  /// All users alike.
  package static let equal = ActivitySpread(sigma: 0)

  package init(sigma: Double) { self.sigma = sigma }

  /// The `top` part of the users makes the part `make` of all; nil unless 0 < top < make < 1.
  package init?(top: Double, make: Double) {
    guard top > 0, top < make, make < 1 else { return nil }
    let normal = UncertainValue.normal(mean: 0, sd: 1)
    sigma = normal.quantile(1 - top) + normal.quantile(make)
  }

  /// The mean activity of `users` of them, from a standard normal number: lognormal with mean 1 and
  /// variance (exp(σ²) − 1) / users, the moments of the mean of that many lognormal numbers (Fenton
  /// 1960).
  package func meanActivity(users: Double, normal z: Double) -> Double {
    let variance = log1p(expm1(sigma * sigma) / max(1, users))
    return exp(variance.squareRoot() * z - variance / 2)
  }

  /// How many equal users would scatter as these do when a part of them is sampled: (Σa)²/Σa² (Kish
  /// 1965), which is users · exp(−σ²).
  package func effectiveUsers(_ users: Double) -> Double { users * exp(-sigma * sigma) }

  /// E[exp(−x · activity)] for x ≥ 0: the part of the users to whom something that strikes at the
  /// rate x never happens.
  ///
  /// Trapezoidal sum over the normal distribution, which converges faster than any power of the
  /// step for a function as smooth as this (Trefethen and Weideman 2014); 81 points from −10 to 10
  /// are good to about ten digits.
  package func spared(at x: Double) -> Double {
    if sigma == 0 { return exp(-x) }
    let step = 0.25
    var sum = 0.0
    for index in -40...40 {
      let z = Double(index) * step
      sum += exp(-z * z / 2 - x * exp(sigma * z - sigma * sigma / 2))
    }
    return sum * step / (2 * Double.pi).squareRoot()
  }
}
