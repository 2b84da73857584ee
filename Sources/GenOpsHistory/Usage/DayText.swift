import GenOpsUnits

/// Reads the day a cell or a JSON text names.
///
/// `2027-02-14`, `2027/02/14`, either with a time behind it, `14 Feb 2027`, `14-Feb-2027`,
/// `Feb 14, 2027` and full month names. `03/04/2027` is not read: it is the fourth of March in one
/// country and the third of April in another.
func day(in text: String) -> CalendarDay? {
  let bytes = Array(text.utf8)
  if bytes.count >= 10, bytes.count == 10 || bytes[10] == UInt8(ascii: "T") || bytes[10] == 32 {
    let head = String(text.prefix(10)).replacing("/", with: "-")
    if let day = CalendarDay(head),
      bytes.count == 10 || Timestamp("\(day)\(text.dropFirst(10))") != nil
    {
      return day
    }
  }
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

private let monthNames = [
  "january", "february", "march", "april", "may", "june", "july", "august", "september",
  "october", "november", "december",
]

private func monthNumber(_ word: Substring) -> Int? {
  let name = word.lowercased()
  guard name.utf8.count >= 3 else { return nil }
  return monthNames.firstIndex { $0 == name || $0.prefix(3) == name }.map { $0 + 1 }
}
