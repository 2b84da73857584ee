import Foundation
public import GenOpsNumerics

/// How a day's count scatters around its mean.
public enum CountNoise: Sendable, Hashable {
  /// Not at all; the means are rounded so that their sums are kept.
  case none
  /// Independent events: variance = mean.
  case poisson
  /// Events that cluster: variance = mean + mean²/`dispersion`.
  case negativeBinomial(dispersion: Double)
  /// A factor exp(σ·z − σ²/2) with mean 1, for days that differ by more than counting explains.
  case lognormal(sigma: Double)

  /// One draw around `mean`, a whole number: of a day by itself. The days of a path keep their sums besides.
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

  /// Replaces the means of one path's days by whole units, with the generator at each day's own step and many days at a
  /// time where normal numbers decide. What is counted has the numbers of ``units(mean:generator:)``; what is
  /// rounded keeps its sums, as ``makeWhole(_:)`` says.
  func count(
    _ days: UnsafeMutableBufferPointer<Double>, key: RandomKey, path: Int,
    _ generator: inout RandomGenerator
  ) {
    if self == .none { return CountNoise.makeWhole(days) }
    CountNoise.inPieces(days.count) { piece, normals, second in
      RandomGenerator.fillNormals(
        normals, second: second, key: key, path: path, fromStep: piece.lowerBound)
      let part = UnsafeMutableBufferPointer(rebasing: days[piece])
      if case .lognormal(let sigma) = self {
        CountNoise.scatter(part, normals, sigma: sigma)
        return
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
    if case .lognormal = self { CountNoise.makeWhole(days) }
  }

  /// Rounds the sums from the first day on in place of the days, so that what a day loses the next one has: each day
  /// by itself would make nothing of 0.4 events a day for a year. A longer path has the same days before.
  private static func makeWhole(_ days: UnsafeMutableBufferPointer<Double>) {
    var sum = 0.0
    for index in days.indices {
      let mean = days[index]
      sum += mean > 0 ? (mean < most ? mean : most) : 0
      days[index] = sum
    }
    // Beyond what a `Double` counts by ones the days are rounded by themselves: a unit is nothing there.
    let isCounted = sum < most
    if isCounted { Vector.makeWhole(days) }
    for index in days.indices.dropFirst().reversed() { days[index] -= days[index - 1] }
    if !isCounted { Vector.makeWhole(days) }
  }

  /// Multiplies `days` by exp(σ·z − σ²/2) for the `normals` z, which are overwritten.
  private static func scatter(
    _ days: UnsafeMutableBufferPointer<Double>, _ normals: UnsafeMutableBufferPointer<Double>,
    sigma: Double
  ) {
    for index in days.indices { normals[index] = sigma * normals[index] - sigma * sigma / 2 }
    Exponential.apply(normals)
    for index in days.indices { days[index] *= normals[index] }
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

  /// A usage by itself as a whole number: to the nearest, halves up, nothing below 0.
  @inlinable
  public static func whole(_ mean: Double) -> Double {
    // By adding and taking off 2⁵², which leaves a whole number, one too large at most: rounding is
    // a function call on plain x86-64, and this goes two days at a time.
    let raised = (mean > 0 ? (mean < most ? mean : most) : 0) + 0.5
    let whole = (raised + 0x1p52) - 0x1p52
    return whole > raised ? whole - 1 : whole
  }
}
