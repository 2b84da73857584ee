/// A calendar month.
public struct CalendarMonth: Sendable, Hashable, Comparable, Strideable {
  /// Months since January of year 0.
  public var number: Int32

  /// `number` counts months since January of the year 0.
  public init(number: Int32) { self.number = number }

  /// `month` is 1…12.
  public init(year: Int, month: Int) { number = Int32(clamping: year * 12 + month - 1) }

  public var year: Int { Int((number >= 0 ? number : number - 11) / 12) }
  public var month: Int { Int(number) - year * 12 + 1 }

  /// 28…31.
  public var dayCount: Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  public var firstDay: CalendarDay {
    CalendarDay(number: CalendarDay.number(year: year, month: month, day: 1))
  }
  public var lastDay: CalendarDay { firstDay.advanced(by: dayCount - 1) }

  public static func < (a: CalendarMonth, b: CalendarMonth) -> Bool { a.number < b.number }
  public func distance(to other: CalendarMonth) -> Int { Int(other.number) - Int(number) }
  public func advanced(by months: Int) -> CalendarMonth {
    CalendarMonth(number: Int32(clamping: Int(number) + months))
  }
}

extension CalendarMonth: CustomStringConvertible {
  /// Reads `2027-02`; nil for any other text.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 7, let first = CalendarDay("\(text)-01") else { return nil }
    self = first.month
  }

  /// `2027-02`.
  public var description: String { "\(padded(year, 4))-\(padded(month, 2))" }

  /// `Feb`.
  public var shortName: String { CalendarMonth.shortNames[month - 1] }

  static let shortNames = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
