import GenOpsUnits

/// Rules as people write them: `12-24`, `easter+39`, `4th-thu-nov`, `last-mon-may`.
extension HolidayRule {
  static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let places = ["1st", "2nd", "3rd", "4th"]

  /// The rule that `text` writes, in small letters; nil where it writes none.
  init?(text: String) {
    if text.hasPrefix("easter") {
      let days = text.dropFirst(6)
      // A sign and at most three digits, so the number fits.
      guard days.isEmpty || (days.first == "+" || days.first == "-") && days.utf8.count <= 4,
        let offset = days.isEmpty ? 0 : Int(days)
      else { return nil }
      self = .easter(offset)
      return
    }
    let words = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    if words.count == 2, words.allSatisfy({ $0.utf8.count == 2 }), let month = Int(words[0]),
      let day = Int(words[1]),
      // A leap year, so that 29 February is a date; in other years it is the day after the 28th.
      CalendarDay(year: 2028, month: month, day: day) != nil
    {
      self = .fixed(month: month, day: day)
      return
    }
    guard words.count == 3, let weekday = HolidayRule.weekdays.firstIndex(of: words[1]),
      let month = HolidayRule.months.firstIndex(of: words[2])
    else { return nil }
    if words[0] == "last" {
      self = .nth(-1, weekday: weekday, month: month + 1)
    } else if let nth = HolidayRule.places.firstIndex(of: words[0]) {
      self = .nth(nth + 1, weekday: weekday, month: month + 1)
    } else {
      return nil
    }
  }

  /// The rule as ``init(text:)`` reads it; of one that has no such form its day in a year.
  var words: String {
    switch self {
    case .fixed(let month, let day, _): HolidayRule.two(month) + "-" + HolidayRule.two(day)
    case .easter(let days): days == 0 ? "easter" : "easter" + (days > 0 ? "+" : "") + "\(days)"
    case .nth(let nth, let weekday, let month):
      (nth < 0 ? "last" : HolidayRule.places[min(3, max(0, nth - 1))])
        + "-\(HolidayRule.weekdays[min(6, max(0, weekday))])"
        + "-\(HolidayRule.months[min(11, max(0, month - 1))])"
    case .onOrAfter(let month, let day, let weekday):
      "\(HolidayRule.weekdays[min(6, max(0, weekday))]) on or after "
        + HolidayRule.two(month) + "-" + HolidayRule.two(day)
    }
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
