import CGSL
import Foundation
import GenOpsUnits

/// Counts. Exact samplers cost more the larger the mean (250 to 450 ns for a Poisson number of mean
/// 1,000 and up), so above ``RandomGenerator/largeVariance`` a normal number corrected for skewness
/// and rounded takes their place:
///
///     x = mean + s·z + γ/6·sd·(z² − 1),  γ the skewness, s² = variance − (γ·sd)²/18 − 1/12
///
/// (Cornish and Fisher 1938, first term; the 1/12 is what rounding adds). Mean and variance are
/// those of the exact distribution; the distribution function is off by less than 0.001 everywhere
/// (0.0003 for a Poisson number of mean 256), which the tests hold against the exact distribution
/// at 10⁵ draws.
extension RandomGenerator {
  /// The variance from which a count is drawn from its normal limit.
  public static let largeVariance = 256.0

  /// The largest mean of a count; beyond it a Poisson number would not fit 64 bits.
  public static let largestMean = 1e18

  /// A Poisson number. `mean` ≥ 0; held at ``largestMean``, and 0 where it is not a number.
  public mutating func poisson(mean: Double) -> Int64 {
    if mean >= RandomGenerator.largeVariance {
      let mean = min(mean, RandomGenerator.largestMean)
      return limit(mean: mean, variance: mean, thirdOverVariance: 1)
    }
    return mean > 0 ? Int64(gsl_ran_poisson(rng, mean)) : 0
  }

  /// The Poisson number whose ``normal()`` is drawn already, for a mean from ``largeVariance`` to
  /// ``largestMean``: what ``poisson(mean:)`` gives with it.
  public static func poisson(largeMean mean: Double, at z: Double) -> Int64 {
    limit(at: z, mean: mean, variance: mean, thirdOverVariance: 1)
  }

  /// A negative-binomial number: variance = mean + mean²/`dispersion`, so a large dispersion is
  /// nearly Poisson. Drawn as a Poisson number whose mean is gamma distributed.
  public mutating func negativeBinomial(mean: Double, dispersion: Double) -> Int64 {
    if RandomGenerator.isLarge(mean: mean, dispersion: dispersion) {
      let first = normal()
      return RandomGenerator.negativeBinomial(
        largeMean: mean, dispersion: dispersion, at: first, normal())
    }
    return mean > 0 ? poisson(mean: gamma(shape: dispersion, scale: mean / dispersion)) : 0
  }

  /// Whether two normal numbers decide a negative-binomial number: from a mean of 1,024 and a
  /// dispersion of 32 on.
  public static func isLarge(mean: Double, dispersion: Double) -> Bool {
    mean >= 1_024 && dispersion >= 32
  }

  /// The negative-binomial number of two normal numbers that are drawn already, where
  /// ``isLarge(mean:dispersion:)``.
  ///
  /// The gamma number is k·(1 − 1/(9k) + z/(3√k))³ (Wilson and Hilferty 1931), with the right mean, a
  /// variance right to 5·10⁻⁶ and a distribution function right to 0.0002, of which the Poisson number
  /// is the limit above.
  public static func negativeBinomial(
    largeMean mean: Double, dispersion k: Double, at z: Double, _ second: Double
  ) -> Int64 {
    let root = 1 - 1 / (9 * k) + z / (3 * k.squareRoot())
    // At a mean of 1,024, a dispersion of 32 and the farthest normal number still 226, where the limit
    // of the Poisson number holds as well.
    return poisson(largeMean: min(mean * (root * root * root), largestMean), at: second)
  }

  /// How many of `n` succeed, each with probability `p`. `n` ≤ 10¹², `p` is cut to 0…1; what is not a
  /// number is 0.
  ///
  /// Where `n` is beyond GSL's 32 bits and the variance small, `p` (or 1 − `p`) is below 10⁻⁷ and
  /// the Poisson distribution is used: total variation at most `p` (Le Cam 1960).
  public mutating func binomial(n: Int64, p: Double) -> Int64 {
    guard n > 0, p > 0 else { return 0 }
    if p >= 1 { return n }
    if p > 0.5 { return n - binomial(n: n, p: 1 - p) }
    let mean = Double(n) * p
    let variance = mean * (1 - p)
    if variance >= RandomGenerator.largeVariance {
      return min(n, limit(mean: mean, variance: variance, thirdOverVariance: 1 - 2 * p))
    }
    if n <= Int64(UInt32.max) { return Int64(gsl_ran_binomial(rng, p, UInt32(n))) }
    return min(n, poisson(mean: mean))
  }

  /// A rounded normal number with the distribution's mean, variance and skewness.
  /// `thirdOverVariance` is the third central moment over the variance: γ·sd.
  private mutating func limit(mean: Double, variance: Double, thirdOverVariance t: Double)
    -> Int64
  {
    RandomGenerator.limit(at: normal(), mean: mean, variance: variance, thirdOverVariance: t)
  }

  /// The same at a standard normal number that is drawn already. `mean` is at most ``largestMean`` and
  /// `variance` above 1.
  static func limit(at z: Double, mean: Double, variance: Double, thirdOverVariance t: Double)
    -> Int64
  {
    let spread = (variance - t * t / 18 - 1.0 / 12).squareRoot()
    // At most 10¹⁸ and seven standard deviations, 10⁹ each, which 64 bits hold.
    return Int64(max(0, mean + spread * z + t / 6 * (z * z - 1)) + 0.5)
  }
}
