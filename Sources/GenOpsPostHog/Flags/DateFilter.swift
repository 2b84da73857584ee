import GenOpsUnits

/// Dates in filters: `2027-01-10`, `2027-01-10T12:00:00Z`, or `-3d`, `-2m` back from now.
enum DateFilter {
  static func parse(_ text: String, now: Timestamp) -> Timestamp? {
    if let back = relative(text) { return back.count < 10_000 ? shift(now, back) : nil }
    return absolute(text, now: now)
  }

  /// An instant; without a zone it is UTC. A year alone is this day of that year.
  static func absolute(_ text: String, now: Timestamp) -> Timestamp? {
    var text = text.trimmingSpaces
    if text.uppercased().hasSuffix(" UTC") { text = String(text.dropLast(4)) }
    if text.utf8.count == 4, let year = Int(text), text.utf8.allSatisfy({ (48...57).contains($0) })
    {
      let (_, month, day) = now.day.civil
      return CalendarDay(year: year, month: month, day: day).map(Timestamp.init(startOf:))
    }
    return Timestamp(text)
  }

  private static func relative(_ text: String) -> (count: Int, unit: Character)? {
    var digits = Substring(text)
    guard let unit = digits.popLast(), unit.isASCII, unit.isLowercase else { return nil }
    if digits.first == "-" { digits.removeFirst() }
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return (Int(digits) ?? Int.max, unit)
  }

  private static func shift(_ now: Timestamp, _ back: (count: Int, unit: Character)) -> Timestamp? {
    let hour: Int64 = 3_600_000_000
    let count = Int64(back.count)
    switch back.unit {
    case "h": return Timestamp(microseconds: now.microseconds - count * hour)
    case "d": return Timestamp(microseconds: now.microseconds - count * 24 * hour)
    case "w": return Timestamp(microseconds: now.microseconds - count * 7 * 24 * hour)
    case "m": return months(now, back.count)
    case "y": return years(now, back.count)
    default: return nil
    }
  }

  /// Month by month: the 31st of March less two months is the 28th of January, by way of February.
  private static func months(_ now: Timestamp, _ count: Int) -> Timestamp? {
    var (year, month, day) = now.day.civil
    for _ in 0..<count {
      month -= 1
      if month == 0 { (year, month) = (year - 1, 12) }
      guard year >= 1 else { return nil }
      day = min(day, CalendarMonth(year: year, month: month).dayCount)
    }
    return move(now, year, month, day)
  }

  private static func years(_ now: Timestamp, _ count: Int) -> Timestamp? {
    let (year, month, day) = now.day.civil
    guard year - count >= 1 else { return nil }
    return move(now, year - count, month, count > 0 && month == 2 && day == 29 ? 28 : day)
  }

  private static func move(_ now: Timestamp, _ year: Int, _ month: Int, _ day: Int) -> Timestamp? {
    let timeOfDay = now.microseconds - Timestamp(startOf: now.day).microseconds
    return CalendarDay(year: year, month: month, day: day).map {
      Timestamp(microseconds: Timestamp(startOf: $0).microseconds + timeOfDay)
    }
  }
}
