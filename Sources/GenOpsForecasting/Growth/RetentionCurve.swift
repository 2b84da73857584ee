import Foundation

/// The part of a cohort that is still there after a time.
public enum RetentionCurve: Sendable, Hashable {
  /// Shifted beta-geometric (Fader and Hardie 2007): each user has a churn probability of their
  /// own, beta distributed, so those who stay get more loyal: S(t) = B(α, β + t) / B(α, β), t in
  /// months.
  case betaGeometric(alpha: Double, beta: Double)
  /// Power distribution: S(t) = (1 + t/τ)^(−b), t and τ in months.
  case power(scale: Double, exponent: Double)

  /// The family of curves.
  public enum Kind: String, Sendable, CaseIterable {
    case betaGeometric = "beta-geometric"
    case power
  }

  /// The curve through the parts kept after 1 and after 12 months. It exists where
  /// month1¹² < month12 < month1 (a constant churn lies at the lower end); what lies outside is
  /// moved to the nearest that does. `month1` counts from 0.001 to 0.999.
  public init(_ kind: Kind, month1: Double, month12: Double) {
    let first = min(0.999, max(0.001, month1))
    let last = min(
      first - 1e-3 * first, max(pow(first, 12) * 1.001 + 1e-9, month12))
    switch kind {
    case .betaGeometric:
      // S(1) = β/(α + β); S(12) falls from month1 to month1¹² as α grows.
      let alpha = RetentionCurve.root(from: 1e-5, to: 1e6) {
        RetentionCurve.betaGeometric(alpha: $0, beta: $0 * first / (1 - first)).kept(12) > last
      }
      self = .betaGeometric(alpha: alpha, beta: alpha * first / (1 - first))
    case .power:
      // The larger τ, the nearer to an exponential.
      func curve(_ scale: Double) -> RetentionCurve {
        .power(scale: scale, exponent: -log(first) / log1p(1 / scale))
      }
      self = curve(RetentionCurve.root(from: 1e-6, to: 1e6) { curve($0).kept(12) > last })
    }
  }

  /// Where `isBelow` turns from true to false, on a logarithmic scale.
  private static func root(from low: Double, to high: Double, _ isBelow: (Double) -> Bool)
    -> Double
  {
    var (low, high) = (log(low), log(high))
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if isBelow(exp(middle)) { low = middle } else { high = middle }
    }
    return exp((low + high) / 2)
  }

  /// S(t), 1 at 0.
  public func kept(_ months: Double) -> Double {
    switch self {
    case .betaGeometric(let alpha, let beta):
      exp(
        lgamma(beta + months) - lgamma(beta) + lgamma(alpha + beta) - lgamma(alpha + beta + months))
    case .power(let scale, let exponent): exp(-exponent * log1p(months / scale))
    }
  }
}
