import Foundation
import GenOpsCosting
import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// What the forecast would have said of months that have passed, beside what they cost.
///
/// A ``Backtest`` over the last whole months of the history, in money: both the forecast and the
/// usage that came are priced with the scenario's book. The calendar plays its part, as its effects
/// were known then; growth and changes of the scenario play none: they are about the future.
struct TrackRecorder {
  let scenario: Scenario
  let history: UsageHistory
  /// The first day that is not in the history.
  let end: CalendarDay
  /// What dates do to a series; nil where they do nothing.
  let calendar: (UsageSeries) -> CalendarProfile?

  /// The most months looked back.
  private static let months = 12
  /// The least days of history before a month: with fewer, a forecast would not have been made.
  private static let minimumDays = 90
  private static let paths = 500
  /// What the interval promises.
  private static let promise = 0.8

  /// Nil without a month that the history knows whole and 90 days before it.
  func record() -> TrackRecord? {
    guard let first = history.firstDay else { return nil }
    let backtest = Backtest(
      scenario.forecaster, paths: TrackRecorder.paths, source: RandomSource(seed: scenario.seed))
    let windows = Backtest.months(
      before: end.month, historyFrom: first, knownDays: TrackRecorder.minimumDays,
      limit: TrackRecorder.months)
    var accuracy = ForecastAccuracy()
    var months: [PastMonth] = []
    var simple = SimpleErrors()
    for window in windows {
      let calculator = CostCalculator(
        book: scenario.prices.book(on: window.first), addOns: scenario.addOns)
      let actual = PastMonth.usage(in: window, history).map { PastMonth.price($0, calculator) }
      guard let actual, actual > 0 else { continue }
      let month = PastMonth(
        actual: actual, forecasts: forecasts(of: window, backtest), calculator: calculator)
      accuracy.compare(month.costs(), with: actual)
      simple.take(
        flat: simpleCost(of: window, calculator) { SimpleForecasts.flat($0, in: $1) },
        sameMonth: simpleCost(of: window, calculator) { SimpleForecasts.sameMonth($0, in: $1) },
        actual: actual)
      months.append(month)
    }
    guard let error = accuracy.meanAbsolutePercentError, let coverage = accuracy.coverage80 else {
      return nil
    }
    return TrackRecord(
      months: accuracy.errors.count, meanAbsolutePercentError: error, coverage80: coverage,
      widening: TrackRecorder.isRefuted(held: accuracy.held, of: accuracy.errors.count)
        ? TrackRecorder.widening(months) : 0,
      simple: simple.errors)
  }

  /// What a month would have cost by a simple forecast of each of its series; nil where one cannot be made.
  private func simpleCost(
    of window: Backtest.Window, _ calculator: CostCalculator,
    _ forecast: (DailySeries, Backtest.Window) -> Double?
  ) -> Double? {
    var totals = MeterTotals()
    for series in PastMonth.known(in: window, history)
    where series.meter != .identifiedEvents || history.isWithoutEvents(series) {
      let days = DailySeries(start: series.start, values: series.values)
      guard let units = forecast(days, window) else { return nil }
      totals[series.meter] += PastMonth.whole(units)
      if series.meter == .events {
        let share = identifiedShare(series, before: window.first)
        totals[.identifiedEvents] += PastMonth.whole(units * share)
      }
    }
    return PastMonth.price(totals, calculator)
  }

  /// The usage of a month on each path, as it would have been forecast on its morning.
  private func forecasts(of window: Backtest.Window, _ backtest: Backtest) -> [MeterTotals] {
    var totals = [MeterTotals](repeating: MeterTotals(), count: backtest.paths)
    for series in PastMonth.known(in: window, history)
    where series.meter != .identifiedEvents || history.isWithoutEvents(series) {
      let profile = calendar(series)
      var values = series.values
      if let profile {
        // As the forecast itself: days on which nothing can have come through are unknown.
        let days = profile.medianProfile(from: series.start, count: values.count)
        values = zip(values, days).map { $1 > 0.01 ? $0 / $1 : .nan }
      }
      let ahead = profile?.medianProfile(from: window.first, count: window.dayCount)
      let days = DailySeries(start: series.start, values: values, dates: scenario.specialDates)
      let paths = backtest.totals(of: days, name: series.meter.id, in: window, times: ahead)
      guard let paths else { continue }
      let share = series.meter == .events ? identifiedShare(series, before: window.first) : 0
      for (path, units) in paths.enumerated() {
        totals[path][series.meter] += PastMonth.whole(units)
        totals[path][.identifiedEvents] += PastMonth.whole(units * share)
      }
    }
    return totals
  }

  private func identifiedShare(_ series: UsageSeries, before day: CalendarDay) -> Double {
    history.identifiedShare(of: series, before: day, days: TrackRecorder.minimumDays) ?? 0
  }

  /// Whether so few months would lie within a true 80 % interval in less than 5 of 100 histories:
  /// the lower tail of the binomial distribution.
  static func isRefuted(held: Int, of count: Int) -> Bool {
    guard count > 0 else { return false }
    var term = pow(1 - promise, Double(count))
    var tail = 0.0
    for within in 0...max(0, min(held, count)) {
      tail += term
      term *= Double(count - within) / Double(within + 1) * promise / (1 - promise)
    }
    return tail < 0.05
  }

  /// The smallest spread with which the interval would have held 8 of 10 of the months; the widest
  /// looked at where none would. Less than half a percent to either side is none: months that hardly vary
  /// are missed by nothing that counts.
  private static func widening(_ months: [PastMonth]) -> Double {
    // At most the number of months, so the conversion cannot fail.
    let wanted = Int((promise * Double(months.count)).rounded(.up))
    var (low, high) = (0.0, 1.5)
    for _ in 0..<12 {
      let middle = (low + high) / 2
      let held = months.count { $0.isHeld(widenedBy: middle) }
      if held >= wanted { high = middle } else { low = middle }
    }
    return high < 0.005 / 1.28 ? 0 : high
  }
}

/// The errors of simple forecasts, month by month.
private struct SimpleErrors {
  private var flat: [Double] = []
  private var sameMonth: [Double] = []
  private var knowsYear = false
  private var isMissing = false

  mutating func take(flat: Double?, sameMonth: Double?, actual: Double) {
    guard let flat else {
      isMissing = true
      return
    }
    self.flat.append(abs(flat / actual - 1))
    self.sameMonth.append(abs((sameMonth ?? flat) / actual - 1))
    if sameMonth != nil { knowsYear = true }
  }

  /// In percent; nil where a month has none, so that the months are those of the forecast.
  var errors: TrackRecord.Simple? {
    guard !isMissing, !flat.isEmpty else { return nil }
    return TrackRecord.Simple(
      flat: 100 * Statistics.mean(flat),
      sameMonth: knowsYear ? 100 * Statistics.mean(sameMonth) : nil)
  }
}

/// One month of the history: what it cost, and the usage that would have been forecast, by path.
private struct PastMonth {
  let actual: Double
  let forecasts: [MeterTotals]
  let calculator: CostCalculator

  /// The series of which something is known in the month; the others are left out on both sides.
  static func known(in window: Backtest.Window, _ history: UsageHistory) -> [UsageSeries] {
    history.series.filter {
      $0.sum(from: window.first, to: window.end).missing < window.dayCount
    }
  }

  /// What was used; nil where a day is missing.
  static func usage(in window: Backtest.Window, _ history: UsageHistory) -> MeterTotals? {
    var totals = MeterTotals()
    for series in known(in: window, history) {
      let days = series.sum(from: window.first, to: window.end)
      guard days.missing == 0 else { return nil }
      totals[series.meter] += whole(days.units)
    }
    return totals
  }

  /// No day of a source counts more than 10^15, so that a month of all projects fits.
  static func whole(_ units: Double) -> Int64 { Int64(rounding: max(0, min(1e17, units))) }

  /// A meter without a price is left out on both sides.
  static func price(_ totals: MeterTotals, _ calculator: CostCalculator) -> Double {
    totals.used.reduce(0) {
      $0 + ((try? calculator.cost(of: totals[$1], on: $1))?.approximate ?? 0)
    }
  }

  /// The list price of the month on each path, its usage times a lognormal factor with mean 1.
  func costs(widenedBy spread: Double = 0) -> [Double] {
    let count = Double(forecasts.count)
    return forecasts.enumerated().map { path, totals in
      guard spread > 0 else { return PastMonth.price(totals, calculator) }
      // Evenly spread quantiles in an order that has nothing to do with the paths' own.
      let place = (path * 193) % forecasts.count
      let z = UncertainValue.normal(mean: 0, sd: 1).quantile((Double(place) + 0.5) / count)
      let factor = exp(spread * z - spread * spread / 2)
      var scaled = MeterTotals()
      for meter in totals.used { scaled[meter] = PastMonth.whole(Double(totals[meter]) * factor) }
      return PastMonth.price(scaled, calculator)
    }
  }

  func isHeld(widenedBy spread: Double) -> Bool {
    let ends = Statistics.quantiles(of: costs(widenedBy: spread), at: [0.1, 0.9])
    return ends[0] <= actual && actual <= ends[1]
  }
}
