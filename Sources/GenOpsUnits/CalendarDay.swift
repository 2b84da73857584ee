/// A day of the proleptic Gregorian calendar, counted from 1970-01-01.
public struct CalendarDay: Sendable, Hashable, Comparable, Strideable {
  /// Days since 1970-01-01; negative before.
  public var number: Int32

  /// `number` counts days since 1970-01-01.
  @inlinable
  public init(number: Int32) { self.number = number }

  /// The day `year-month-day`, or nil when there is no such day or the year is outside 1…9999.
  ///
  /// Algorithm: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CalendarMonth(year: year, month: month).dayCount
    else { return nil }
    self.init(number: CalendarDay.number(year: year, month: month, day: day))
  }

  static func number(year: Int, month: Int, day: Int) -> Int32 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    // Years that fit `CalendarMonth` go further than days that fit here.
    return Int32(clamping: era * 146_097 + dayOfEra - 719_468)
  }

  /// Year, month (1…12) and day (1…31).
  public var civil: (year: Int, month: Int, day: Int) {
    let z = Int(number) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  /// 0 = Monday … 6 = Sunday.
  public var weekday: Int {
    let remainder = (Int(number) + 3) % 7
    return remainder < 0 ? remainder + 7 : remainder
  }

  /// 1…366.
  public var dayOfYear: Int {
    let year = civil.year
    return Int(number - CalendarDay.number(year: year, month: 1, day: 1)) + 1
  }

  /// The month this day is in.
  public var month: CalendarMonth {
    let (year, month, _) = civil
    return CalendarMonth(year: year, month: month)
  }

  public static func < (a: CalendarDay, b: CalendarDay) -> Bool { a.number < b.number }
  public func distance(to other: CalendarDay) -> Int { Int(other.number) - Int(number) }
  public func advanced(by days: Int) -> CalendarDay {
    CalendarDay(number: Int32(clamping: Int(number) + days))
  }
}

extension CalendarDay: CustomStringConvertible {
  /// Reads `2027-05-10`; nil for any other text and for days that do not exist.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
      parts[2].utf8.count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// `2027-05-10`.
  public var description: String {
    let (year, month, day) = civil
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

/// `value` with leading zeros up to `width` digits.
func padded(_ value: Int, _ width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
