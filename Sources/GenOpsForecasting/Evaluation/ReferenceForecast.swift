/// The forecasts that every other has to beat.
public enum ReferenceForecast {
  /// The value of the same step of the last season, of which the last known one is taken; of a history
  /// without one, 0.
  public static func seasonalNaive(_ history: [Double], horizon: Int, season: Int) -> [Double] {
    let season = max(1, season)
    let last = history.last { !$0.isNaN } ?? 0
    return (0..<max(0, horizon)).map { step in
      // Counted from the end: the same place of the season, one or more seasons ago.
      var place = history.count - season + step % season
      while place >= 0, place >= history.count || history[place].isNaN { place -= season }
      return place >= 0 ? history[place] : last
    }
  }

  /// Naive2 of the M4 competition: the last value after the season is taken out, with the season put back;
  /// where no season shows, the last value.
  ///
  /// A season shows where the autocorrelation at its length is beyond 1.645 standard errors (Bartlett's), and
  /// the history has three of it. The season is the mean of the ratios to a centred moving average, of the
  /// differences where a value is not positive (Makridakis, Spiliotis and Assimakopoulos 2020). Unknown
  /// values are carried forward.
  public static func naive2(_ history: [Double], horizon: Int, season: Int) -> [Double] {
    let y = carried(history)
    let steps = 0..<max(0, horizon)
    guard let last = y.last else { return steps.map { _ in 0 } }
    guard isSeasonal(y, season) else { return steps.map { _ in last } }
    let trend = movingAverage(y, season)
    let isRatio = y.allSatisfy { $0 > 0 }
    var sums = [Double](repeating: 0, count: season)
    var counts = [Double](repeating: 0, count: season)
    for index in y.indices where !trend[index].isNaN {
      sums[index % season] += isRatio ? y[index] / trend[index] : y[index] - trend[index]
      counts[index % season] += 1
    }
    var shape = zip(sums, counts).map { $0 / $1 }
    let mean = shape.reduce(0, +) / Double(season)
    shape = shape.map { isRatio ? $0 / mean : $0 - mean }
    let place = (y.count - 1) % season
    return steps.map { step in
      let next = shape[(y.count + step) % season]
      return isRatio ? last / shape[place] * next : last - shape[place] + next
    }
  }

  private static func carried(_ history: [Double]) -> [Double] {
    let first = history.first { !$0.isNaN } ?? 0
    var last = first
    return history.map { value in
      if !value.isNaN { last = value }
      return last
    }
  }

  static func isSeasonal(_ y: [Double], _ season: Int) -> Bool {
    guard season > 1, y.count >= 3 * season else { return false }
    let mean = y.reduce(0, +) / Double(y.count)
    let z = y.map { $0 - mean }
    let variance = z.reduce(0) { $0 + $1 * $1 }
    guard variance > 0 else { return false }
    let r = (1...season).map { lag in
      zip(z.dropFirst(lag), z).reduce(0) { $0 + $1.0 * $1.1 } / variance
    }
    let before = r.dropLast().reduce(1) { $0 + 2 * $1 * $1 }
    return abs(r[season - 1]) > 1.645 * (before / Double(y.count)).squareRoot()
  }

  /// The centred moving average over a season, of an even one with half weights at its ends; NaN at the
  /// edges.
  private static func movingAverage(_ y: [Double], _ season: Int) -> [Double] {
    let half = season / 2
    let isEven = season % 2 == 0
    var trend = [Double](repeating: .nan, count: y.count)
    // There are three seasons at least.
    for index in half..<(y.count - half) {
      var sum = 0.0
      for place in (index - half)...(index + half) {
        let isEnd = place == index - half || place == index + half
        sum += isEven && isEnd ? y[place] / 2 : y[place]
      }
      trend[index] = sum / Double(season)
    }
    return trend
  }
}
