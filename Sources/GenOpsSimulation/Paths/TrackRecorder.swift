import Foundation
import GenOpsCosting
import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
import GenOpsUnits

/// What the forecast would have said of months that have passed, beside what they cost.
///
/// A ``Backtest`` over the last whole months of the history, in money: both the forecast and the
/// usage that came are priced with the scenario's book. Growth and changes of the scenario play no
/// part: they are about the future.
enum TrackRecorder {
  /// The most months looked back.
  static let months = 12
  /// The least days of history before a month: with fewer, a forecast would not have been made.
  static let minimumDays = 90
  static let paths = 500

  /// Nil without a month that the history knows whole and 90 days before it.
  static func record(_ plan: Plan) -> TrackRecord? {
    guard let first = plan.history.firstDay else { return nil }
    let backtest = Backtest(paths: paths, source: RandomSource(seed: plan.scenario.seed))
    let windows = Backtest.months(
      before: plan.forecastStart.month, historyFrom: first, knownDays: minimumDays, limit: months)
    var accuracy = ForecastAccuracy()
    for window in windows {
      let past = PastMonth(plan.history, window)
      let calculator = CostCalculator(
        book: plan.scenario.prices.book(on: window.first), addOns: plan.scenario.addOns)
      guard let actual = past.actual(calculator), actual > 0 else { continue }
      accuracy.compare(past.forecasts(calculator, backtest), with: actual)
    }
    guard let error = accuracy.meanAbsolutePercentError, let coverage = accuracy.coverage80 else {
      return nil
    }
    return TrackRecord(
      months: accuracy.errors.count, meanAbsolutePercentError: error, coverage80: coverage)
  }
}

/// One month of the history, in money, and what was known before it.
private struct PastMonth {
  let window: Backtest.Window
  let series: [UsageSeries]
  /// With identified events, which ride on their events.
  let all: [UsageSeries]
  let history: UsageHistory

  init(_ history: UsageHistory, _ window: Backtest.Window) {
    self.window = window
    self.history = history
    // What is not known of the month is left out on both sides.
    let known = history.series.filter {
      $0.sum(from: window.first, to: window.end).missing < window.dayCount
    }
    series = known.filter { $0.meter != .identifiedEvents }
    all = known
  }

  /// The list price of what was used; nil when a day is missing.
  func actual(_ calculator: CostCalculator) -> Double? {
    var totals = MeterTotals()
    for series in all {
      let days = series.sum(from: window.first, to: window.end)
      guard days.missing == 0 else { return nil }
      totals[series.meter] += Int64(days.units.rounded())
    }
    return price(totals, calculator)
  }

  /// The list price of the month on each path.
  func forecasts(_ calculator: CostCalculator, _ backtest: Backtest) -> [Double] {
    var totals = [MeterTotals](repeating: MeterTotals(), count: backtest.paths)
    for series in series {
      let days = DailySeries(start: series.start, values: series.values)
      guard let paths = backtest.totals(of: days, name: series.meter.id, in: window) else {
        continue
      }
      let share = series.meter == .events ? identifiedShare(series) : 0
      for (path, units) in paths.enumerated() {
        totals[path][series.meter] += Int64(units)
        totals[path][.identifiedEvents] += Int64((units * share).rounded())
      }
    }
    return totals.map { price($0, calculator) }
  }

  private func identifiedShare(_ series: UsageSeries) -> Double {
    history.identifiedShare(of: series, before: window.first, days: TrackRecorder.minimumDays) ?? 0
  }

  /// A meter without a price is left out on both sides.
  private func price(_ totals: MeterTotals, _ calculator: CostCalculator) -> Double {
    totals.used.reduce(0) {
      $0 + ((try? calculator.cost(of: totals[$1], on: $1))?.approximate ?? 0)
    }
  }
}
