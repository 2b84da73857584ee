import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// The line of an event of one kind, with places for what differs from event to event: all of a fixed width, so
/// that a line is a copy with a few words written over.
struct EventTemplate {
  /// The line with its end.
  private(set) var bytes: [UInt8] = []
  private(set) var uuid = 0
  private(set) var person = 0
  private(set) var session = 0
  /// The places of the two instants, `2027-02-14T10:00:00.000000+00:00`.
  private(set) var times: (Int, Int) = (0, 0)
  /// The place of the group's digits; nil for an event without.
  private(set) var group: Int?
  let isIdentified: Bool

  /// The library that the events say they come from.
  static let library = "genops"

  init(_ kind: GeneratedTraffic.Kind, isGrouped: Bool, day: CalendarDay) {
    isIdentified = kind.isIdentified
    let uuid = String(repeating: "0", count: 36)
    let time = "\(day)T00:00:00.000000+00:00"
    bytes += #"{"uuid":""#.utf8
    self.uuid = bytes.count
    bytes += uuid.utf8
    bytes += #"","event":\#(JSONValue.string(kind.name).description),"distinct_id":""#.utf8
    if isIdentified { bytes += "user_".utf8 }
    person = bytes.count
    bytes += (isIdentified ? String(repeating: "0", count: 16) : uuid).utf8
    bytes += #"","properties":{"$session_id":""#.utf8
    session = bytes.count
    bytes += uuid.utf8
    bytes += #"","$lib":"\#(EventTemplate.library)""#.utf8
    if !isIdentified { bytes += #","$process_person_profile":false"#.utf8 }
    if kind.name == "$pageview" { bytes += #","$current_url":"https://shop.example/""#.utf8 }
    if isGrouped {
      bytes += #","$group_0":"company_"#.utf8
      group = bytes.count
      bytes += #"00000000""#.utf8
    }
    for dimension in Attribution.dimensions {
      guard let value = kind.attribution[dimension] else { continue }
      bytes +=
        ",\"\(EventOwner.property(dimension))\":\(JSONValue.string(value).description)".utf8
    }
    bytes += #"},"person_properties":{},"elements_chain":"","timestamp":""#.utf8
    times.0 = bytes.count
    bytes += time.utf8
    bytes += #"","created_at":""#.utf8
    times.1 = bytes.count
    bytes += time.utf8
    bytes += "\"}\n".utf8
  }
}

/// Digits written into the places of a line.
enum LineDigits {
  /// Eight hexadecimal digits, the highest first in memory: each nibble is spread into a byte of its own, and the
  /// letters are what is above 9.
  @inline(__always)
  static func write(hex value: UInt32, at place: UnsafeMutablePointer<UInt8>) {
    var x = UInt64(value)
    x = (x << 16 | x) & 0x0000_FFFF_0000_FFFF
    x = (x << 8 | x) & 0x00FF_00FF_00FF_00FF
    x = (x << 4 | x) & 0x0F0F_0F0F_0F0F_0F0F
    let letters = (x &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    let text = x &+ 0x3030_3030_3030_3030 &+ letters &* 39
    UnsafeMutableRawPointer(place).storeBytes(of: text.bigEndian, as: UInt64.self)
  }

  /// 32 hexadecimal digits as 8-4-4-4-12.
  @inline(__always)
  static func write(uuid high: UInt64, _ low: UInt64, at place: UnsafeMutablePointer<UInt8>) {
    // Each group is written with what follows it, and that is written over.
    write(hex: UInt32(truncatingIfNeeded: high >> 32), at: place)
    write(hex: UInt32(truncatingIfNeeded: high), at: place + 9)
    write(hex: UInt32(truncatingIfNeeded: high << 16), at: place + 14)
    write(hex: UInt32(truncatingIfNeeded: low >> 32), at: place + 19)
    write(hex: UInt32(truncatingIfNeeded: low >> 16), at: place + 24)
    write(hex: UInt32(truncatingIfNeeded: low), at: place + 28)
    place[8] = UInt8(ascii: "-")
    place[13] = UInt8(ascii: "-")
    place[18] = UInt8(ascii: "-")
    place[23] = UInt8(ascii: "-")
  }

  /// `10:00:00.000000`, of a time of day in microseconds.
  @inline(__always)
  static func write(time: Int64, at place: UnsafeMutablePointer<UInt8>) {
    // A day has 86,400 seconds.
    let seconds = UInt32(truncatingIfNeeded: time / 1_000_000)
    let fraction = UInt32(truncatingIfNeeded: time % 1_000_000)
    func two(_ value: UInt32, _ offset: Int) {
      place[offset] = UInt8(truncatingIfNeeded: 48 &+ value / 10)
      place[offset + 1] = UInt8(truncatingIfNeeded: 48 &+ value % 10)
    }
    two(seconds / 3600, 0)
    two(seconds / 60 % 60, 3)
    two(seconds % 60, 6)
    two(fraction / 10_000, 9)
    two(fraction / 100 % 100, 11)
    two(fraction % 100, 13)
  }
}
