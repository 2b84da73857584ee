import GenOpsUnits

/// What the `ds` of a row says: a day, a month or the number of a step.
struct SeriesInstant: Equatable {
  enum Kind: UInt8 { case day, month, number }

  var kind: Kind
  /// Days since 1970-01-01, months since January of year 0, or the number itself.
  var number: Int32
  /// Whether it names a time of the day other than midnight in UTC.
  var isTimed = false
}

/// Reads what the rows of a file call their steps, all of them in one form.
struct SeriesInstantReader {
  /// For dates that only others of the file tell how to read: `3/4/2027`.
  private let days: DayReader

  /// `texts` are those of the first rows.
  init(sample texts: [String]) {
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

  private func other(_ text: String) -> SeriesInstant? {
    if let day = days.day(text) {
      let instant = text.utf8.count > 10 ? Timestamp(text.replacing("/", with: "-")) : nil
      // A time of day somewhere else may be another day in UTC.
      let isTimed = instant.map { $0 != Timestamp(startOf: $0.day) } ?? false
      return SeriesInstant(kind: .day, number: (instant?.day ?? day).number, isTimed: isTimed)
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
