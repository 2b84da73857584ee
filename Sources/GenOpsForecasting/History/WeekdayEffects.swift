import GenOpsNumerics
import GenOpsUnits

/// What the weekday adds to the logarithm of a day's usage: the one way in which weeks are taken
/// out of a series before its level, its shifts or its growth are looked at.
///
/// The effect of a weekday is the median of its days' distances from the mean of the seven days
/// around them, so that neither growth nor a strange week bends it.
struct WeekdayEffects: Sendable, Hashable {
  /// Monday first.
  private var values: [Double]

  /// Of `logs`, by day from `start` on, NaN where unknown.
  ///
  /// A day counts when at least `knownDays` of the seven around it are known. A weekday without a
  /// day that counts has no effect; where a weekday has fewer than `weeks` of them, none has.
  init(_ logs: [Double], start: CalendarDay, knownDays: Int, weeks: Int) {
    var distances = [[Double]](repeating: [], count: 7)
    for index in logs.indices.dropFirst(3).dropLast(3) where !logs[index].isNaN {
      let week = logs[(index - 3)...(index + 3)].filter { !$0.isNaN }
      if week.count >= knownDays {
        distances[start.advanced(by: index).weekday].append(
          logs[index] - Statistics.mean(Array(week)))
      }
    }
    guard distances.allSatisfy({ $0.count >= weeks }) else {
      values = [Double](repeating: 0, count: 7)
      return
    }
    values = distances.map {
      $0.isEmpty ? 0 : Statistics.quantiles(of: $0, at: [0.5])[0]
    }
  }

  /// The same with mean 0, so that a level without them is that of an average day.
  var centered: WeekdayEffects {
    let center = Statistics.mean(values)
    var copy = self
    copy.values = values.map { $0 - center }
    return copy
  }

  /// `logs`, by day from `start` on, without the effects.
  func removed(from logs: [Double], start: CalendarDay) -> [Double] {
    logs.indices.map { logs[$0] - values[start.advanced(by: $0).weekday] }
  }
}
