/// A day or a month written in another form than the one that files use, and what it is there.
///
/// `10.05.2027`, `5/10/2027`, `10 May 2027`, `2027/5/1`, `20270510`, `Feb 2027`, `02/2027`. It reads for
/// findings alone: a form that two countries read in two ways must not decide about a year's money.
package enum DateForm {
  /// The days that `text` can mean: two where day and month may change places, none where it is no
  /// day.
  package static func days(_ text: some StringProtocol) -> [CalendarDay] {
    let words = words(text)
    if words.count == 1, words[0].utf8.count == 8, let number = Int(words[0]) {
      return [(number / 10_000, number / 100 % 100, number % 100)].compactMap(day)
    }
    // A time of day behind the date changes nothing of the day.
    let date = words.prefix(3)
    guard date.count == 3 else { return [] }
    if let month = date.compactMap(month(named:)).first {
      let numbers = date.compactMap { Int($0) }
      guard numbers.count == 2, let year = numbers.first(where: { $0 > 31 }),
        let other = numbers.first(where: { $0 <= 31 })
      else { return [] }
      return [(year, month, other)].compactMap(day)
    }
    let numbers = date.compactMap { Int($0) }
    guard numbers.count == 3 else { return [] }
    if numbers[0] > 31 { return [(numbers[0], numbers[1], numbers[2])].compactMap(day) }
    let readings = [(numbers[2], numbers[1], numbers[0]), (numbers[2], numbers[0], numbers[1])]
    // With points between, the day comes first wherever dates are written so.
    let days = (text.contains(".") ? [readings[0]] : readings).compactMap(day)
    return days.count == 2 && days[0] == days[1] ? [days[0]] : days
  }

  /// The month that `text` means; nil where it is none.
  package static func month(_ text: some StringProtocol) -> CalendarMonth? {
    let words = words(text)
    if words.count == 1, words[0].utf8.count == 6, let number = Int(words[0]) {
      return month(number / 100, number % 100)
    }
    guard words.count == 2 else {
      let days = days(text)
      return days.count == 1 ? days[0].month : nil
    }
    let numbers = words.compactMap { Int($0) }
    if let named = words.compactMap(month(named:)).first {
      return numbers.first.flatMap { month($0, named) }
    }
    guard numbers.count == 2 else { return nil }
    return numbers[0] > 31 ? month(numbers[0], numbers[1]) : month(numbers[1], numbers[0])
  }

  /// The days that `text` can mean or, where it is none, those nearest to it.
  package static func offers(_ text: some StringProtocol) -> [CalendarDay] {
    let days = days(text)
    return days.isEmpty ? nearest(text) : days
  }

  /// `2027-02-28` for `2027-02-30`: the last day that the month has; for `2027-13-01` the last month, and
  /// the day on which it names day and month in the other order. None where it does not name a year.
  private static func nearest(_ text: some StringProtocol) -> [CalendarDay] {
    let numbers = words(text).prefix(3).compactMap { Int($0) }
    guard numbers.count == 3 else { return [] }
    func within(_ year: Int, _ month: Int, _ date: Int) -> CalendarDay? {
      guard (1000...9999).contains(year) else { return nil }
      let month = CalendarMonth(year: year, month: min(max(month, 1), 12))
      return day((year, month.month, min(max(date, 1), month.dayCount)))
    }
    if numbers[0] > 31 {
      let swapped = numbers[1] > 12 ? day((numbers[0], numbers[2], numbers[1])) : nil
      return [within(numbers[0], numbers[1], numbers[2]), swapped].compactMap { $0 }
    }
    // The number that can be a month is one.
    let month = [1, 0].first { (1...12).contains(numbers[$0]) }
    return month.flatMap { within(numbers[2], numbers[$0], numbers[1 - $0]) }.map { [$0] } ?? []
  }

  /// What to write for a text that is not a day, with its own value where it means one or is near to one.
  package static func help(_ text: some StringProtocol, example: String) -> String {
    let days = offers(text)
    if days.isEmpty {
      return CalendarMonth(text).map { "'\($0)' is a month; write one of its days: \($0.firstDay)" }
        ?? "write: \(example)"
    }
    return "write: " + days.map { "\($0)" }.joined(separator: ", or ")
      + (days.count > 1 ? "; which of them is meant?" : "")
  }

  private static func words(_ text: some StringProtocol) -> [String] {
    String(text).split(whereSeparator: { " ./-,T:".contains($0) }).map { String($0) }
  }

  /// A year has four digits: `10.05.27` could be three dates.
  private static func day(_ date: (year: Int, month: Int, day: Int)) -> CalendarDay? {
    date.year < 1000 ? nil : CalendarDay(year: date.year, month: date.month, day: date.day)
  }

  private static func month(_ year: Int, _ month: Int) -> CalendarMonth? {
    (1000...9999).contains(year) && (1...12).contains(month)
      ? CalendarMonth(year: year, month: month) : nil
  }

  /// `Feb`, `february`, `Sept.`: the first three letters, and no word of another meaning.
  private static func month(named word: String) -> Int? {
    let word = word.lowercased()
    guard word.count >= 3 else { return nil }
    return months.firstIndex { $0.hasPrefix(word) || word == "sept" && $0 == "september" }
      .map { $0 + 1 }
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
}
