public import GenOpsUnits

/// A span of calendar time.
public struct RetentionSpan: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// A unit of the calendar.
  public enum Unit: String, Sendable, Hashable { case days, months, years }

  public let count: Int
  public let unit: Unit

  /// The most of any unit. In days it is a hundred years.
  package static let most = 36_600

  /// `count` is at least 0 and at most 36,600; the nearest of these stands for another.
  public init(_ count: Int, _ unit: Unit) {
    self.count = min(max(count, 0), RetentionSpan.most)
    self.unit = unit
  }

  /// `1095 days`, `6 months`, `7 years`; a bare number is days.
  public init?(_ text: String) {
    guard let figures = try? Figures(text), let number = figures.number(in: figures.unit),
      let count = try? number.whole(), (0...Int64(RetentionSpan.most)).contains(count)
    else { return nil }
    let unit = TimeUnit(figures.unit ?? "days").flatMap { Unit(rawValue: $0.rawValue + "s") }
    guard let unit else { return nil }
    // At most 36,600.
    self.init(Int(count), unit)
  }

  /// The first day that is still kept on `today`: seven years are seven calendar years, whatever
  /// leap days lie in them.
  public func firstKept(on today: CalendarDay) -> CalendarDay {
    switch unit {
    case .days: return today.advanced(by: -count)
    case .months, .years:
      let months = unit == .years ? count * 12 : count
      let month = CalendarMonth(number: today.month.number - Int32(clamping: months))
      let day = min(today.civil.day, month.dayCount)
      return month.firstDay.advanced(by: day - 1)
    }
  }

  /// Days at most in it: seven years are up to 2557 days, so `2555 days` is shorter.
  private var days: Int {
    switch unit {
    case .days: count
    case .months: count * 31
    case .years: count * 365 + (count + 3) / 4
    }
  }

  public static func < (a: RetentionSpan, b: RetentionSpan) -> Bool { a.days < b.days }

  public var description: String { "\(count) \(unit.rawValue)" }
}
