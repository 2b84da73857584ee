import Foundation
import GenOpsNumerics
import GenOpsUnits

/// A history as fits see it: logarithms of usage without the week, by days before day 0.
struct GrowthHistory: Sendable {
  /// Days relative to day 0, the day after the history: −n … −1; days without usage are left out.
  var times: [Double]
  /// log(usage), weekday effects taken out.
  var logs: [Double]

  /// Throws when fewer than `least` days have usage.
  init(_ series: DailySeries, atLeast least: Int, _ operation: String) throws(NumericalError) {
    let values = series.values.map { $0.isFinite && $0 > 0 ? log($0) : .nan }
    let week = GrowthHistory.week(values, start: series.start)
    times = []
    logs = []
    for (index, value) in values.enumerated() where !value.isNaN {
      times.append(Double(index - values.count))
      logs.append(value - week[series.start.advanced(by: index).weekday])
    }
    guard logs.count >= least else { throw NumericalError.tooShort(operation) }
  }

  /// Effects of the weekdays, Monday first, with mean 0: medians of the differences from the mean of
  /// the seven days around. Zero for less than four weeks.
  private static func week(_ values: [Double], start: CalendarDay) -> [Double] {
    var around = [[Double]](repeating: [], count: 7)
    for index in values.indices.dropFirst(3).dropLast(3) {
      let mean = Statistics.mean(Array(values[(index - 3)...(index + 3)]))
      if !mean.isNaN {
        around[start.advanced(by: index).weekday].append(values[index] - mean)
      }
    }
    guard around.allSatisfy({ $0.count >= 4 }) else { return [Double](repeating: 0, count: 7) }
    let medians = around.map { Statistics.quantiles(of: $0, at: [0.5])[0] }
    let center = Statistics.mean(medians)
    return medians.map { $0 - center }
  }

  /// Standard deviation of one day's noise around a smooth curve, from second differences: their
  /// variance is six times that of the days.
  var noise: Double {
    let second = logs.indices.dropFirst().dropLast().map {
      logs[$0 - 1] - 2 * logs[$0] + logs[$0 + 1]
    }
    return max(1e-9, Statistics.sd(second) / 6.0.squareRoot())
  }
}
