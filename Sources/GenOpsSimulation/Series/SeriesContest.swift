import GenOpsCosting
package import GenOpsForecasting
package import GenOpsHistory
import GenOpsIngestion
import GenOpsMetering
import GenOpsNumerics
package import GenOpsUnits

/// How well each kind would have forecast the last stretches of some series: a backtest with rolling
/// origins, in which each kind knows what came before its stretch and nothing else.
package struct SeriesContest: Sendable {
  /// One kind over all stretches.
  package struct Entry: Sendable {
    package var model: String
    /// Means over all stretches; NaN where none has the measure.
    package var smape: Double
    package var mase: Double
    package var owa: Double
    package var msis: Double
    package var crps: Double
    /// By interval, in the order of the task's.
    package var coverage: [CoverageRange]
    /// Medians of the relative error of a stretch's sum, without and with its sign.
    package var sumError: Double
    package var sumBias: Double
    /// The same of its cost; nil where nothing is priced.
    package var costError: Double?
    package var costBias: Double?
    /// By part of the horizon.
    package var parts: [Part]
    /// In how many stretches a plainer kind answered.
    package var replaced: Int
  }

  /// Some steps ahead.
  package struct Part: Sendable {
    /// The first and the last step, from 1.
    package var first: Int
    package var last: Int
    package var mase: Double
    /// By interval.
    package var coverage: [Double]
  }

  /// One stretch of one series as the winner saw it.
  package struct Stretch: Sendable {
    package var series: String
    package var first: String
    package var last: String
    /// What came, and what was expected; NaN where a step is unknown.
    package var actual: Double
    package var expected: Double
    package var mase: Double
    /// The part of its steps that each interval held.
    package var held: [Double]
    package var cost: Cost?

    package struct Cost: Sendable {
      package var actual: Double
      package var expected: Double
    }
  }

  /// The best first.
  package var entries: [Entry] = []
  /// The means of the seasonal naive forecast on the same stretches.
  package var seasonalMASE = Double.nan
  package var seasonalSMAPE = Double.nan
  package var naive2MASE = Double.nan
  package var naive2SMAPE = Double.nan
  /// Series with at least one stretch, and all.
  package var tried = 0
  package var count = 0
  package var windows = 0
  /// The longest horizon.
  package var horizon = 0
  /// Of the winner, the first ones.
  package var stretches: [Stretch] = []
  package var book: String?
  package var currency: String?
  package var findings = Findings()
  package var task: SeriesTask

  /// By how much the winner's MASE is below the seasonal naive's; nil where one is unknown.
  package var gain: Double? {
    guard let best = entries.first, best.mase.isFinite, seasonalMASE.isFinite, seasonalMASE > 0
    else {
      return nil
    }
    return 1 - best.mase / seasonalMASE
  }

  /// How many stretches are kept.
  private static let kept = 200
  private static let batch = 64

  /// Tries `models` on the last `origins` stretches of every series; `onProgress` gets the part that is done,
  /// 0 to 1, where the number of series is known.
  package static func run(
    _ reader: SeriesReader, _ task: SeriesTask, models: [SeriesModelKind], origins: Int,
    pricing: SeriesPricing?, onProgress: (Double) -> Void = { _ in }
  ) async throws(FindingsError) -> SeriesContest {
    let all = reader.total
    var contest = SeriesContest(task: task)
    var tallies = models.map { SeriesTally(model: $0.name, intervals: task.intervals.count) }
    var said = RepeatedFindings()
    var used: Set<Meter> = []
    while true {
      var batch: [RecordedSeries] = []
      while batch.count < SeriesContest.batch, let series = try reader.next() {
        batch.append(series)
      }
      if batch.isEmpty { break }
      let answers = await OrderedWork.map(batch, jobs: task.jobs) { series in
        SeriesTrial(series, task, models: models, origins: origins, pricing: pricing)
      }
      for (series, trial) in zip(batch, answers) {
        contest.count += 1
        if trial.windows.isEmpty {
          said.add(
            .warning, "series-short",
            "'\(series.name)' has \(series.values.count) values: too few to forecast "
              + "\(task.horizon(of: series)) steps of them and compare"
              + (task.season(of: series) > 1
                ? "; two seasons of \(task.season(of: series)) have to come before" : ""),
            help: "a shorter --horizon or --season, or a longer history")
          continue
        }
        if let meter = series.meter?.meter, series.values.contains(where: { $0 > 0 }) {
          used.insert(meter)
        }
        contest.tried += 1
        contest.windows += trial.windows.count
        contest.horizon = max(contest.horizon, task.horizon(of: series))
        for window in trial.windows {
          for (index, result) in window.enumerated() { tallies[index].take(result) }
        }
      }
      if let all, all > 0 { onProgress(Double(contest.count) / Double(all)) }
    }
    contest.findings = reader.findings
    contest.findings.merge(said.finished())
    if let calculator = pricing?.calculator {
      (contest.book, contest.currency) = (calculator.book.id, calculator.book.currency)
      contest.findings.merge(calculator.notChosen(Meter.allCases.filter(used.contains)))
    }
    contest.conclude(tallies)
    return contest
  }

  private mutating func conclude(_ tallies: [SeriesTally]) {
    guard let first = tallies.first, windows > 0 else { return }
    seasonalMASE = SeriesTally.mean(first.scores.map(\.seasonalMASE))
    seasonalSMAPE = SeriesTally.mean(first.scores.map(\.seasonalSMAPE))
    naive2MASE = SeriesTally.mean(first.scores.map(\.naive2MASE))
    naive2SMAPE = SeriesTally.mean(first.scores.map(\.naive2SMAPE))
    func rank(_ entry: Entry) -> Double {
      [entry.owa, entry.mase, entry.smape].first { $0.isFinite } ?? .infinity
    }
    let judged = tallies.map { ($0.entry(task.intervals, horizon: horizon), $0) }
      .enumerated().sorted { (rank($0.element.0), $0.offset) < (rank($1.element.0), $1.offset) }
      .map(\.element)
    entries = judged.map(\.0)
    stretches = Array((judged.first?.1.stretches ?? []).prefix(SeriesContest.kept))
  }
}
