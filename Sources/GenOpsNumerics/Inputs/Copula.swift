import CGSL
import Foundation

/// How inputs move together beyond their rank correlations.
public enum Copula: Sendable, Hashable {
  /// Extremes come independently of each other.
  case gaussian
  /// Student's t with this many degrees of freedom, 1…200: extremes come together, the more the
  /// fewer degrees.
  case t(degrees: Double)

  /// The correlation of the normal (or t) numbers behind the copula for which the inputs have the
  /// rank correlation `rank` (Spearman's ρ).
  ///
  /// Gaussian: 2·sin(π·rank/6) (K. Pearson 1907). For t, see ``tRank(_:_:)``, solved by bisection.
  func correlation(rank: Double) -> Double {
    switch self {
    case .gaussian: return 2 * sin(.pi * rank / 6)
    case .t(let degrees):
      let weights = Copula.mixing(degrees)
      let most = Copula.tRank(1, weights)
      var (low, high) = (-1.0, 1.0)
      for _ in 0..<40 {
        let middle = (low + high) / 2
        if Copula.tRank(middle, weights) / most < rank { low = middle } else { high = middle }
      }
      return (low + high) / 2
    }
  }

  /// The other way: the rank correlation that `correlation` leads to.
  package func rank(correlation: Double) -> Double {
    switch self {
    case .gaussian: return 6 / .pi * asin(max(-1, min(1, correlation / 2)))
    case .t(let degrees):
      let weights = Copula.mixing(degrees)
      return Copula.tRank(correlation, weights) / Copula.tRank(1, weights)
    }
  }

  /// Spearman's ρ is three times the concordance of (X₁ − X₂) with (Y₁ − Y₃) for three independent
  /// copies of the pair. A t pair is a normal pair times √V, 1/V ~ χ²/ν; given the three V, the
  /// differences are normal with correlation ρ·w, w = V₁ / √((V₁ + V₂)(V₁ + V₃)), and
  ///
  ///     ρ_S = 6/π · E[arcsin(ρ·w)]
  ///
  /// which for constant V is Pearson's formula. (As in A. Heinen and A. Valdesogo, "Spearman rank
  /// correlation of the bivariate Student t and scale mixtures of normal distributions", 2020.)
  private static func tRank(_ rho: Double, _ weights: [Double]) -> Double {
    6 / .pi * weights.reduce(0) { $0 + asin(rho * $1) } / Double(weights.count)
  }

  /// Values of w at 4,096 Sobol' points.
  private static func mixing(_ degrees: Double) -> [Double] {
    GSL.ready
    return (0..<4096).map { index in
      let v = (0..<3).map { dimension in
        1 / gsl_cdf_chisq_Pinv(SobolPoints.point(index, dimension, scramble: 0), degrees)
      }
      return v[0] / ((v[0] + v[1]) * (v[0] + v[2])).squareRoot()
    }
  }
}
