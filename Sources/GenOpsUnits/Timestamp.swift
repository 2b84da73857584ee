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
  /// Reads RFC 3339 and the ISO 8601 forms that clients, databases and exports write: `-` or `/` in the
  /// date, `T` or a space before the time, any number of fraction digits behind `.` or `,` (beyond six
  /// are cut), `Z`, `UTC`, `GMT`, `+02`, `+02:00`, `+0200`, an offset with the name of its zone behind
  /// it, or no zone (taken as UTC). Nil for anything else: a time of day with AM or PM, a zone that is
  /// only a name, `03/04/2027`.
  public init?(_ text: some StringProtocol) {
    var bytes = text.utf8[...]
    func digits(_ count: Int) -> Int64? {
      var value: Int64 = 0
      for _ in 0..<count {
        guard let byte = bytes.first, (48...57).contains(byte) else { return nil }
        value = value * 10 + Int64(byte - 48)
        bytes = bytes.dropFirst()
      }
      return value
    }
    func skip(_ byte: Unicode.Scalar) -> Bool {
      guard bytes.first == UInt8(ascii: byte) else { return false }
      bytes = bytes.dropFirst()
      return true
    }
    func skipWords(_ first: StaticString, _ second: StaticString) -> Bool {
      for word in [first, second] where bytes.count >= word.utf8CodeUnitCount {
        let head = bytes.prefix(word.utf8CodeUnitCount).map { $0 & 0xDF }
        if word.withUTF8Buffer({ $0.elementsEqual(head) }) {
          bytes = bytes.dropFirst(word.utf8CodeUnitCount)
          return true
        }
      }
      return false
    }
    guard let year = digits(4), let mark = bytes.first, skip("-") || skip("/"),
      let month = digits(2), bytes.first == mark, skip("-") || skip("/"), let number = digits(2),
      let day = CalendarDay(year: Int(year), month: Int(month), day: Int(number))
    else { return nil }
    var total = Timestamp(startOf: day).microseconds
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
      if skip(".") || skip(",") {
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
    let isZulu = skip("Z") || skip("z")
    if !isZulu { _ = skipWords("UTC", "GMT") }
    if bytes.isEmpty || (isZulu && Timestamp.isZoneName(Array(bytes))) {
      microseconds = total
      return
    }
    let sign: Int64
    if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
    guard !isZulu, let zoneHour = digits(2) else { return nil }
    let isSplit = skip(":")
    let hasMinute = isSplit || bytes.first.map { (48...57).contains($0) } == true
    guard let zoneMinute = hasMinute ? digits(2) : 0, zoneHour < 24, zoneMinute < 60,
      bytes.isEmpty || Timestamp.isZoneName(Array(bytes))
    else { return nil }
    microseconds = total - sign * (zoneHour * 3600 + zoneMinute * 60) * 1_000_000
  }

  /// Whether `rest` is the name of a zone behind what says the offset: ` CEST`, `[Europe/Berlin]`.
  private static func isZoneName(_ rest: [UInt8]) -> Bool {
    func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte & 0xDF) }
    if rest.first == UInt8(ascii: " ") {
      return (2...5).contains(rest.count - 1) && rest.dropFirst().allSatisfy(isLetter)
    }
    return rest.count > 2 && rest.first == UInt8(ascii: "[") && rest.last == UInt8(ascii: "]")
      && rest.dropFirst().dropLast().allSatisfy {
        isLetter($0) || "/_+-0123456789".utf8.contains($0)
      }
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
