import Foundation
import GenOpsUnits
import Testing
@testable import GenOpsForecasting
@testable import GenOpsNumerics

/// Series whose distribution is known.
struct SimulatedHistory {
  var days = 500
  var level = 10_000.0
  /// Of the logarithm, per year.
  var slope = 0.0
  var noise = 0.1
  var yearly = 0.0
  var name = "simulated"
  /// 1 January 2025 was a Wednesday.
  var start = CalendarDay(number: 20_089)
  static let weekdays = [1.1, 1.1, 1.05, 1.05, 1.0, 0.85, 0.85]

  /// Level, trend, weekday and noise; `level` is what holds on the day after the last.
  func values(_ change: (Int, Double) -> Double = { $1 }) -> [Double] {
    var random = RandomGenerator(RandomSource(seed: 12).key(name, purpose: "history"))
    return (0..<days).map { index in
      let day = start.advanced(by: index)
      let trend = slope * Double(index - days) / 365.25
      let season = yearly * sin(HistoryDesign.angle(day))
      let value =
        level * exp(trend + season + noise * random.normal() - noise * noise / 2)
        * SimulatedHistory.weekdays[day.weekday]
      return change(index, value.rounded())
    }
  }

  func series(_ change: (Int, Double) -> Double = { $1 }) -> DailySeries {
    DailySeries(start: start, values: values(change))
  }
}

/// Paths of a model: level × profile × trend × errors.
func paths(
  _ model: HistoryModel, days: Int, count: Int, seed: UInt64 = 1, errors: String = "account"
)
  -> [[Double]]
{
  let source = RandomSource(seed: seed)
  let profile = model.profile(from: model.dayZero, count: days)
  var random = RandomGenerator()
  var buffer = [Double](repeating: 0, count: days)
  return (0..<count).map { path in
    buffer.withUnsafeMutableBufferPointer { buffer in
      model.trend(
        into: buffer, key: source.key(model.name, purpose: "trend"), path: path,
        generator: &random)
      model.applyErrors(
        to: buffer, key: source.key(errors, purpose: "errors"), path: path, generator: &random)
    }
    return zip(buffer, profile).map { $0 * $1 * model.level }
  }
}
