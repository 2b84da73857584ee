import GenOpsUnits

/// What anyone can reckon without a model, for a whole month: the forecasts to beat.
public enum SimpleForecasts {
  /// Days of which ``flat(_:in:)`` takes the mean of each weekday.
  static let recent = 28

  /// The month as the last four weeks were: each weekday's mean of the 28 days before, as often as it comes
  /// in `window`; nil where a weekday is not known.
  public static func flat(_ series: DailySeries, in window: Backtest.Window) -> Double? {
    var sums = [Double](repeating: 0, count: 7)
    var counts = sums
    for back in 1...recent {
      let day = window.first.advanced(by: -back)
      let index = series.start.distance(to: day)
      guard series.values.indices.contains(index), !series.values[index].isNaN else { continue }
      sums[day.weekday] += series.values[index]
      counts[day.weekday] += 1
    }
    guard counts.allSatisfy({ $0 > 0 }) else { return nil }
    return (0..<max(0, window.dayCount)).reduce(0) { sum, ahead in
      let weekday = window.first.advanced(by: ahead).weekday
      return sum + sums[weekday] / counts[weekday]
    }
  }

  /// The same month of the year before, times what the two months before have grown by in a year; by the
  /// last one alone where the history has no more. `window` is a whole month. Nil where a day of them is
  /// unknown, or was without usage.
  public static func sameMonth(_ series: DailySeries, in window: Backtest.Window) -> Double? {
    let month = window.first.month
    func sum(_ back: Int) -> Double? {
      let first = month.advanced(by: -back)
      return series.sum(from: first.firstDay, to: first.advanced(by: 1).firstDay)
    }
    guard let last = sum(12), let now = sum(1), let before = sum(13) else { return nil }
    var growth = before > 0 ? now / before : nil
    if let now2 = sum(2), let before2 = sum(14), before + before2 > 0 {
      growth = (now + now2) / (before + before2)
    }
    return growth.map { last * $0 }
  }
}
