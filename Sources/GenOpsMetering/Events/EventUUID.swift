/// The 128 bits of an event's `uuid`, by which PostHog and the meter tell a retry from a new event.
public struct EventUUID: Sendable, Hashable {
  public var high: UInt64
  public var low: UInt64

  /// The 128 bits as they are, whatever the version.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

extension EventUUID: CustomStringConvertible {
  /// Reads `0191d6b0-0000-7000-8000-000000000001`, or the same 32 hex digits without hyphens, in
  /// either case. Nil for anything else.
  public init?(_ text: some StringProtocol) {
    var high: UInt64 = 0
    var low: UInt64 = 0
    var digits = 0
    var position = 0
    for byte in text.utf8 {
      defer { position += 1 }
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      case UInt8(ascii: "-") where [8, 13, 18, 23].contains(position): continue
      default: return nil
      }
      if digits < 16 { high = high << 4 | UInt64(digit) } else { low = low << 4 | UInt64(digit) }
      digits += 1
    }
    guard digits == 32, position == 32 || position == 36 else { return nil }
    self.init(high: high, low: low)
  }

  /// 36 characters in lower case.
  public var description: String {
    func hex(_ value: UInt64) -> String {
      let digits = String(value, radix: 16)
      return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
    let all = Array((hex(high) + hex(low)).utf8)
    let parts = [all[0..<8], all[8..<12], all[12..<16], all[16..<20], all[20..<32]]
    return parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
  }
}
