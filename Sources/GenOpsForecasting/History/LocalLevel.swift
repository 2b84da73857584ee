import Foundation
import GenOpsNumerics

/// The level at the end of a history, by exponential smoothing of what season and trend leave, and
/// the errors it made on the way.
///
/// The model behind it is ETS(A,N,N) on logarithms (Hyndman, Koehler, Ord and Snyder 2008):
/// r_t = l_{t−1} + e_t, l_t = l_{t−1} + α·e_t. α = 0 is one level for ever; a large α forgets fast.
/// A large error moves the level as if it were 2.5 robust standard deviations (Gelper, Fried and
/// Croux 2010), so that one strange day is not the new level.
struct LocalLevel: Sendable {
  /// How much of an error stays in the level.
  var gain: Double
  /// The level after the last day.
  var level: Double
  /// One-step errors by day; NaN where the day is unknown.
  var errors: [Double]
  /// Robust standard deviation of the errors.
  var scale: Double
  /// How much of an error stays in the level of a simulated path.
  var wander: Double
  /// What errors are cut to on simulated paths, in units of ``scale``.
  var cut: Double { max(4, LocalLevel.cut(errors, scale: scale) / scale) }

  static let gains = [0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6]
  /// Days ahead at which gains are compared: a bill is a matter of weeks and months.
  static let horizons = [1, 7, 14, 28, 56]

  /// Chooses the gain on `seen`, and gives the level and the errors it makes on `values`.
  ///
  /// The two differ by what is only known afterwards: trend, season of the year, shifts. A gain
  /// chosen without them would trust the level more than anybody could have at the time.
  static func fit(_ values: [Double], chosenOn seen: [Double]) -> LocalLevel {
    let scale = differenceScale(seen)
    var best = (loss: Double.infinity, gain: 0.0, levels: [Double]())
    for gain in gains {
      let levels = walk(seen, gain: gain, scale: scale).levels
      let loss = loss(seen, levels)
      // A larger gain must earn it: its paths are wider for ever.
      if loss < best.loss * 0.995 { best = (loss, gain, levels) }
    }
    var (levels, errors) = walk(values, gain: best.gain, scale: scale)
    // Errors of the first days measure the start, not the series.
    if best.gain == 0, let last = levels.last {
      errors = values.map { $0 - last }
    }
    levels = levels.isEmpty ? [0] : levels
    let spread = max(1e-9, robustScale(errors))
    return LocalLevel(
      gain: best.gain, level: levels[levels.count - 1], errors: errors, scale: spread,
      wander: wander(seen, best.levels, errors, scale: spread) ?? best.gain)
  }

  /// The gain with which simulated paths spread as the errors of this level did two, four and eight
  /// weeks ahead; nil when the history is too short to say.
  ///
  /// V_h = V_1 + w²·S·(h − 1), solved for w by least squares over h; S is the errors' variance over
  /// long spans. Cut errors, so that one strange day does not widen everything.
  private static func wander(
    _ values: [Double], _ levels: [Double], _ errors: [Double], scale: Double
  ) -> Double? {
    func variance(_ errors: [Double]) -> Double {
      let limit = cut(errors, scale: robustScale(errors))
      let squares = errors.filter { !$0.isNaN }.map { min(limit * limit, $0 * $0) }
      return squares.isEmpty ? .nan : Statistics.mean(squares)
    }
    let one = variance(errors)
    let longRun =
      variance(errors.map { clipped($0, scale: scale) })
      * HistoryFit.longRun(
        errors.filter { !$0.isNaN }, at: errors.indices.filter { !errors[$0].isNaN })
    var (numerator, denominator) = (0.0, 0.0)
    for horizon in [14, 28, 56] where values.count >= 3 * horizon + 28 {
      let ahead = variance(
        (28..<(values.count - horizon)).map { values[$0 + horizon] - levels[$0] })
      guard ahead.isFinite else { continue }
      numerator += Double(horizon - 1) * (ahead - one)
      denominator += Double((horizon - 1) * (horizon - 1)) * longRun
    }
    guard denominator > 0 else { return nil }
    return min(1, max(0, numerator / denominator).squareRoot())
  }

  /// What an error counts for the level.
  static func clipped(_ error: Double, scale: Double) -> Double {
    min(2.5 * scale, max(-2.5 * scale, error))
  }

  /// What an error is cut to on simulated paths: 4 robust standard deviations, or what one day in
  /// fifty passes where that is more. One strange day does not happen again every year; bursts
  /// every few weeks do.
  static func cut(_ errors: [Double], scale: Double) -> Double {
    let absolute = errors.filter { !$0.isNaN }.map { abs($0) }
    guard !absolute.isEmpty else { return 0 }
    return max(4 * scale, Statistics.quantiles(of: absolute, at: [0.98])[0])
  }

  private static func walk(_ values: [Double], gain: Double, scale: Double)
    -> (levels: [Double], errors: [Double])
  {
    // Begin at the middle of the first two weeks rather than at one day.
    let first = values.prefix(28).filter { !$0.isNaN }.prefix(14)
    var level = first.isEmpty ? 0 : Statistics.quantiles(of: Array(first), at: [0.5])[0]
    var levels: [Double] = []
    var errors: [Double] = []
    var known = 0.0
    levels.reserveCapacity(values.count)
    errors.reserveCapacity(values.count)
    for value in values {
      let error = value - level
      errors.append(error)
      if !error.isNaN {
        known += 1
        level += max(gain, 1 / (known + 7)) * clipped(error, scale: scale)
      }
      levels.append(level)
    }
    return (levels, errors)
  }

  private static func loss(_ values: [Double], _ levels: [Double]) -> Double {
    var sum = 0.0
    var count = 0.0
    for horizon in horizons where values.count > 2 * horizon + 28 {
      for origin in stride(from: 28, to: values.count - horizon, by: 2) {
        let error = abs(values[origin + horizon] - levels[origin])
        if !error.isNaN {
          sum += error
          count += 1
        }
      }
    }
    return count > 0 ? sum / count : 0
  }

  /// Of day-to-day differences: not disturbed by where the level goes.
  private static func differenceScale(_ values: [Double]) -> Double {
    let differences = zip(values, values.dropFirst()).map { $1 - $0 }
    return max(1e-9, robustScale(differences) / 2.0.squareRoot())
  }

  /// Median of the absolute values over 0.6745; where more than half are equal, the standard
  /// deviation about 0.
  static func robustScale(_ errors: [Double]) -> Double {
    let absolute = errors.filter { !$0.isNaN }.map { abs($0) }
    guard !absolute.isEmpty else { return 0 }
    let middle = Statistics.quantiles(of: absolute, at: [0.5])[0] / 0.6745
    if middle > 1e-9 { return middle }
    return (absolute.reduce(0) { $0 + $1 * $1 } / Double(absolute.count)).squareRoot()
  }
}
