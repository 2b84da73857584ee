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
    // Four weeks without a gap in any of the weeks: a curve bends with what is left in them.
    let week = WeekdayEffects(values, start: series.start, knownDays: 7, weeks: 4).centered
    times = []
    logs = []
    for (index, value) in week.removed(from: values, start: series.start).enumerated()
    where !value.isNaN {
      times.append(Double(index - values.count))
      logs.append(value)
    }
    guard logs.count >= least else { throw NumericalError.tooShort(operation) }
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
