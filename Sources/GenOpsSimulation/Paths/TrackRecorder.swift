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
/// For each of the last whole months of the history: what was known on its first day is fitted, the
/// month is forecast one month ahead, and both the forecast and the usage that came are priced with
/// the scenario's book. Growth and changes of the scenario play no part: they are about the future.
enum TrackRecorder {
  /// The most months looked back.
  static let months = 12
  /// Days before a month below which nobody would have forecast it.
  static let minimumDays = 90
  static let paths = 500

  /// Nil without a month that the history knows whole and 90 days before it.
  static func record(_ plan: Plan) -> TrackRecord? {
    guard let first = plan.history.firstDay else { return nil }
    let last = plan.forecastStart.month
    var errors: [Double] = []
    var held = 0
    for back in 1...months {
      let month = last.advanced(by: -back)
      guard first.distance(to: month.firstDay) >= minimumDays else { break }
      let past = PastMonth(plan.history, month)
      let calculator = CostCalculator(
        book: plan.scenario.prices.book(on: month.firstDay), addOns: plan.scenario.addOns)
      guard let actual = past.actual(calculator), actual > 0 else { continue }
      let forecasts = past.forecasts(calculator, seed: plan.scenario.seed)
      let spread = Statistics.quantiles(of: forecasts, at: [0.1, 0.9])
      errors.append(abs(Statistics.mean(forecasts) - actual) / actual)
      if spread[0] <= actual, actual <= spread[1] { held += 1 }
    }
    guard !errors.isEmpty else { return nil }
    return TrackRecord(
      months: errors.count, meanAbsolutePercentError: 100 * Statistics.mean(errors),
      coverage80: Double(held) / Double(errors.count))
  }
}

/// One month of the history, and what was known before it.
private struct PastMonth {
  let month: CalendarMonth
  let series: [UsageSeries]
  let history: UsageHistory

  init(_ history: UsageHistory, _ month: CalendarMonth) {
    self.month = month
    self.history = history
    series = history.series.filter { $0.meter != .identifiedEvents }
  }

  /// The list price of what was used; nil when a day is missing.
  func actual(_ calculator: CostCalculator) -> Double? {
    var totals = MeterTotals()
    for series in history.series {
      let days = series.sum(from: month.firstDay, to: month.lastDay.advanced(by: 1))
      guard days.missing == 0 || series.start >= month.firstDay else { return nil }
      totals[series.meter] += Int64(days.units.rounded())
    }
    return price(totals, calculator)
  }

  /// The list price of the month on each path.
  func forecasts(_ calculator: CostCalculator, seed: UInt64) -> [Double] {
    var totals = [MeterTotals](repeating: MeterTotals(), count: TrackRecorder.paths)
    var days = [Double](repeating: 0, count: month.dayCount)
    var stream = RandomStream()
    let source = RandomSource(seed: seed)
    for series in series where series.start < month.firstDay {
      let known = series.values.prefix(series.start.distance(to: month.firstDay))
      let history = HistoryModel(
        DailySeries(start: series.start, values: Array(known)), name: series.meter.id)
      let generator = PathGenerator(
        StreamLaw(following: history, days: month.dayCount), source: source)
      let share = series.meter == .events ? identifiedShare(series) : 0
      for path in 0..<TrackRecorder.paths {
        days.withUnsafeMutableBufferPointer {
          generator.sample(path: path, into: $0, using: &stream)
        }
        let units = days.reduce(0, +)
        totals[path][series.meter] += Int64(units)
        totals[path][.identifiedEvents] += Int64((units * share).rounded())
      }
    }
    return totals.map { price($0, calculator) }
  }

  private func identifiedShare(_ series: UsageSeries) -> Double {
    let from = month.firstDay.advanced(by: -TrackRecorder.minimumDays)
    let partner = history.series.first {
      $0.meter == .identifiedEvents && $0.project == series.project
    }
    let events = series.sum(from: from, to: month.firstDay).units
    let identified = partner?.sum(from: from, to: month.firstDay).units ?? 0
    return events > 0 ? min(1, identified / events) : 0
  }

  /// A meter without a price is left out on both sides.
  private func price(_ totals: MeterTotals, _ calculator: CostCalculator) -> Double {
    totals.used.reduce(0) {
      $0 + ((try? calculator.cost(of: totals[$1], on: $1))?.approximate ?? 0)
    }
  }
}
