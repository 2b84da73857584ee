import CGSL

/// What one uncertain input does to a figure by itself: the figure's expectation at each value of the input, all else
/// as it comes.
///
/// The expectation is a sum of Hermite polynomials up to the third in z, the normal number whose place in its
/// distribution is the input's (a polynomial chaos of one variable: Sudret, *Global sensitivity analysis using
/// polynomial chaos expansions*, 2008), fitted by least squares. What it explains of the figure's variance is the
/// first-order index of Sobol'.
package struct MainEffect: Sendable, Hashable {
  /// Of He₀ = 1, He₁ = z, He₂ = z² − 1 and He₃ = z³ − 3z.
  package let coefficients: [Double]
  /// The part of the figure's variance that the input explains, 0…1, less what chance explains of so many futures.
  package let share: Double

  /// `uniforms` are the input's places in its distribution, in (0, 1), and `figures` what came of it, by path.
  /// Nil for fewer than 20 paths, and where the input or the figure does not vary.
  package init?(uniforms: [Double], figures: [Double]) {
    let count = figures.count
    guard count >= 20, uniforms.count == count, let first = uniforms.first,
      uniforms.contains(where: { $0 != first })
    else { return nil }
    let mean = Statistics.mean(figures)
    let total = figures.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard total > 0, total.isFinite else { return nil }
    var rows: [Double] = []
    rows.reserveCapacity(count * 4)
    for uniform in uniforms { rows += MainEffect.basis(gsl_cdf_ugaussian_Pinv(uniform)) }
    // About their mean: of large figures that vary little nothing else would be left of the digits.
    guard
      let fit = try? LinearFit.ordinary(rows: rows, columns: 4, y: figures.map { $0 - mean })
    else { return nil }
    let rest = fit.residuals.reduce(0) { $0 + $1 * $1 }
    let explained = 1 - rest / total * Double(count - 1) / Double(count - 4)
    share = min(1, max(0, explained))
    coefficients = [fit.coefficients[0] + mean] + fit.coefficients[1...]
  }

  /// 1, z, z² − 1 and z³ − 3z.
  private static func basis(_ z: Double) -> [Double] { [1, z, z * z - 1, z * z * z - 3 * z] }

  /// The figure's expectation where the input is at its quantile `p`, in (0, 1).
  package func expected(at p: Double) -> Double { value(gsl_cdf_ugaussian_Pinv(p)) }

  private func value(_ z: Double) -> Double {
    zip(coefficients, MainEffect.basis(z)).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The quantile of the input, between 1 and 99 of 100, at which the figure's expectation is `target`; nil where it is
  /// on one side of it throughout, and where it crosses it more than once.
  package func crossing(of target: Double) -> Double? {
    let end = 2.326
    let steps = 200
    let grid = (0...steps).map { -end + 2 * end * Double($0) / Double(steps) }
    let sides = grid.map { value($0) > target }
    let changes = (1...steps).filter { sides[$0] != sides[$0 - 1] }
    guard changes.count == 1 else { return nil }
    var (low, high) = (grid[changes[0] - 1], grid[changes[0]])
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if (value(middle) > target) == sides[changes[0]] { high = middle } else { low = middle }
    }
    return gsl_cdf_ugaussian_P((low + high) / 2)
  }
}
