import Foundation
import GenOpsNumerics
import GenOpsUnits

/// What is to be done to a series before a model sees it.
public struct SeriesPreparation: Sendable {
  /// Which dates of the year are looked for in daily series.
  public var holidays: HolidayChoice
  /// A level that the values saturate at, which no answer passes; nil without one.
  public var cap: Double?

  /// What is looked for by itself, and no cap.
  public init(holidays: HolidayChoice = .usual, cap: Double? = nil) {
    self.holidays = holidays
    self.cap = cap
  }
}

/// A series as models see it: dates of the year are taken out and put back on their days ahead, steps at the end
/// that lie far from those before them are taken out and come back as far as they may stay, and values below a level
/// that they saturate at are stretched so that no answer lies above it.
///
/// What the series does not support is left out, and findings say so. Dates want 56 known days that are
/// never negative and mostly not zero.
public struct PreparedSeries: Sendable {
  /// The series as it was.
  public let original: TimeSeries
  private var prepared: TimeSeries
  private var dates: SpecialDates?
  private var cap: SeriesCap?
  private var late: SeriesLateRun?
  private var findings = Findings()

  /// `series` made ready as `preparation` says.
  public init(_ series: TimeSeries, _ preparation: SeriesPreparation) {
    original = series
    prepared = series
    cap = preparation.cap.flatMap { PreparedSeries.usable($0, series, &findings) }
    if let cap { prepared.values = series.values.map(cap.odds) }
    dates = PreparedSeries.take(preparation.holidays, of: &prepared, &findings)
    late = SeriesLateRun(prepared)
    if let late { prepared.values = late.values }
  }

  /// What `model` says of the series; with `notices` also what stands out in it, which takes about a
  /// millisecond.
  public func forecast(
    _ request: SeriesRequest, by model: SeriesModelKind, notices: Bool = true
  ) -> SeriesForecast {
    var answer =
      late?.forecast(prepared, request, by: model) ?? model.forecast(prepared, request)
    if let dates, let first = original.day(original.values.count) {
      answer.multiply(
        by: (0..<max(0, request.horizon)).map { dates.factor(first.advanced(by: $0)) })
      answer.dates = dates.effects(after: first)
      if let cap { answer.dates = answer.dates.map { cap.shown($0, usual: prepared.values) } }
    }
    if let cap { answer.map(cap.value) }
    if notices { answer.notices = SeriesNotices(original) }
    var all = findings
    all.merge(answer.findings)
    answer.findings = all
    return answer
  }

  /// Known days below which no date is looked for.
  static let leastDays = 56
  /// The part of zeros from which a day without usage is nothing special.
  static let silentPart = 0.1

  /// Takes dates out of `series`; nil where there is nothing to take.
  private static func take(
    _ holidays: HolidayChoice, of series: inout TimeSeries, _ findings: inout Findings
  ) -> SpecialDates? {
    guard !holidays.groups.isEmpty || holidays.finds else { return nil }
    guard series.step == .day, let start = series.start else {
      if holidays.groups.contains(where: \.isNamed) {
        findings.note(
          "holidays-unused",
          "\(series.name): its steps are not days with dates, so no holiday is looked for",
          help: "give a row for each day, or leave --holidays out")
      }
      return nil
    }
    let values = series.values.map { $0.isFinite ? $0 : .nan }
    let known = values.filter { !$0.isNaN }
    guard known.count >= leastDays, known.allSatisfy({ $0 >= 0 }),
      Double(known.count { $0 == 0 }) <= silentPart * Double(known.count),
      let first = values.firstIndex(where: { $0 > 0 })
    else { return nil }
    let used = Array(values[first...])
    let begin = start.advanced(by: first)
    let end = begin.advanced(by: used.count)
    // What stood out once may be anything; a date that the user names is believed from its first time on.
    var groups = holidays.groups.filter { $0.isNamed || $0.times(from: begin, to: end) >= 2 }
    var history: WeeklyHistory?
    // A history that holds none of the days shows nothing of them.
    let empty = SpecialDates(groups, from: begin, to: end)
    if holidays.finds
      || used.indices.contains(where: { empty.place(of: begin.advanced(by: $0)) != nil })
    {
      history = WeeklyHistory(used, start: begin, groups: groups)
    }
    if holidays.finds, used.count > 365, let seen = history {
      let found = RecurringDates.find(
        seen.distances, start: begin, scale: seen.scale, known: seen.dates)
      if !found.isEmpty {
        groups += found
        history = WeeklyHistory(used, start: begin, groups: groups)
      }
    }
    guard let history else { return nil }
    for unseen in history.dates.unseen where unseen.isNamed {
      findings.note(
        "holiday-unseen",
        "\(series.name): its history does not hold \(unseen.name), so nothing is known of what it does",
        help: "give a history that holds it once at least")
    }
    guard !history.dates.isEmpty else { return nil }
    series.values.replaceSubrange(first..., with: history.withoutDates)
    return history.dates
  }

  /// The cap, where the series stays below it.
  private static func usable(_ cap: Double, _ series: TimeSeries, _ findings: inout Findings)
    -> SeriesCap?
  {
    let known = series.values.filter(\.isFinite)
    if let most = known.max(), most > cap {
      findings.warning(
        "cap-exceeded",
        "\(series.name): \(NumberText.shown(most)) lies above the cap of \(NumberText.shown(cap)); it is left out",
        help: "give a level that no value passes")
      return nil
    }
    if known.contains(where: { $0 < 0 }) {
      findings.warning(
        "cap-negative",
        "\(series.name): values below 0 do not saturate at a level; the cap is left out",
        help: "leave --cap out")
      return nil
    }
    return SeriesCap(level: cap)
  }
}

/// A level of saturation c: y becomes the odds c·y ∕ (c − y), which the models see on logarithms, so that
/// their trends flatten towards it as a logistic curve's do and no quantile passes it (Hyndman and
/// Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 13.3).
struct SeriesCap {
  let level: Double
  /// A value at the level itself counts as a thousandth below it.
  private static let fullest = 0.999

  func odds(_ value: Double) -> Double {
    let below = min(value, SeriesCap.fullest * level)
    return level * below / (level - below)
  }

  func value(_ odds: Double) -> Double {
    odds > 0 ? level * odds / (level + odds) : 0
  }

  /// An effect on odds as one on values, at the middle of `usual` odds.
  func shown(_ effect: DateEffect, usual: [Double]) -> DateEffect {
    let known = usual.filter(\.isFinite)
    let middle = known.isEmpty ? 0 : Statistics.quantiles(of: known, at: [0.5])[0]
    func change(_ change: Double) -> Double {
      middle > 0 ? value(middle * (1 + change)) / value(middle) - 1 : change
    }
    var shown = effect
    for index in shown.days.indices {
      shown.days[index].change = change(shown.days[index].change)
    }
    shown.changes = shown.changes.map(change)
    return shown
  }
}

extension TimeSeries {
  /// The day of step `index` of a daily series with a date; nil for others.
  func day(_ index: Int) -> CalendarDay? { step == .day ? start?.advanced(by: index) : nil }
}

extension SeriesForecast {
  /// Multiplies every step of every answer by its factor.
  mutating func multiply(by factors: [Double]) {
    for (step, factor) in factors.enumerated() where factor != 1 {
      point[step] *= factor
      for level in quantiles[step].indices { quantiles[step][level] *= factor }
      for path in paths.indices { paths[path][step] *= factor }
    }
  }

  /// Puts every answer through `transform`, which rises.
  mutating func map(_ transform: (Double) -> Double) {
    point = point.map(transform)
    quantiles = quantiles.map { $0.map(transform) }
    paths = paths.map { $0.map(transform) }
  }
}
