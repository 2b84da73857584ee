import GenOpsIngestion
import GenOpsUnits

/// What the `ds` of a row says: a day, a month or the number of a step.
struct SeriesInstant: Equatable {
  enum Kind: UInt8 { case day, month, number }

  var kind: Kind
  /// Days since 1970-01-01, months since January of year 0, or the number itself.
  var number: Int32
  /// Whether it names a time of the day other than midnight.
  var isTimed = false
}

/// Reads what the rows of a file call their steps, all of them in one form.
struct SeriesInstantReader {
  /// For dates that only others of the file tell how to read: `3/4/2027`.
  private let days: DayReader
  private let texts: [String]

  /// `texts` are those of the first rows.
  init(sample texts: [String]) {
    self.texts = texts
    days = DayReader(texts, readsNumbers: true)
  }

  /// Numbers of a step beyond this are none.
  private static let mostNumber = 1_000_000_000

  /// Nil for what is no day, month or number.
  func read(_ bytes: ArraySlice<UInt8>) -> SeriesInstant? {
    let found = bytes.withUnsafeBufferPointer { SeriesInstantReader.plain($0) }
    return found ?? other(String(decoding: bytes, as: UTF8.self))
  }

  /// Why a text is not read, and what would be right.
  func refusal(of text: String) -> (message: String, help: String) {
    days.refusal(of: text)
      ?? (
        "'\(text.prefix(40))' is not a date and not the number of a step", "write it as 2027-02-14"
      )
  }

  /// The usual forms: `2027-02-14`, it with midnight behind, `2027-02`, `121`.
  private static func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> SeriesInstant? {
    func digits(_ from: Int, _ count: Int) -> Int? {
      var value = 0
      for place in from..<(from + count) {
        let byte = bytes[place]
        guard byte >= 48, byte <= 57 else { return nil }
        value = value * 10 + Int(byte - 48)
      }
      return value
    }
    let count = bytes.count
    if count == 0 { return nil }
    if count >= 7, bytes[4] == UInt8(ascii: "-"), let year = digits(0, 4), let month = digits(5, 2)
    {
      if count == 7 {
        return (1...12).contains(month) && year > 0
          ? SeriesInstant(kind: .month, number: CalendarMonth(year: year, month: month).number)
          : nil
      }
      guard count >= 10, bytes[7] == UInt8(ascii: "-"), let day = digits(8, 2),
        let date = CalendarDay(year: year, month: month, day: day)
      else { return nil }
      if count == 10 { return SeriesInstant(kind: .day, number: date.number) }
      return isMidnight(bytes) ? SeriesInstant(kind: .day, number: date.number) : nil
    }
    let isNegative = bytes[0] == UInt8(ascii: "-")
    // Eight digits and more may be a date; what is left is short, so it fits.
    guard count <= 7, count > (isNegative ? 1 : 0),
      let value = digits(isNegative ? 1 : 0, count - (isNegative ? 1 : 0))
    else { return nil }
    return SeriesInstant(kind: .number, number: Int32(clamping: isNegative ? -value : value))
  }

  /// Whether what follows a date is `T00:00:00` or less of it, with zeros behind and `Z` or nothing.
  private static func isMidnight(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count >= 16, bytes[10] == UInt8(ascii: "T") || bytes[10] == 32,
      bytes[13] == UInt8(ascii: ":")
    else { return false }
    for place in 11..<bytes.count where place != 13 {
      let byte = bytes[place]
      let isMark =
        (place == 16 && byte == UInt8(ascii: ":")) || (place == 19 && byte == UInt8(ascii: "."))
      let isZone = place == bytes.count - 1 && byte == UInt8(ascii: "Z")
      if byte != 48, !isMark, !isZone { return false }
    }
    return true
  }

  /// Whether a date has a time of the day behind it that is not midnight, wherever that is.
  private static func isTimed(_ text: String) -> Bool {
    let behind = text.utf8.dropFirst(10)
    guard text.utf8.prefix(4).allSatisfy({ (48...57).contains($0) }), let mark = behind.first,
      mark == UInt8(ascii: "T") || mark == 32
    else { return false }
    // Behind the time stands how far it is from UTC.
    let time = behind.dropFirst().prefix { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }
    return time.contains { (49...57).contains($0) }
  }

  /// What keeps the dates from being read: a date that may be two days, and nothing tells which.
  var ambiguity: (message: String, help: String)? { days.ambiguous.map { refusal(of: $0) } }

  /// How dates were read that could have meant something else.
  func remark(at location: SourceLocation, _ findings: inout RepeatedFindings) {
    if days.isGuessed { days.remark(at: location, code: "series-order", &findings) }
    if let text = texts.first(where: SeriesInstantReader.isTimed),
      let day = read(Array(text.utf8)[...])
    {
      findings.add(
        .note, "series-time",
        "'\(text)' has a time of the day; it counts for the day that is written, "
          + "\(CalendarDay(number: day.number))",
        help: "where it is a midnight of another time zone, write its date there", at: location)
    }
  }

  private func other(_ text: String) -> SeriesInstant? {
    if let day = days.day(text) {
      // A midnight anywhere begins the day that is written, whatever day it is then in UTC.
      return SeriesInstant(
        kind: .day, number: day.number, isTimed: SeriesInstantReader.isTimed(text))
    }
    if let number = Double(text), number == number.rounded(),
      number.magnitude <= Double(SeriesInstantReader.mostNumber)
    {
      // Whole and below 2^31.
      return SeriesInstant(kind: .number, number: Int32(number))
    }
    let words = text.split { " /-".utf8.contains($0.utf8.first ?? 0) }
    if words.count == 2, let month = DateForm.month(text) {
      return SeriesInstant(kind: .month, number: month.number)
    }
    return nil
  }
}
