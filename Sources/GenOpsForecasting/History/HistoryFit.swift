import Foundation
import GenOpsNumerics
import GenOpsUnits

/// The steps from a series to a ``HistoryModel``: what can be fitted, how far down the ladder.
struct HistoryFit {
  let series: DailySeries
  let name: String
  let method: HistoryModel.Method
  let location: SourceLocation?

  var findings = Findings()
  var level = 0.0
  var season = SeasonalProfile.flat
  var trend = DampedTrend.none
  var errors = ErrorBlocks.none
  var scatter = ErrorBlocks.none
  var gain = 0.0
  /// Whether logarithms were fitted, which needs usage on most days.
  var isLogarithmic = false
  /// By day of the series; see ``Forecast/residuals``.
  var residuals: [Double]
  /// Days near the end that lie far from those before them, in the series, and what those that last to the end
  /// may be.
  var lateDays: [Int] = []
  var lateRun: LateRun?

  /// Days below which only the mean is used, no trend is fitted, and no season of the year.
  static let forWeekdays = 14
  static let forTrend = 28
  static let forYear = 395

  init(
    _ series: DailySeries, name: String, method: HistoryModel.Method, location: SourceLocation?
  ) {
    self.series = series
    self.name = name
    self.method = method
    self.location = location
    residuals = [Double](repeating: .nan, count: series.values.count)
  }

  /// Goes down the ladder to what the history supports.
  mutating func run() {
    // Infinite or negative usage counts as unknown.
    var values = series.values.map { $0.isFinite && $0 >= 0 ? $0 : .nan }
    let impossible = zip(series.values, values).count { !$0.isNaN && $1.isNaN }
    if impossible > 0 {
      findings.warning(
        "impossible-usage",
        "\(name): negative or infinite, and left out: \(countedNoun(impossible, "day"))",
        at: location)
    }
    let known = values.filter { !$0.isNaN }
    guard !known.isEmpty else {
      findings.error(
        "no-history", "\(name): no day of the history is known", help: "leave the series out",
        at: location)
      return
    }
    guard known.contains(where: { $0 > 0 }) else {
      findings.note(
        "no-usage", "\(name): no usage in \(countedNoun(known.count, "day"))", at: location)
      return
    }
    let skipped = values.firstIndex { $0 > 0 } ?? 0
    if values[..<skipped].contains(0) {
      findings.note(
        "late-start", "\(name): usage begins on \(series.start.advanced(by: skipped))",
        at: location)
    }
    values.removeFirst(skipped)
    let start = series.start.advanced(by: skipped)
    let used = values.filter { !$0.isNaN }
    reportGaps(values, known: used.count)
    if let stopped = stoppedDay(values, start: start) {
      findings.warning(
        "stopped", "\(name): no usage since \(stopped); none is expected",
        help: "give its level under traffic: if it comes back", at: location)
      return
    }
    reportSilence(values)
    if used.count < HistoryFit.forWeekdays {
      findings.warning(
        "short-history",
        "\(name): \(countedNoun(used.count, "day")) of history; the mean is used, without weekdays, trend or "
          + "spread",
        help: "\(HistoryFit.forWeekdays) days give weekdays, \(HistoryFit.forTrend) a trend",
        at: location)
      level = Statistics.mean(used)
      keepResiduals(values.map { $0 / level - 1 })
      return
    }
    if used.allSatisfy({ $0 == used[0] }) {
      findings.note(
        "constant", "\(name): the same on all \(used.count) days; it is taken as exact",
        at: location)
      level = used[0]
      keepResiduals(values.map { $0 / level - 1 })
      return
    }
    if used.count < HistoryFit.forTrend {
      findings.warning(
        "short-history", "\(name): \(used.count) days of history; no trend of its own",
        help: "\(HistoryFit.forTrend) days give a trend, or give it under growth:", at: location)
    } else if values.count < HistoryFit.forYear {
      findings.note(
        "no-yearly-season",
        "\(name): \(values.count) days of history; no season of the year (from 13 months)",
        at: location)
    }
    do throws(NumericalError) {
      try fitLogarithms(values, start: start)
    } catch {
      findings.warning(
        "fit-failed",
        "\(name): level, weekdays and trend cannot be told from its days, because \(error.meaning); the mean "
          + "of the last 28 days is used, without weekdays, trend or spread",
        help: "export more days, or give its level under traffic:", at: location)
      level = Statistics.mean(Array(used.suffix(28)))
      season = .flat
      trend = .none
      errors = .none
      scatter = .none
      isLogarithmic = false
    }
  }

  /// Keeps the residuals of the last days of the series.
  mutating func keepResiduals(_ last: [Double]) {
    residuals.replaceSubrange((residuals.count - last.count)..., with: last)
  }

  private mutating func reportGaps(_ values: [Double], known: Int) {
    let missing = values.count - known
    guard missing > 0 else { return }
    findings.add(
      Finding(
        missing * 10 > values.count ? .warning : .note, "missing-days",
        "\(name): \(missing) of \(values.count) days are missing and left out", at: location))
  }

  /// The first day of a silence of at least 28 days that lasts to the end; nil when there is none.
  private func stoppedDay(_ values: [Double], start: CalendarDay) -> CalendarDay? {
    guard let last = values.lastIndex(where: { $0 > 0 }) else { return nil }
    let silent = values[(last + 1)...].count { $0 == 0 }
    return silent >= 28 ? start.advanced(by: last + 1) : nil
  }
}
