package import GenOpsForecasting
package import GenOpsHistory
import GenOpsNumerics
package import GenOpsUnits

/// What is said of one series: the steps ahead, and their sum beside the same span before.
package struct SeriesOutlook: Sendable {
  /// A sum over all futures.
  package struct Spread: Sendable, Hashable {
    /// The 10 % quantile.
    package var low: Double
    /// The mean.
    package var expected: Double
    /// The 90 % quantile.
    package var high: Double
  }

  /// Some steps in a row that tables show as one.
  package struct Block: Sendable, Hashable {
    /// The first step, counted from the beginning of the history.
    package var first: Int
    package var count: Int
    package var units: Spread
    /// How many of the steps have passed and have no value; 0 of those ahead.
    package var missing = 0
  }

  /// The series with its history; without values where nobody shows them.
  package var series: RecordedSeries
  /// How many values the history has.
  package var known: Int
  package var season: Int
  /// The point forecast, by step ahead.
  package var point: [Double]
  /// By step ahead, then at ``levels``.
  package var quantiles: [[Double]]
  package var levels: [Double]
  /// The kind that answered.
  package var model: String
  /// Why it was not the one that was asked for; nil where it was.
  package var reason: String?
  /// Whether the answer is a guess.
  package var isUnreliable: Bool
  package var findings: Findings
  /// What dates of the year do, as far as the history shows it.
  package var dates: [DateEffect]
  /// What stands out in the history.
  package var notices: SeriesNotices
  /// The sum of all steps ahead; nil where no futures were drawn.
  package var total: Spread?
  /// The sum of as many steps before; nil where one of them is unknown or there are not as many.
  package var before: Double?
  /// The last of the history and the steps ahead, as tables show them.
  package var past: [Block] = []
  package var ahead: [Block] = []

  package var horizon: Int { point.count }

  /// The quantile at `level` of a step ahead; nil where it was not asked for.
  package func quantile(_ level: Double, step: Int) -> Double? {
    levels.firstIndex { abs($0 - level) < 1e-6 }.map { quantiles[step][$0] }
  }

  init(_ series: RecordedSeries, _ task: SeriesTask, _ forecast: SeriesForecast, levels: [Double]) {
    self.series = series
    known = series.values.count
    season = task.season(of: series)
    point = forecast.point
    quantiles = forecast.quantiles
    self.levels = levels
    model = forecast.model
    reason = forecast.reason
    isUnreliable = forecast.isUnreliable
    findings = forecast.findings
    dates = forecast.dates
    notices = forecast.notices
    let horizon = point.count
    if known >= horizon {
      let sum = series.values.suffix(horizon).reduce(0, +)
      before = sum.isNaN ? nil : sum
    }
    guard !forecast.paths.isEmpty else { return }
    total = SeriesOutlook.spread(forecast, 0..<horizon)
    let size = SeriesOutlook.blockSize(series, horizon, season: season)
    ahead = stride(from: 0, to: horizon, by: size).map { first in
      // `first` is below the horizon.
      let end = min(horizon, first + size)
      return Block(
        first: known + first, count: end - first,
        units: SeriesOutlook.spread(forecast, first..<end))
    }
    past = pastBlocks(size)
  }

  private func pastBlocks(_ size: Int) -> [Block] {
    let count = min(6, known / size)
    return (0..<count).reversed().map { back in
      // There are as many whole blocks, so `first` is not negative and the block ends within the values.
      let first = known - (back + 1) * size
      let values = series.values[first..<(first + size)].filter { !$0.isNaN }
      let sum = values.reduce(0, +)
      return Block(
        first: first, count: size, units: Spread(low: sum, expected: sum, high: sum),
        missing: size - values.count)
    }
  }

  /// The sum over some steps: its mean from the means, its ends from the futures.
  private static func spread(_ forecast: SeriesForecast, _ steps: Range<Int>) -> Spread {
    let sums = forecast.paths.map { $0[steps].reduce(0, +) }
    let ends = Statistics.quantiles(of: sums, at: [0.1, 0.9])
    return Spread(low: ends[0], expected: forecast.point[steps].reduce(0, +), high: ends[1])
  }

  /// How many steps make a row of a table that a person reads.
  private static func blockSize(_ series: RecordedSeries, _ horizon: Int, season: Int) -> Int {
    if let week = series.weekdays?.count {
      return horizon <= 14 ? 1 : horizon <= 26 * week ? week : 4 * week
    }
    if series.every > 1, series.step != .number { return horizon <= 26 ? 1 : (horizon + 23) / 24 }
    switch series.step {
    case .day: return horizon <= 14 ? 1 : horizon <= 182 ? 7 : 28
    case .week: return horizon <= 26 ? 1 : 4
    case .month: return horizon <= 24 ? 1 : 12
    case .number: return horizon <= 24 ? 1 : max(season, (horizon + 23) / 24)
    }
  }
}
