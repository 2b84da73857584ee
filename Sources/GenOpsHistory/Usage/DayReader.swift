import GenOpsIngestion
import GenOpsUnits

/// Reads the days that a row or a column of a file names, all of them in one form: only together do
/// `3/4/2027` and `3/13/2027` tell which number is the month.
struct DayReader {
  /// What stands first in dates such as `3/4/2027`; nil where there are none or the texts leave it open.
  private let order: NumericDate.Order?
  /// Whether each date may be read in both orders, and nothing tells in which.
  private let isOpen: Bool
  /// Whether regular steps alone tell the order.
  let isGuessed: Bool
  /// Whether numbers are days too: seconds or milliseconds since 1970, or 20270214.
  private let readsNumbers: Bool
  private let texts: [String]

  /// `texts` in the order of the file. Where numbers may be units, they cannot be read as days.
  init(_ texts: [String], readsNumbers: Bool = false) {
    self.texts = texts
    self.readsNumbers = readsNumbers
    let dates = texts.compactMap(NumericDate.init).filter { $0.separator != "." }
    let orders = dates.isEmpty ? [] : [NumericDate.Order.monthFirst, .dayFirst]
    let possible = orders.filter { order in dates.allSatisfy { $0.day(order) != nil } }
    let regular = possible.filter { order in DayReader.isRegular(dates.compactMap { $0.day(order) })
    }
    order = possible.count == 1 ? possible[0] : regular.count == 1 ? regular[0] : nil
    isOpen = possible.count == 2 && order == nil
    isGuessed = possible.count == 2 && order != nil
  }

  /// Whether days are equally far apart, in days or in months on the same day of each or on its last.
  ///
  /// The first twelve days of a month are, read the other way, one day of twelve months: both are regular,
  /// and neither may be chosen.
  private static func isRegular(_ days: [CalendarDay]) -> Bool {
    let days = Set(days).sorted()
    guard days.count > 1, let first = days.first else { return false }
    let steps = zip(days, days.dropFirst()).map { $0.distance(to: $1) }
    if Set(steps).count == 1 { return true }
    let months = zip(days, days.dropFirst()).map { $0.month.distance(to: $1.month) }
    let date = first.civil.day
    return Set(months).count == 1 && months[0] > 0
      && (days.allSatisfy { $0.civil.day == date } || days.allSatisfy { $0 == $0.month.lastDay })
  }

  /// The first text that may be two days, and nothing tells which; nil where there is none.
  var ambiguous: String? {
    guard isOpen else { return nil }
    return texts.first { text in
      guard let date = NumericDate(text), date.separator != "." else { return false }
      return date.day(.dayFirst) != date.day(.monthFirst)
    }
  }

  func day(_ text: String) -> CalendarDay? {
    if let day = GenOpsHistory.day(in: text) { return day }
    if readsNumbers, let day = NumberForm(text)?.day { return day }
    return order.flatMap { NumericDate(text)?.day($0) }
  }

  /// Why a text that is meant as a day is not read, and what would be right; nil when it does not look
  /// like one.
  func refusal(of text: String) -> (message: String, help: String)? {
    if let date = NumericDate(text), date.separator != "." {
      switch (date.day(.dayFirst), date.day(.monthFirst)) {
      case (let a?, let b?) where a == b && isOpen:
        // A date that is the same either way stands among some that are not.
        if let ambiguous, ambiguous != text { return refusal(of: ambiguous) }
        return ("'\(text)' stands among dates in an unknown order", "write it as \(a)")
      case (let a?, let b?) where a != b:
        return ("'\(text)' may be \(a) or \(b)", "write it as \(a) or \(b)")
      case (nil, nil): return ("'\(text)' is not a day of any month", "write it as 2027-02-14")
      case (let a, let b):
        return (
          "'\(text)' has its day and its month in another order than other dates",
          "write it as \((a ?? b).map(\.description) ?? "2027-02-14")"
        )
      }
    }
    let parts = text.split { "/-. ,".contains($0) }
    if isMonth(parts) {
      return ("'\(text)' is a month, not a day", "export again with Group by: Day")
    }
    let isDate = parts.allSatisfy {
      ($0.utf8.count <= 2 && Int($0) != nil) || monthNumber($0) != nil
    }
    if isDate, parts.count == 3 || (parts.count == 2 && parts.contains { monthNumber($0) != nil }) {
      return (
        "'\(text)' has \(parts.count == 3 ? "a year of two digits" : "no year")",
        "write it as 2027-02-14"
      )
    }
    guard let number = NumberForm(text), let day = number.day else { return nil }
    return ("'\(text)' is \(number.name) (\(day))", "write it as \(day)")
  }

  /// `2027-02`, `Feb 2027`.
  private func isMonth(_ parts: [Substring]) -> Bool {
    guard parts.count == 2 else { return false }
    let years = parts.filter { $0.utf8.count == 4 && Int($0) != nil }
    let others = parts.filter { $0.utf8.count != 4 || Int($0) == nil }
    return years.count == 1 && others.count == 1
      && (monthNumber(others[0]) != nil
        || (others[0].utf8.count == 2 && (1...12).contains(Int(others[0]) ?? 0)))
  }

  /// Says how days were read that could have meant something else.
  func remark(
    at location: SourceLocation, code: String = "history-date", _ findings: inout RepeatedFindings
  ) {
    if let order, let text = texts.first(where: { NumericDate($0) != nil && day($0) != nil }) {
      findings.add(
        .note, code,
        "dates such as '\(text)' are read as "
          + (order == .monthFirst ? "month/day/year" : "day/month/year"),
        help: "write them as 2027-02-14 to be sure", at: location)
    }
    if readsNumbers,
      let text = texts.first(where: { GenOpsHistory.day(in: $0) == nil && NumberForm($0) != nil }),
      let form = NumberForm(text), let day = form.day
    {
      findings.add(
        .note, "history-date", "'\(text)' is read as \(form.name): \(day)",
        help: "write days as \(day)", at: location)
    }
    if let text = texts.first(where: DayReader.isShifted) {
      findings.add(
        .note, "history-date",
        "'\(text)' is not midnight in UTC; it counts for \(day(text).map(\.description) ?? "its day")",
        help: "PostHog's days are days in UTC", at: location)
    }
  }

  /// How many different times of the day the texts name.
  var timesOfDay: Int {
    Set(texts.compactMap { DayReader.instant($0) == nil ? nil : $0.dropFirst(10) }).count
  }

  /// Whether a text names an instant at which no UTC day begins.
  private static func isShifted(_ text: String) -> Bool {
    instant(text).map { $0 != Timestamp(startOf: $0.day) } ?? false
  }

  /// What a day with a time behind it names; nil for a day alone.
  private static func instant(_ text: String) -> Timestamp? {
    text.utf8.count > 10 ? Timestamp(text.replacing("/", with: "-")) : nil
  }
}

/// A number that stands for a day.
private struct NumberForm {
  /// In words, after "is".
  let name: String
  /// Nil when no day of this century is meant.
  let day: CalendarDay?

  init?(_ text: String) {
    guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int64(text)
    else { return nil }
    var found: CalendarDay?
    switch text.utf8.count {
    case 5:
      name = "a spreadsheet's number of a day"
      // Day 1 is 1900-01-01, and there is a day too many in that year; five digits are in range.
      found = CalendarDay(year: 1899, month: 12, day: 30)?.advanced(by: Int(number))
    case 8:
      name = "a date without separators"
      // Eight digits are in range.
      let digits = Int(number)
      found = CalendarDay(year: digits / 10_000, month: digits / 100 % 100, day: digits % 100)
    case 9...10:
      name = "seconds since 1970"
      found = Timestamp(microseconds: number * 1_000_000).day
    case 13:
      name = "milliseconds since 1970"
      found = Timestamp(microseconds: number * 1000).day
    case 16:
      name = "microseconds since 1970"
      found = Timestamp(microseconds: number).day
    default: return nil
    }
    let year = found?.civil.year ?? 0
    day = (2000..<2100).contains(year) ? found : nil
  }
}
