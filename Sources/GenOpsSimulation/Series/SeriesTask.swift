package import GenOpsForecasting
import GenOpsHistory
import GenOpsUnits

/// What is asked of the series of a file, whichever verb asks.
package struct SeriesTask: Sendable {
  /// How many steps ahead; nil is 28 days, 13 weeks, 12 months, or a season of numbered steps but at
  /// least 12.
  package var horizon: Int?
  /// Steps in a season; nil finds it from the dates.
  package var season: Int?
  /// The parts that intervals are to hold, rising, each between 0 and 1.
  package var intervals: [Double]
  package var model: SeriesModelKind
  /// Of all draws.
  package var seed: UInt64
  /// Threads; the result is the same for any number.
  package var jobs: Int
  /// Which dates of the year are looked for.
  package var holidays: HolidayChoice
  /// Levels that values saturate at, by the name of a series; that of the empty name is for all others.
  package var caps: [String: Double]

  package init(
    horizon: Int? = nil, season: Int? = nil, intervals: [Double] = [0.8, 0.95],
    model: SeriesModelKind = SeriesModels.standard, seed: UInt64 = 1, jobs: Int = 1,
    holidays: HolidayChoice = .usual, caps: [String: Double] = [:]
  ) {
    self.horizon = horizon
    self.season = season
    self.intervals = intervals.sorted()
    self.model = model
    self.seed = seed
    self.jobs = jobs
    self.holidays = holidays
    self.caps = caps
  }

  /// What is done to `series` before it is forecast.
  func preparation(of series: RecordedSeries) -> SeriesPreparation {
    SeriesPreparation(holidays: holidays, cap: caps[series.name] ?? caps[""])
  }

  /// Steps in a season of `series`: those of a week, of a year of weeks where three years are there, of a
  /// year of months; 1 where a season is not a whole number of steps, and of numbered ones.
  func season(of series: RecordedSeries) -> Int {
    if let season { return season }
    func steps(_ units: Int) -> Int { units % series.every == 0 ? units / series.every : 1 }
    switch series.step {
    case .day: return series.weekdays?.count ?? steps(7)
    case .week:
      let year = steps(52)
      return series.values.count >= 3 * year ? year : 1
    case .month: return steps(12)
    case .number: return 1
    }
  }

  /// Says of a season that was asked for that the history is too short for it, unless the answer says so.
  func leftOutSeason(of outlook: SeriesOutlook) -> Finding? {
    guard let season, season > 1, outlook.known <= 2 * season,
      !outlook.findings.all.contains(where: { $0.code == "short-series" })
    else { return nil }
    return Finding(
      .warning, "short-series",
      "\(outlook.series.name): \(outlook.known) values are too few to show a season of \(season)"
        + (outlook.known <= season ? "; it is left out" : ""),
      help: "\(2 * season + 1) values show a season")
  }

  /// How many steps of `series` are forecast.
  func horizon(of series: RecordedSeries) -> Int {
    if let horizon { return horizon }
    // As long as of single days, weeks or months, but four steps at least.
    func steps(_ units: Int) -> Int {
      series.every == 1 ? units : max(4, (units + series.every - 1) / series.every)
    }
    switch series.step {
    case .day: return series.weekdays.map { 4 * $0.count } ?? steps(28)
    case .week: return steps(13)
    case .month: return steps(12)
    case .number: return max(12, season ?? 1)
    }
  }

  /// The series as models take it.
  func timeSeries(_ series: RecordedSeries) -> TimeSeries {
    let isSingle = series.every == 1 && series.weekdays == nil
    let step: TimeSeries.Step =
      switch series.step {
      // A model knows days, weeks and months one by one.
      case _ where !isSingle: .number
      case .day: .day
      case .week: .week
      case .month: .month
      case .number: .number
      }
    return TimeSeries(
      name: series.name, values: series.values, step: step, start: series.start,
      seasonLength: season(of: series))
  }

  /// The levels of the ends of the intervals with the median, rising.
  package var levels: [Double] {
    let ends = intervals.flatMap { [(1 - $0) / 2, (1 + $0) / 2] }
    return Set((ends + [0.5]).map { ($0 * 1e6).rounded() }).sorted().map { $0 / 1e6 }
  }
}

/// Does the same to many things on several threads.
enum OrderedWork {
  /// `body` of each item, in the order of the items whatever the number of threads.
  static func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], jobs: Int, _ body: @escaping @Sendable (Item) -> Result
  ) async -> [Result] {
    let workers = max(1, min(jobs, items.count))
    if workers == 1 { return items.map(body) }
    return await withTaskGroup(of: [(Int, Result)].self) { group in
      for worker in 0..<workers {
        group.addTask {
          stride(from: worker, to: items.count, by: workers).map { ($0, body(items[$0])) }
        }
      }
      var all: [(Int, Result)] = []
      for await part in group { all += part }
      return all.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }
}
