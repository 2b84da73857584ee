package import GenOpsForecasting
package import GenOpsMetering
package import GenOpsUnits

/// A peak of last year, such as Black Friday, that the forecast of this one lacks.
package struct MissingPeak: Sendable, Hashable {
  /// The stream that had it, and what it counts.
  package var stream: String
  package var meter: Meter
  /// When it was.
  package var peak: HistoryPeak
  /// The same days of the year that is forecast.
  package var first: CalendarDay
  package var last: CalendarDay

  /// The month in which it is missing.
  package var month: CalendarMonth { first.advanced(by: first.distance(to: last) / 2).month }

  /// What people call it; nil when it has no name.
  package var name: String? { MissingPeak.name(of: peak) }

  static func name(of peak: HistoryPeak) -> String? {
    let days = peak.first...max(peak.first, peak.last)
    let year = peak.first.civil.year
    if days.contains(MissingPeak.blackFriday(year)) { return "Black Friday" }
    if let eve = CalendarDay(year: year, month: 12, day: 24), days.contains(eve) {
      return "Christmas"
    }
    return nil
  }

  /// The day after the fourth Thursday of November.
  static func blackFriday(_ year: Int) -> CalendarDay {
    let first = CalendarMonth(year: year, month: 11).firstDay
    // Thursday is weekday 3.
    return first.advanced(by: (3 - first.weekday + 7) % 7 + 22)
  }
}
