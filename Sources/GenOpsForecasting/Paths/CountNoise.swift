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
      CountNoise.whole(
        mean * Exponential.value(sigma * generator.normal() - sigma * sigma / 2))
    }
  }

  /// The same at two normal numbers that are drawn already, where they decide; else nil.
  private func units(mean: Double, at z: Double, _ second: Double) -> Double? {
    let mean = min(mean, CountNoise.most)
    switch self {
    case .poisson where mean >= RandomGenerator.largeVariance:
      return Double(RandomGenerator.poisson(largeMean: mean, at: z))
    case .negativeBinomial(let k) where RandomGenerator.isLarge(mean: mean, dispersion: k):
      return Double(
        RandomGenerator.negativeBinomial(largeMean: mean, dispersion: k, at: z, second))
    default: return nil
    }
  }

  /// Replaces the means of one path's days by whole units: the same numbers as ``units(mean:generator:)``
  /// with the generator at each day's own step, many days at a time where normal numbers decide.
  func count(
    _ days: UnsafeMutableBufferPointer<Double>, key: RandomKey, path: Int,
    _ generator: inout RandomGenerator
  ) {
    if self == .none { return Vector.makeWhole(days) }
    CountNoise.inPieces(days.count) { piece, normals, second in
      RandomGenerator.fillNormals(
        normals, second: second, key: key, path: path, fromStep: piece.lowerBound)
      let part = UnsafeMutableBufferPointer(rebasing: days[piece])
      if case .lognormal(let sigma) = self {
        return CountNoise.scatter(part, normals, sigma: sigma)
      }
      for index in part.indices {
        if let units = units(mean: part[index], at: normals[index], second[index]) {
          part[index] = units
        } else {
          generator.seek(key, path: path, step: piece.lowerBound + index)
          part[index] = units(mean: part[index], generator: &generator)
        }
      }
    }
  }

  /// Multiplies `days` by exp(σ·z − σ²/2) for the `normals` z, which are overwritten, and rounds them.
  private static func scatter(
    _ days: UnsafeMutableBufferPointer<Double>, _ normals: UnsafeMutableBufferPointer<Double>,
    sigma: Double
  ) {
    for index in days.indices { normals[index] = sigma * normals[index] - sigma * sigma / 2 }
    Exponential.apply(normals)
    for index in days.indices { days[index] *= normals[index] }
    Vector.makeWhole(days)
  }

  /// Calls `body` with each piece of `0 ..< count` and room for two numbers per place: so many as the
  /// stack holds, since nothing is allocated for a path.
  private static func inPieces(
    _ count: Int,
    _ body: (
      Range<Int>, UnsafeMutableBufferPointer<Double>, UnsafeMutableBufferPointer<Double>
    ) -> Void
  ) {
    let most = 64
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * most) { room in
      room.initialize(repeating: 0)
      for from in stride(from: 0, to: count, by: most) {
        // At least one, as `from` is below `count`.
        let length = min(most, count - from)
        body(
          from..<from + length, UnsafeMutableBufferPointer(rebasing: room[..<length]),
          UnsafeMutableBufferPointer(rebasing: room[most..<most + length]))
      }
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
