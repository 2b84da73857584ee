import GenOpsUnits

/// Dates in filters: `2027-01-10`, `2027-01-10T12:00:00Z`, or `-3d`, `-2m` back from now.
///
/// Only the forms that every Python's `datetime.fromisoformat` reads, 3.10 included; what some of them read
/// as well (`20270110`, `2027-W02`, `10:00:00,5`) is left to the server.
enum DateFilter {
  static func parse(_ text: String, now: Timestamp) -> Timestamp? {
    if let back = relative(text) { return back.count < 10_000 ? shift(now, back) : nil }
    return absolute(text, now: now)
  }

  /// An instant; without a zone it is UTC. A year alone is this day of that year.
  static func absolute(_ text: String, now: Timestamp) -> Timestamp? {
    var form = IsoForm(bytes: Array(String(PythonText.stripped(text)).utf8)[...])
    if form.bytes.count == 4, let year = form.digits(4), year > 0 {
      let (_, month, day) = now.day.civil
      return CalendarDay(year: year, month: month, day: day).map(Timestamp.init(startOf:))
    }
    return form.instant()
  }

  private static func relative(_ text: String) -> (count: Int, unit: UInt8)? {
    var digits = Array(text.utf8)[...]
    guard let unit = digits.popLast(), (97...122).contains(unit) else { return nil }
    if digits.first == UInt8(ascii: "-") { digits.removeFirst() }
    guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return (Int(String(decoding: digits, as: UTF8.self)) ?? Int.max, unit)
  }

  private static func shift(_ now: Timestamp, _ back: (count: Int, unit: UInt8)) -> Timestamp? {
    let hour: Int64 = 3_600_000_000
    // Below 10,000: the longest is 10,000 weeks, which no product here overflows.
    let count = Int64(back.count)
    switch back.unit {
    case UInt8(ascii: "h"): return earlier(now, count * hour)
    case UInt8(ascii: "d"): return earlier(now, count * 24 * hour)
    case UInt8(ascii: "w"): return earlier(now, count * 7 * 24 * hour)
    case UInt8(ascii: "m"): return months(now, back.count)
    case UInt8(ascii: "y"): return years(now, back.count)
    default: return nil
    }
  }

  private static func earlier(_ now: Timestamp, _ span: Int64) -> Timestamp? {
    let (instant, isOver) = now.microseconds.subtractingReportingOverflow(span)
    return isOver ? nil : Timestamp(microseconds: instant)
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

/// What is left to read of `2027-01-10T12:00:00.250+02:00`.
private struct IsoForm {
  var bytes: ArraySlice<UInt8>

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard bytes.first == UInt8(ascii: scalar) else { return false }
    bytes = bytes.dropFirst()
    return true
  }

  /// Exactly `count` digits.
  mutating func digits(_ count: Int) -> Int? {
    let head = bytes.prefix(count)
    guard head.count == count, head.allSatisfy({ (48...57).contains($0) }) else { return nil }
    bytes = bytes.dropFirst(count)
    return head.reduce(0) { $0 * 10 + Int($1) - 48 }
  }

  mutating func instant() -> Timestamp? {
    guard let year = digits(4), year > 0, take("-"), let month = digits(2), take("-"),
      let number = digits(2), let day = CalendarDay(year: year, month: month, day: number)
    else { return nil }
    var total = Timestamp(startOf: day).microseconds
    if bytes.isEmpty { return Timestamp(microseconds: total) }
    guard take("T") || take(" "), let hour = digits(2), take(":"), let minute = digits(2),
      hour < 24, minute < 60
    else { return nil }
    total += Int64(hour * 3600 + minute * 60) * 1_000_000
    if take(":") {
      guard let second = digits(2), second < 60, let fraction = fraction() else { return nil }
      total += Int64(second) * 1_000_000 + Int64(fraction)
    }
    guard let offset = offset(), bytes.isEmpty else { return nil }
    return Timestamp(microseconds: total - Int64(offset) * 60_000_000)
  }

  /// Microseconds: none, three or six digits.
  private mutating func fraction() -> Int? {
    guard take(".") else { return 0 }
    let count = bytes.prefix { (48...57).contains($0) }.count
    guard count == 3 || count == 6, let value = digits(count) else { return nil }
    return count == 3 ? value * 1000 : value
  }

  /// Minutes east of UTC; 0 without a zone.
  private mutating func offset() -> Int? {
    if take("Z") || bytes.isEmpty { return 0 }
    if bytes.count == 4, bytes.first == 32,
      bytes.dropFirst().map({ $0 & 0xDF }).elementsEqual("UTC".utf8)
    {
      bytes = []
      return 0
    }
    _ = take(" ")
    let sign = take("+") ? 1 : take("-") ? -1 : 0
    guard sign != 0, let hour = digits(2), hour < 24, take(":"), let minute = digits(2),
      minute < 60
    else { return nil }
    return sign * (hour * 60 + minute)
  }
}
