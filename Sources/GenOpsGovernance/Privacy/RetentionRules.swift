public import GenOpsUnits

/// A span of calendar time.
public struct RetentionSpan: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// A unit of the calendar.
  public enum Unit: String, Sendable, Hashable { case days, months, years }

  public var count: Int
  public var unit: Unit

  /// `count` must not be negative.
  public init(_ count: Int, _ unit: Unit) {
    self.count = count
    self.unit = unit
  }

  /// `1095 days`, `6 months`, `7 years`; a bare number is days.
  public init?(_ text: String) {
    guard let figures = try? Figures(text), let number = figures.number(in: figures.unit),
      let count = try? number.whole(), (0...36_600).contains(count)
    else { return nil }
    let unit = TimeUnit(figures.unit ?? "days").flatMap { Unit(rawValue: $0.rawValue + "s") }
    guard let unit else { return nil }
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

/// How long the ledger keeps what it holds. Nil keeps it for good.
public struct RetentionRules: Sendable, Hashable {
  /// Events with their properties and whose they are: the spool, delivered or not.
  public var events: RetentionSpan?
  /// Sums of usage and cost, which name nobody.
  public var usage: RetentionSpan?
  /// The audit log.
  public var audit: RetentionSpan?

  /// Nil keeps that part for ever.
  public init(
    events: RetentionSpan? = nil, usage: RetentionSpan? = nil, audit: RetentionSpan? = nil
  ) {
    self.events = events
    self.usage = usage
    self.audit = audit
  }

  /// The strictest of both: events and usage for the shorter time, the audit log for the longer.
  func combined(with other: RetentionRules) -> RetentionRules {
    func shorter(_ a: RetentionSpan?, _ b: RetentionSpan?) -> RetentionSpan? {
      guard let a, let b else { return a ?? b }
      return min(a, b)
    }
    return RetentionRules(
      events: shorter(events, other.events), usage: shorter(usage, other.usage),
      audit: audit.flatMap { a in other.audit.map { max(a, $0) } ?? a } ?? other.audit)
  }
}
