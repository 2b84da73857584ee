import GenOpsHistory
package import GenOpsUnits

/// How days and months are shown to people.
package enum DateText {
  /// `Feb 2027`.
  package static func month(_ month: CalendarMonth) -> String {
    "\(month.shortName) \(month.year)"
  }

  /// `Feb 2027` in the first row and in January, else `Mar`.
  package static func row(_ month: CalendarMonth, isFirst: Bool) -> String {
    isFirst || month.month == 1 ? DateText.month(month) : month.shortName
  }

  /// `5 January`, or `5 January 2028` with the year.
  package static func day(_ day: CalendarDay, year: Bool) -> String {
    let (number, month, dayOfMonth) = day.civil
    return "\(dayOfMonth) \(monthNames[month - 1])" + (year ? " \(number)" : "")
  }

  /// `November`.
  package static func name(_ month: CalendarMonth) -> String { monthNames[month.month - 1] }

  /// `Feb 2027 - Jan 2028`.
  package static func range(_ months: [CalendarMonth]) -> String {
    guard let first = months.first, let last = months.last else { return "no months" }
    return first == last ? month(first) : "\(month(first)) - \(month(last))"
  }

  private static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
}

extension BudgetPeriod {
  /// ` a month` behind an amount; nothing for a year, which is what people expect.
  package var suffix: String { self == .year ? "" : " a \(rawValue)" }
}
