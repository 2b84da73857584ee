import Foundation
import GenOpsNumerics
import GenOpsUnits

/// Regression of a series on waves of the season and the year and a trend with bends, with what is
/// left smoothed: dynamic harmonic regression (Hyndman and Athanasopoulos, Forecasting: Principles and
/// Practice, 3rd ed., 10.5).
///
/// ``HarmonicShape`` has the columns; all but the first are shrunk by a ridge. Values far from the fit
/// lose their weight (Tukey's bisquare, twice). The fit is made anew at eight origins, with what was
/// known there, so that the errors of the past are those of forecasts. What is left of the line is
/// followed by smoothing with a gain and fades ahead by a factor per step, the pair that makes the
/// error over all steps least.
public enum HarmonicRegression: SeriesModel {
  public static let name = "harmonic"
  public static let summary = "regression on waves of the season and the year, with a bent trend"

  public static func forecast(_ series: TimeSeries, _ request: SeriesRequest) -> SeriesForecast {
    SeriesAnswer.forecast(series, request, model: name, members: [.harmonic])
  }

  /// At how many origins the fit is made anew.
  static let refits = 8
  /// Values before an origin from which what is left is smoothed.
  static let runUp = 200

  /// How what is left is followed.
  struct Remainder: Sendable {
    var gain: Double
    /// What is left of it one step later.
    var fading: Double
  }

  static let remainders = [
    Remainder(gain: 0, fading: 1), Remainder(gain: 0.05, fading: 0.98),
    Remainder(gain: 0.15, fading: 0.9), Remainder(gain: 0.15, fading: 0.98),
    Remainder(gain: 0.3, fading: 0.8), Remainder(gain: 0.3, fading: 0.95),
    Remainder(gain: 0.3, fading: 0.995), Remainder(gain: 0.6, fading: 0.7),
    Remainder(gain: 0.6, fading: 0.9), Remainder(gain: 0.6, fading: 0.99),
  ]

  /// A line that is in force from one origin to before the next.
  struct Stretch {
    var origins: Range<Int>
    var line: [Double]
  }

  static func fit(_ z: [Double], shape: HarmonicShape, horizon: Int, firstOrigin: Int)
    -> RollingForecast
  {
    let n = z.count
    var rolling = RollingForecast(horizon: horizon, firstOrigin: firstOrigin, count: n)
    let every = max(1, (n - rolling.firstOrigin + refits - 1) / refits)
    let waves = shape.waves(count: n + horizon)
    var stretches = stride(from: rolling.firstOrigin, to: n, by: every).map { start in
      // start < n and every ≥ 1, so that the range is not turned round.
      let end = min(start + every, n)
      return Stretch(
        origins: start..<end,
        line: line(z, known: start, shape: shape, waves: waves, until: end + horizon))
    }
    stretches.append(
      Stretch(
        origins: n..<(n + 1),
        line: line(z, known: n, shape: shape, waves: waves, until: n + horizon)))
    let best = remainder(z, stretches, horizon)
    walk(z, stretches, best) { t, line, left in
      let row = (t - rolling.firstOrigin) * horizon
      var left = left
      for k in 0..<horizon {
        let forecast = line[t + k] + left
        left *= best.fading
        if t == n { rolling.ahead[k] = forecast } else { rolling.past[row + k] = forecast }
      }
    }
    return rolling
  }

  /// The one with the least mean |error| over origins and about eight of the steps.
  private static func remainder(_ z: [Double], _ stretches: [Stretch], _ horizon: Int)
    -> Remainder
  {
    let step = max(1, horizon / 8)
    var best = (error: Double.infinity, remainder: remainders[0])
    for remainder in remainders {
      let fades = (0..<horizon).map { pow(remainder.fading, Double($0)) }
      var (total, count) = (0.0, 0.0)
      walk(z, stretches, remainder) { t, line, left in
        var k = step - 1
        while k < horizon, t + k < z.count {
          total += abs(z[t + k] - line[t + k] - left * fades[k])
          count += 1
          k += step
        }
      }
      if count > 0, total / count < best.error { best = (total / count, remainder) }
    }
    return best.remainder
  }

  /// Calls `body` at each origin with the line in force and what is left of it at the next step.
  private static func walk(
    _ z: [Double], _ stretches: [Stretch], _ remainder: Remainder,
    _ body: (Int, [Double], Double) -> Void
  ) {
    for stretch in stretches {
      let line = stretch.line
      var left = 0.0
      func take(_ t: Int) {
        left *= remainder.fading
        left += remainder.gain * (z[t] - line[t] - left)
      }
      let first = stretch.origins.lowerBound
      // max(0, first − runUp) ≤ first, since neither is negative.
      for t in max(0, first - runUp)..<first { take(t) }
      for t in stretch.origins {
        body(t, line, left * remainder.fading)
        if t < z.count { take(t) }
      }
    }
  }

  /// The fit to the first `known` values, at the steps 0..<until.
  static func line(
    _ z: [Double], known: Int, shape: HarmonicShape, waves: [Double], until: Int
  ) -> [Double] {
    let p = shape.columns
    let rows = shape.rows(until: until, known: known, waves: waves)
    let weights = (0..<known).map { exp2(-Double(known - 1 - $0) / shape.halfLife) }
    let seen = Array(rows.prefix(known * p))
    let y = Array(z.prefix(known))
    var coefficients = [Double](repeating: 0, count: p)
    var used = weights
    for round in 0..<3 {
      var equations = NormalEquations(rows: seen, columns: p, y: y, weights: used)
      let total = used.reduce(0, +)
      equations.addPrecision(1e-9 * total, at: 0)
      for j in 1..<p { equations.addPrecision(shape.ridge * total, at: j) }
      guard let solved = try? equations.solved() else { break }
      coefficients = solved
      guard round < 2 else { break }
      let fitted = product(seen, solved)
      let left = y.indices.map { abs(y[$0] - fitted[$0]) }
      let scale = Statistics.quantiles(of: left, at: [0.5])[0] / 0.6745
      guard scale > 0 else { break }
      for i in y.indices {
        let u = left[i] / (6 * scale)
        used[i] = weights[i] * (u < 1 ? (1 - u * u) * (1 - u * u) : 0)
      }
    }
    return product(rows, coefficients)
  }

  /// X·c.
  private static func product(_ rows: [Double], _ c: [Double]) -> [Double] {
    rows.withUnsafeBufferPointer { rows in
      c.withUnsafeBufferPointer { c in
        var start = 0
        return (0..<(rows.count / c.count)).map { _ in
          var sum = 0.0
          for j in 0..<c.count { sum += rows[start + j] * c[j] }
          start += c.count
          return sum
        }
      }
    }
  }
}
