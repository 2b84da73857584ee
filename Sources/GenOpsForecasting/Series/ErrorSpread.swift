import Foundation
import GenOpsNumerics

/// How far forecasts of each step lay from what came, learnt from the origins of the past.
///
/// The standard deviation of the error of step k is c·kᵇ: a line through the logarithms of what each
/// step's errors were, where a step weighs as many errors as do not overlap. The slope b is drawn to
/// that of other series, 0.25, with the weight of ten. Errors go together over the steps as a part
/// that stays (an autoregression of order 1) and a part that is new at each step.
struct ErrorSpread: Sendable {
  /// By step ahead, on the scale of smoothing.
  let deviations: [Double]
  /// The share of the variance that stays from step to step.
  let persistentPart: Double
  /// How much of that share's error is still there one step later.
  let persistence: Double
  /// How well the deviations are known: degrees of freedom of Student's distribution.
  let freedom: Double

  static let usualSlope = 0.25
  static let usualSlopeWeight = 10.0
  /// Errors are drawn in to so many standard deviations (of the middle of them): one outlier is not
  /// the width of all that comes.
  static let farthest = 4.0

  /// What deviations are multiplied by where few seasons have been forecast in the past: level and season of two or
  /// three are fitted to so few values that the errors about them are too small.
  static let youngest = 2.4
  static let youngSeasons = 1.2

  private static func youth(origins: Int, season: Int) -> Double {
    1 + youngest * exp(-Double(origins) / Double(max(1, season)) / youngSeasons)
  }

  /// From the errors of `rolling` against `z`, which has a season of `season` steps.
  init(_ rolling: RollingForecast, z: [Double], season: Int) {
    let h = rolling.horizon
    freedom = max(3, 2 * Double(rolling.origins))
    let (squares, counts) = ErrorSpread.squares(rolling, z)
    var (sw, sx, sy, sxx, sxy) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for k in 0..<h where counts[k] > 0 && squares[k] > 0 {
      let x = log(Double(k + 1))
      let y = 0.5 * log(squares[k] / counts[k])
      let w = counts[k] / Double(k + 1)
      sw += w
      sx += w * x
      sy += w * y
      sxx += w * x * x
      sxy += w * x * y
    }
    guard sw > 0 else {
      deviations = [Double](repeating: 0, count: h)
      (persistentPart, persistence) = (1, 1)
      return
    }
    let (mx, my) = (sx / sw, sy / sw)
    let prior = ErrorSpread.usualSlopeWeight
    let fitted =
      (sxy - sw * mx * my + prior * ErrorSpread.usualSlope) / (sxx - sw * mx * mx + prior)
    let slope = min(0.8, max(0, fitted))
    // Correlations are those of the errors that were seen.
    let seen = (0..<h).map { exp(my + slope * (log(Double($0 + 1)) - mx)) }
    let young = ErrorSpread.youth(origins: rolling.origins, season: season)
    deviations = seen.map { $0 * young }
    func correlation(_ lag: Int) -> Double {
      ErrorSpread.correlation(rolling, z, seen, lag: lag)
    }
    let near = correlation(1)
    guard h > 3 else {
      (persistentPart, persistence) = (near, 1)
      return
    }
    let far = max(2, h / 4)
    let distant = min(near, correlation(far))
    persistence = min(0.995, pow(distant / near, 1 / Double(far - 1)))
    persistentPart = min(1, near / persistence)
  }

  /// Weighted squares of each step's errors, and the weights.
  private static func squares(_ rolling: RollingForecast, _ z: [Double]) -> ([Double], [Double]) {
    let h = rolling.horizon
    var squares = [Double](repeating: 0, count: h)
    var counts = squares
    var sizes: [Double] = []
    for origin in 0..<rolling.origins {
      for k in 0..<rolling.judged(origin, count: z.count) {
        sizes.append(abs(z[rolling.firstOrigin + origin + k] - rolling.past[origin * h + k]))
      }
    }
    guard !sizes.isEmpty else { return (squares, counts) }
    let middle = Statistics.quantiles(of: sizes, at: [0.5])[0] / 0.6745
    let limits = (0..<h).map {
      middle > 0 ? farthest * middle * pow(Double($0 + 1), 0.2) : .infinity
    }
    var index = 0
    for origin in 0..<rolling.origins {
      let weight = SeriesCombination.weight(origin: origin, of: rolling.origins)
      for k in 0..<rolling.judged(origin, count: z.count) {
        let error = min(limits[k], sizes[index])
        index += 1
        squares[k] += weight * error * error
        counts[k] += weight
      }
    }
    return (squares, counts)
  }

  /// Of the errors of one origin, `lag` steps apart, drawn in to three deviations.
  private static func correlation(
    _ rolling: RollingForecast, _ z: [Double], _ deviations: [Double], lag: Int
  ) -> Double {
    let (h, first) = (rolling.horizon, rolling.firstOrigin)
    var (top, bottom) = (0.0, 0.0)
    for origin in 0..<rolling.origins {
      let judged = rolling.judged(origin, count: z.count)
      guard judged > lag else { continue }
      for k in 0..<(judged - lag) {
        let a = (z[first + origin + k] - rolling.past[origin * h + k]) / deviations[k]
        let later = k + lag
        let b = (z[first + origin + later] - rolling.past[origin * h + later]) / deviations[later]
        let (x, y) = (min(3, max(-3, a)), min(3, max(-3, b)))
        top += x * y
        bottom += (x * x + y * y) / 2
      }
    }
    return bottom > 0 ? min(0.99, max(0.01, top / bottom)) : 0.5
  }
}
