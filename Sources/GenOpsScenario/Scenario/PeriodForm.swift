import GenOpsUnits

/// A period of months in another form than the one of scenarios, such as `Feb 2027 - Jan 2028`,
/// `2027-02-01 to 2028-01-31` or `2027`. It reads for findings alone.
enum PeriodForm {
  /// The first and the last month; nil when the text is not a period.
  static func months(_ text: String) -> (first: CalendarMonth, last: CalendarMonth)? {
    if let year = Int(text), (1000...9999).contains(year) {
      return (CalendarMonth(year: year, month: 1), CalendarMonth(year: year, month: 12))
    }
    // What cannot stand within a date comes first.
    for divider in [" to ", " until ", " through ", "..", " - ", "–", "—", "/", "-"] {
      let sides = text.lowercased().split(separator: divider)
      guard sides.count == 2, let first = month(sides[0]), let last = month(sides[1]) else {
        continue
      }
      return first <= last ? (first, last) : nil
    }
    return month(text[...]).map { ($0, $0) }
  }

  /// `2026-11 to 2027-12` of the words `2026-11 to 2027-13`: with the nearest month that the year has.
  static func within(_ words: [String]) -> (first: CalendarMonth, last: CalendarMonth)? {
    func month(_ text: String) -> CalendarMonth? {
      let parts = text.split(separator: "-")
      guard parts.count == 2, let year = Int(parts[0]), (1000...9999).contains(year),
        let number = Int(parts[1])
      else { return nil }
      return CalendarMonth(year: year, month: min(max(number, 1), 12))
    }
    guard words.count == 3, let first = month(words[0]), let last = month(words[2]), first <= last
    else { return nil }
    return (first, last)
  }

  private static func month(_ text: Substring) -> CalendarMonth? {
    CalendarMonth(text) ?? DateForm.month(text)
  }
}
