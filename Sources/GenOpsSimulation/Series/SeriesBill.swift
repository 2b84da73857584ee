import GenOpsCosting
import GenOpsForecasting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
import GenOpsUnits

/// Gathers the futures of series that are meters, and prices them when all are there.
struct SeriesBill {
  private let pricing: SeriesPricing
  private var meters: [Meter: Usage] = [:]
  private var history: [UsageSeries] = []

  private struct Usage {
    var series: RecordedSeries
    var months: SeriesPricing.Months
    /// By future and step, over all projects.
    var paths: [[Double]]
  }

  init(_ pricing: SeriesPricing) { self.pricing = pricing }

  /// Takes the futures of a series, unless it counts nothing that PostHog bills.
  mutating func take(
    _ series: RecordedSeries, _ forecast: SeriesForecast, _ findings: inout Findings
  ) {
    guard let (meter, project) = series.meter else {
      findings.warning(
        "series-unpriced", "'\(series.name)' is not a meter of PostHog; it is not in the cost",
        help: "call a series events, session_recordings, …; 'genops kinds meters' lists them")
      return
    }
    guard
      let months = SeriesPricing.Months(
        series, first: series.values.count, horizon: forecast.point.count)
    else {
      findings.warning(
        "series-unpriced", "'\(series.name)' has no dates; it is not in the cost",
        help: "bills are by month: give dates in place of numbers")
      return
    }
    if let start = series.start, series.isDaily {
      history.append(
        UsageSeries(meter: meter, project: project, start: start, values: series.values))
    }
    guard var usage = meters[meter] else {
      meters[meter] = Usage(
        series: series, months: months, paths: forecast.paths)
      return
    }
    guard usage.months == months, usage.paths.count == forecast.paths.count,
      usage.series.day(usage.series.values.count) == series.day(series.values.count)
    else {
      findings.warning(
        "series-unpriced",
        "'\(series.name)' ends on another day than '\(usage.series.name)'; it is not in the cost",
        help: "without --by-project an export is one series for each meter")
      return
    }
    for path in usage.paths.indices {
      for step in usage.paths[path].indices {
        usage.paths[path][step] += forecast.paths[path][step]
      }
    }
    meters[meter] = usage
  }

  /// The cost of all of them; nil when nothing has a price.
  func cost(_ findings: inout Findings) -> SeriesCost? {
    var total: [Int64] = []
    var lines: [SeriesCost.Line] = []
    for meter in Meter.allCases {
      guard let usage = meters[meter] else { continue }
      let opening = opening(of: meter, usage, &findings)
      do throws(CostError) {
        var costs: [Int64] = []
        costs.reserveCapacity(usage.paths.count)
        let whole = meter.whole.flatMap { meters[$0] }.flatMap {
          $0.months == usage.months && $0.paths.count == usage.paths.count ? $0 : nil
        }
        for (index, path) in usage.paths.enumerated() {
          // A part is never more than its whole.
          let units = whole.map { zip(path, $0.paths[index]).map(min) } ?? path
          costs.append(
            try pricing.cost(units, of: meter, usage.months, opening: opening).nanos)
        }
        lines.append(
          SeriesCost.Line(
            meter: meter.id, label: meter.invoiceName, cost: SeriesBill.spread(costs),
            opening: opening))
        total =
          total.isEmpty ? costs : zip(total, costs).map { $0.addingClamped($1) }
      } catch {
        findings.warning(
          "series-unpriced", "\(meter.id) is not in the cost: \(error)",
          help: "add its rate to a book of your own, and name it with --prices")
      }
    }
    findings.merge(
      pricing.calculator.notChosen(
        Meter.allCases.filter { meters[$0]?.paths.contains { $0.contains { $0 > 0 } } ?? false }))
    guard !lines.isEmpty else { return nil }
    return SeriesCost(
      book: pricing.calculator.book.id, currency: pricing.calculator.book.currency,
      total: SeriesBill.spread(total), lines: lines)
  }

  /// What was used of the meter in the month in which the forecast begins.
  private func opening(of meter: Meter, _ usage: Usage, _ findings: inout Findings) -> Int64 {
    guard let first = usage.series.day(usage.series.values.count) else { return 0 }
    let month = first.month.firstDay
    if first == month || usage.series.step == .month { return 0 }
    guard usage.series.isDaily else {
      findings.note(
        "series-opening",
        "what \(meter.id) had in \(first.month) before \(first) is not known by day: the month is priced "
          + "from its first free units on",
        help: "give a row for each day")
      return 0
    }
    let known = UsageHistory(series: history.filter { $0.meter == meter })
    let balance = OpeningBalance(known, from: month, to: first, at: nil, &findings)
    return balance.current[meter] ?? 0
  }

  private static func spread(_ nanos: [Int64]) -> SeriesOutlook.Spread {
    let ends = Statistics.quantiles(of: nanos, at: [0.1, 0.9])
    let sum = nanos.reduce(Int128(0)) { $0 + Int128($1) }
    let mean = nanos.isEmpty ? 0 : Double(sum) / Double(nanos.count)
    return SeriesOutlook.Spread(low: ends[0] / 1e9, expected: mean / 1e9, high: ends[1] / 1e9)
  }
}
