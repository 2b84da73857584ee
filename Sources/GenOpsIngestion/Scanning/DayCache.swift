import GenOpsUnits

/// Reads timestamps, most of which are of the day before them and written the same way.
struct DayCache {
  private var day: (UInt64, UInt16) = (0, 0)
  private var start: Int64 = 0

  /// The instant of `2027-02-14T10:00:00.123456Z`, with any number of digits behind the point or none, and
  /// with `+00:00` for `Z`; whatever else is a timestamp is read as everywhere. Nil when it is none.
  mutating func instant(_ slice: UnsafeBufferPointer<UInt8>) -> Timestamp? {
    plain(slice) ?? EventNode.instant(String(decoding: slice, as: UTF8.self))
  }

  private mutating func plain(_ slice: UnsafeBufferPointer<UInt8>) -> Timestamp? {
    guard slice.count >= 20, let bytes = slice.baseAddress else { return nil }
    let mark = bytes[10]
    guard mark == UInt8(ascii: "T") || mark == UInt8(ascii: " "), bytes[13] == UInt8(ascii: ":"),
      bytes[16] == UInt8(ascii: ":"), let hour = two(bytes + 11), let minute = two(bytes + 14),
      let second = two(bytes + 17), hour < 24, minute < 60, second < 60
    else { return nil }
    var place = 19
    var micros: Int64 = 0
    if bytes[19] == UInt8(ascii: ".") {
      var unit: Int64 = 100_000
      place = 20
      while place < slice.count, bytes[place] &- UInt8(ascii: "0") < 10 {
        micros &+= Int64(bytes[place] &- UInt8(ascii: "0")) &* unit
        unit /= 10
        place &+= 1
      }
      if place == 20 { return nil }
    }
    let zone = slice.count &- place
    let isUTC =
      zone == 1 && bytes[place] == UInt8(ascii: "Z")
      || zone == 6 && bytes[place] == UInt8(ascii: "+")
        && [1, 2, 4, 5].allSatisfy { bytes[place &+ $0] == UInt8(ascii: "0") }
        && bytes[place &+ 3] == UInt8(ascii: ":")
    guard isUTC, isDay(bytes) else { return nil }
    return Timestamp(
      microseconds: start &+ (hour &* 3600 &+ minute &* 60 &+ second) &* 1_000_000 &+ micros)
  }

  /// Whether the first ten bytes are a day; ``start`` is its beginning then.
  private mutating func isDay(_ bytes: UnsafePointer<UInt8>) -> Bool {
    let raw = UnsafeRawPointer(bytes)
    let written = (
      raw.loadUnaligned(as: UInt64.self), raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self)
    )
    if written == day { return true }
    let text = String(decoding: UnsafeBufferPointer(start: bytes, count: 10), as: UTF8.self)
    guard let read = Timestamp(text) else { return false }
    day = written
    start = read.microseconds
    return true
  }

  @inline(__always)
  private func two(_ bytes: UnsafePointer<UInt8>) -> Int64? {
    let tens = bytes[0] &- UInt8(ascii: "0")
    let ones = bytes[1] &- UInt8(ascii: "0")
    return tens < 10 && ones < 10 ? Int64(tens) &* 10 &+ Int64(ones) : nil
  }
}
