import GenOpsForecasting
package import GenOpsHistory
import GenOpsIngestion
import GenOpsMetering
import GenOpsNumerics
package import GenOpsUnits

/// The forecasts of all series of some files.
package struct SeriesStudy: Sendable {
  /// Those that are shown, in the order of the files.
  package var outlooks: [SeriesOutlook] = []
  /// How many there are in all.
  package var count = 0
  /// How many were answered by each kind, by name.
  package var models: [(name: String, count: Int)] = []
  /// The sum over all series and steps, each series drawn by itself; nil where steps, horizons or
  /// meters differ.
  package var total: SeriesOutlook.Spread?
  /// The sum of as many steps before; nil where one of them is unknown.
  package var before: Double?
  package var cost: SeriesCost?
  package var findings = Findings()
  package var task: SeriesTask

  /// What is to be found besides the steps ahead.
  package struct Wishes: Sendable {
    /// The levels of quantiles.
    package var levels: [Double]
    /// Futures for sums and costs; 0 for none.
    package var paths: Int
    /// How many series are kept.
    package var kept: Int
    /// How many of those with their history.
    package var detailed: Int
    package var pricing: SeriesPricing?

    package init(
      levels: [Double], paths: Int = 1000, kept: Int = .max, detailed: Int = 0,
      pricing: SeriesPricing? = nil
    ) {
      self.levels = levels
      self.paths = paths
      self.kept = kept
      self.detailed = detailed
      self.pricing = pricing
    }
  }

  /// Series that are read before they are forecast together.
  private static let batch = 256
  /// The same with futures, which take memory.
  private static let batchWithPaths = 64

  /// Forecasts every series of `reader`; `onOutlook` gets each, in the order of the files.
  ///
  /// Memory is what the reader holds, a batch, and what is kept. The result is the same for any number of
  /// threads: a series is forecast by its name and values alone, and sums are taken in order.
  /// `onProgress` gets the part that is done, 0 to 1, where the number of series is known.
  package static func run(
    _ reader: SeriesReader, _ task: SeriesTask, _ wishes: Wishes,
    onProgress: (Double) -> Void = { _ in },
    onOutlook: (SeriesOutlook) throws(FindingsError) -> Void
  ) async throws(FindingsError) -> SeriesStudy {
    var study = SeriesStudy(task: task)
    var sums = SeriesSums()
    var bill = wishes.pricing.map(SeriesBill.init)
    var said = RepeatedFindings()
    var counts: [String: Int] = [:]
    let source = RandomSource(seed: task.seed)
    let all = reader.total
    while true {
      var batch: [RecordedSeries] = []
      let most = wishes.paths > 0 ? SeriesStudy.batchWithPaths : SeriesStudy.batch
      while batch.count < most, let series = try reader.next() { batch.append(series) }
      if batch.isEmpty { break }
      let answers = await OrderedWork.map(batch, jobs: task.jobs) { series in
        let request = SeriesRequest(
          horizon: task.horizon(of: series), levels: wishes.levels, pathCount: wishes.paths,
          source: source)
        let forecast = PreparedSeries(task.timeSeries(series), task.preparation(of: series))
          .forecast(request, by: task.model)
        return (SeriesOutlook(series, task, forecast, levels: wishes.levels), forecast)
      }
      for (var outlook, forecast) in answers {
        try onOutlook(outlook)
        sums.take(outlook, forecast)
        var findings = Findings()
        bill?.take(outlook.series, forecast, &findings)
        for finding in outlook.findings.all + findings.all { said.add(finding) }
        if let finding = task.leftOutSeason(of: outlook) { said.add(finding) }
        counts[outlook.model, default: 0] += 1
        study.count += 1
        guard study.outlooks.count < wishes.kept else { continue }
        if study.outlooks.count >= wishes.detailed {
          outlook.series.values = []
          outlook.series.usage = nil
          outlook.past = []
          outlook.ahead = []
        }
        study.outlooks.append(outlook)
      }
      if let all, all > 0 { onProgress(Double(study.count) / Double(all)) }
    }
    study.findings = reader.findings
    study.findings.merge(said.finished())
    study.cost = bill?.cost(&study.findings)
    study.models = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      ($0.key, $0.value)
    }
    study.total = sums.total
    study.before = sums.total == nil ? nil : sums.before
    return study
  }
}

/// Sums over series, in the order in which they come.
private struct SeriesSums {
  private var paths: [Double] = []
  private var expected = 0.0
  private(set) var before: Double? = 0
  private var shape: Shape?
  private var isMixed = false
  private var count = 0

  /// What series must have alike for their sum to mean something.
  private struct Shape: Equatable {
    var step: RecordedSeries.Step
    var every: Int
    var weekdays: WeekdaySet?
    var horizon: Int
    var meter: Meter?
  }

  mutating func take(_ outlook: SeriesOutlook, _ forecast: SeriesForecast) {
    count += 1
    let meter = outlook.series.meter?.meter
    let own = Shape(
      step: outlook.series.step, every: outlook.series.every, weekdays: outlook.series.weekdays,
      horizon: outlook.horizon, meter: meter)
    if let shape, shape != own { isMixed = true }
    shape = own
    expected += outlook.point.reduce(0, +)
    before = before.flatMap { sum in outlook.before.map { sum + $0 } }
    let sums = forecast.paths.map { $0.reduce(0, +) }
    paths = paths.isEmpty ? sums : zip(paths, sums).map { $0 + $1 }
  }

  var total: SeriesOutlook.Spread? {
    guard !isMixed, count > 0, !paths.isEmpty else { return nil }
    let ends = Statistics.quantiles(of: paths, at: [0.1, 0.9])
    return .init(low: ends[0], expected: expected, high: ends[1])
  }
}
