import GenOpsUnits

/// The day that a text names by itself; nil where it names none, or where other texts must tell which.
///
/// `2027-02-14`, `2027/02/14`, either with a time behind it, `14.02.2027`, `14 Feb 2027`, `14-Feb-2027`,
/// `Feb 14, 2027` and full month names. Of `03/04/2027` a ``DayReader`` tells what it means.
func day(in text: String) -> CalendarDay? {
  let bytes = Array(text.utf8)
  // Most cells of an export are numbers: they are not worth taking apart.
  if bytes.count < 8 || bytes.allSatisfy({ (48...57).contains($0) }) { return nil }
  if bytes.count >= 10, bytes.count == 10 || bytes[10] == UInt8(ascii: "T") || bytes[10] == 32 {
    let head = String(text.prefix(10)).replacing("/", with: "-")
    if let day = CalendarDay(head),
      bytes.count == 10 || Timestamp("\(day)\(text.dropFirst(10))") != nil
    {
      return day
    }
  }
  if let date = NumericDate(text), date.separator == "." { return date.day(.dayFirst) }
  let words = text.split { $0 == " " || $0 == "," || $0 == "-" }
  guard words.count == 3, let year = Int(words[2]), words[2].utf8.count == 4 else { return nil }
  if let month = monthNumber(words[1]), let dayOfMonth = Int(words[0]) {
    return CalendarDay(year: year, month: month, day: dayOfMonth)
  }
  if let month = monthNumber(words[0]), let dayOfMonth = Int(words[1]) {
    return CalendarDay(year: year, month: month, day: dayOfMonth)
  }
  return nil
}

/// `3/4/2027`, `3-4-2027`, `3.4.2027`: a date in numbers whose year is last.
struct NumericDate {
  /// Which of the two numbers before the year is the day.
  enum Order { case dayFirst, monthFirst }

  let separator: Character
  private let numbers: (first: Int, second: Int, year: Int)

  /// Nil for any other text.
  init?(_ text: String) {
    guard let separator = text.first(where: { "/-.".contains($0) }) else { return nil }
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.count == 3, (1...2).contains(parts[0].utf8.count),
      (1...2).contains(parts[1].utf8.count), parts[2].utf8.count == 4,
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let first = Int(parts[0]), let second = Int(parts[1]), let year = Int(parts[2])
    else { return nil }
    self.separator = separator
    numbers = (first, second, year)
  }

  /// Nil when there is no such day.
  func day(_ order: Order) -> CalendarDay? {
    let (first, second, year) = numbers
    return switch order {
    case .dayFirst: CalendarDay(year: year, month: second, day: first)
    case .monthFirst: CalendarDay(year: year, month: first, day: second)
    }
  }
}

private let monthNames = [
  "january", "february", "march", "april", "may", "june", "july", "august", "september",
  "october", "november", "december",
]

/// The month that a name or its beginning stands for; nil for anything else.
func monthNumber(_ word: Substring) -> Int? {
  let name = word.lowercased()
  guard name.utf8.count >= 3 else { return nil }
  return monthNames.firstIndex { $0 == name || $0.prefix(3) == name }.map { $0 + 1 }
}
