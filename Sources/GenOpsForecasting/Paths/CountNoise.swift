import Foundation
public import GenOpsNumerics

/// How a day's count scatters around its mean.
public enum CountNoise: Sendable, Hashable {
  /// Not at all; the mean is rounded.
  case none
  /// Independent events: variance = mean.
  case poisson
  /// Events that cluster: variance = mean + mean²/`dispersion`.
  case negativeBinomial(dispersion: Double)
  /// A factor exp(σ·z − σ²/2) with mean 1, for days that differ by more than counting explains.
  case lognormal(sigma: Double)

  /// One draw around `mean`, a whole number.
  public func units(mean: Double, generator: inout RandomGenerator) -> Double {
    switch self {
    case .none: CountNoise.whole(mean)
    case .poisson: Double(generator.poisson(mean: min(mean, CountNoise.most)))
    case .negativeBinomial(let dispersion):
      Double(
        generator.negativeBinomial(mean: min(mean, CountNoise.most), dispersion: dispersion))
    case .lognormal(let sigma):
      CountNoise.whole(mean * exp(sigma * generator.normal() - sigma * sigma / 2))
    }
  }

  /// The most units a day can have: 10¹⁵, where a `Double` still counts by ones. A growth without
  /// bounds ends here instead of in infinity.
  public static let most = 1e15

  /// The one place where a day's usage becomes a whole number: to the nearest, halves up, nothing
  /// below 0.
  @inlinable
  public static func whole(_ mean: Double) -> Double {
    // By adding and taking off 2⁵², which leaves a whole number, one too large at most: rounding is
    // a function call on plain x86-64, and this goes two days at a time.
    let raised = (mean > 0 ? (mean < most ? mean : most) : 0) + 0.5
    let whole = (raised + 0x1p52) - 0x1p52
    return whole > raised ? whole - 1 : whole
  }
}
