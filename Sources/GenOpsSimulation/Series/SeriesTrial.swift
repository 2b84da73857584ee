import GenOpsCosting
import GenOpsForecasting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
import GenOpsUnits

/// All kinds on the last stretches of one series.
struct SeriesTrial: Sendable {
  struct Result: Sendable {
    var score: SeriesWindowScore
    /// By step: the absolute error over the scale, NaN where unknown.
    var errors: [Double]
    /// By interval and step: 1 where it held, 0 where not, NaN where unknown.
    var held: [[Double]]
    var stretch: SeriesContest.Stretch
    /// Whether a plainer kind answered.
    var isReplaced: Bool
  }

  /// By stretch, the latest first, and then by kind.
  var windows: [[Result]] = []

  /// Futures for the expected cost of a stretch.
  private static let paths = 200

  init(
    _ series: RecordedSeries, _ task: SeriesTask, models: [SeriesModelKind], origins: Int,
    pricing: SeriesPricing?
  ) {
    let whole = task.timeSeries(series)
    let horizon = task.horizon(of: series)
    let season = whole.seasonLength
    let known = SeriesWindow.origins(
      count: series.values.count, horizon: horizon, season: season, origins: origins)
    let request = SeriesRequest(
      horizon: horizon, levels: SeriesWindowScore.levels(for: task.intervals),
      pathCount: pricing == nil || series.meter == nil ? 0 : SeriesTrial.paths,
      source: RandomSource(seed: task.seed))
    for count in known {
      // An origin has a whole horizon behind it.
      var past = whole
      past.values = Array(whole.values.prefix(count))
      let actual = Array(whole.values[count..<(count + horizon)])
      if !past.values.contains(where: { !$0.isNaN }) || !actual.contains(where: { !$0.isNaN }) {
        continue
      }
      let bill = pricing.flatMap { StretchBill($0, series, first: count, actual: actual) }
      let prepared = PreparedSeries(past, task.preparation(of: series))
      windows.append(
        models.map { model in
          let forecast = prepared.forecast(request, by: model, notices: false)
          let window = SeriesWindow(known: count, forecast: forecast, actual: actual)
          let score = SeriesWindowScore(
            window, history: past.values, season: season, intervals: task.intervals)
          return SeriesTrial.result(series, past.values, window, score, task, season, model, bill)
        })
    }
  }

  private static func result(
    _ series: RecordedSeries, _ past: [Double], _ window: SeriesWindow, _ score: SeriesWindowScore,
    _ task: SeriesTask, _ season: Int, _ model: SeriesModelKind, _ bill: StretchBill?
  ) -> Result {
    let scale = SeriesScores.scale(past, lag: season)
    let (actual, forecast) = (window.actual, window.forecast)
    let levels = SeriesWindowScore.levels(for: task.intervals)
    let held = task.intervals.map { interval in
      let low = levels.firstIndex { abs($0 - (1 - interval) / 2) < 1e-6 } ?? 0
      let high = levels.firstIndex { abs($0 - (1 + interval) / 2) < 1e-6 } ?? 0
      return actual.indices.map { step in
        let (y, row) = (actual[step], forecast.quantiles[step])
        return y.isNaN ? .nan : row[low] <= y && y <= row[high] ? 1.0 : 0
      }
    }
    return Result(
      score: score,
      errors: zip(actual, forecast.point).map { scale > 0 ? abs($0 - $1) / scale : .nan },
      held: held,
      stretch: SeriesContest.Stretch(
        series: series.name, first: series.label(window.known),
        last: series.label(window.known + actual.count - 1), actual: actual.reduce(0, +),
        expected: forecast.point.reduce(0, +), mase: score.mase, held: held.map(SeriesTally.mean),
        cost: bill?.cost(forecast)),
      isReplaced: forecast.model != model.name)
  }
}

/// What a stretch of a meter cost, and would have cost by a forecast.
private struct StretchBill {
  let pricing: SeriesPricing
  let meter: Meter
  let months: SeriesPricing.Months
  let opening: Int64
  let actual: Double

  /// Nil where it has no price, no dates or an unknown step.
  init?(_ pricing: SeriesPricing, _ series: RecordedSeries, first: Int, actual: [Double]) {
    guard let (meter, _) = series.meter, let day = series.day(first),
      let months = SeriesPricing.Months(series, first: first, horizon: actual.count),
      !actual.contains(where: \.isNaN)
    else { return nil }
    self.pricing = pricing
    self.meter = meter
    self.months = months
    var opening: Int64 = 0
    let month = day.month.firstDay
    if series.isDaily, day > month, let start = series.start {
      var ignored = Findings()
      let past = UsageSeries(meter: meter, start: start, values: Array(series.values.prefix(first)))
      let balance = OpeningBalance(
        UsageHistory(series: [past]), from: month, to: day, at: nil, &ignored)
      opening = balance.current[meter] ?? 0
    }
    self.opening = opening
    guard
      let cost = try? pricing.cost(actual, of: meter, months, opening: opening)
    else { return nil }
    self.actual = cost.approximate
  }

  /// The expected cost over the futures of a forecast; nil where one has no price.
  func cost(_ forecast: SeriesForecast) -> SeriesContest.Stretch.Cost? {
    guard !forecast.paths.isEmpty else { return nil }
    var sum = 0.0
    for path in forecast.paths {
      guard let cost = try? pricing.cost(path, of: meter, months, opening: opening) else {
        return nil
      }
      sum += cost.approximate
    }
    return .init(actual: actual, expected: sum / Double(forecast.paths.count))
  }
}
