/// An instant in UTC, in microseconds since 1970-01-01T00:00:00Z, without leap seconds.
public struct Timestamp: Sendable, Hashable, Comparable {
  public var microseconds: Int64

  /// `microseconds` since 1970-01-01T00:00:00Z.
  @inlinable
  public init(microseconds: Int64) { self.microseconds = microseconds }

  /// Midnight UTC at the beginning of `day`.
  @inlinable
  public init(startOf day: CalendarDay) {
    microseconds = Int64(day.number).multipliedClamped(by: Timestamp.microsecondsPerDay)
  }

  public static let microsecondsPerDay: Int64 = 86_400_000_000

  /// The UTC day this instant is in.
  @inlinable
  public var day: CalendarDay {
    let day = microseconds / Timestamp.microsecondsPerDay
    let down = microseconds % Timestamp.microsecondsPerDay < 0
    return CalendarDay(number: Int32(truncatingIfNeeded: down ? day - 1 : day))
  }

  @inlinable
  public static func < (a: Timestamp, b: Timestamp) -> Bool { a.microseconds < b.microseconds }

  /// This instant moved by `seconds`, held at the ends of what can be said.
  public func advanced(bySeconds seconds: Double) -> Timestamp {
    Timestamp(microseconds: microseconds.addingClamped(Int64(rounding: seconds * 1e6)))
  }
}

extension Timestamp: CustomStringConvertible {
  /// Reads RFC 3339 and the ISO 8601 forms PostHog's clients and exports write: `T` or a space
  /// between date and time, any number of fraction digits (beyond six are cut), `Z`, `+02:00`,
  /// `+0200`, or no zone (taken as UTC). Nil for anything else.
  public init?(_ text: some StringProtocol) {
    var bytes = text.utf8[...]
    guard bytes.count >= 10, let day = CalendarDay(text.prefix(10)) else { return nil }
    bytes = bytes.dropFirst(10)
    var total = Timestamp(startOf: day).microseconds
    func digits(_ count: Int) -> Int64? {
      var value: Int64 = 0
      for _ in 0..<count {
        guard let byte = bytes.first, (48...57).contains(byte) else { return nil }
        value = value * 10 + Int64(byte - 48)
        bytes = bytes.dropFirst()
      }
      return value
    }
    func skip(_ byte: Character) -> Bool {
      guard let ascii = byte.asciiValue, bytes.first == ascii else { return false }
      bytes = bytes.dropFirst()
      return true
    }
    if bytes.isEmpty {
      microseconds = total
      return
    }
    guard skip("T") || skip("t") || skip(" "), let hour = digits(2), skip(":"),
      let minute = digits(2), hour < 24, minute < 60
    else { return nil }
    total += (hour * 3600 + minute * 60) * 1_000_000
    if skip(":") {
      guard let second = digits(2), second <= 60 else { return nil }
      total += min(second, 59) * 1_000_000
      if skip(".") {
        var unit: Int64 = 100_000
        var any = false
        while let byte = bytes.first, (48...57).contains(byte) {
          total += Int64(byte - 48) * unit
          unit /= 10
          any = true
          bytes = bytes.dropFirst()
        }
        if !any { return nil }
      }
    }
    _ = skip(" ")
    if skip("Z") || skip("z") || bytes.isEmpty {
      guard bytes.isEmpty else { return nil }
      microseconds = total
      return
    }
    let sign: Int64
    if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
    guard let zoneHour = digits(2) else { return nil }
    _ = skip(":")
    let zoneMinute = bytes.isEmpty ? 0 : digits(2)
    guard let zoneMinute, bytes.isEmpty, zoneHour < 24, zoneMinute < 60 else { return nil }
    microseconds = total - sign * (zoneHour * 3600 + zoneMinute * 60) * 1_000_000
  }

  /// RFC 3339 in UTC with microseconds when there are any: `2027-05-10T12:30:00Z`.
  public var description: String {
    let day = day
    var rest = microseconds - Timestamp(startOf: day).microseconds
    let micros = rest % 1_000_000
    rest /= 1_000_000
    let clock =
      "\(padded(Int(rest / 3600), 2)):\(padded(Int(rest / 60 % 60), 2)):\(padded(Int(rest % 60), 2))"
    return "\(day)T\(clock)" + (micros == 0 ? "" : "." + padded(Int(micros), 6)) + "Z"
  }
}
