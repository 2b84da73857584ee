/// Why a text is not an amount of money.
public enum MoneyTextError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Not a decimal number.
  case notANumber(String)
  /// More than nine decimals.
  case finerThanNano(String)
  /// Beyond ±9.2 billion.
  case outOfRange(String)

  public var description: String {
    switch self {
    case .notANumber(let text): "'\(text)' is not an amount; write a decimal such as 1250.50"
    case .finerThanNano(let text):
      "'\(text)' has more than 9 decimals; the finest amount is 0.000000001"
    case .outOfRange(let text): "'\(text)' is beyond 9.2 billion"
    }
  }
}

extension Money: CustomStringConvertible {
  /// Reads a plain decimal such as `250`, `-3.5` or `0.000065`, exactly. `_` and `,` between
  /// digits are ignored.
  public init(parsing text: String) throws(MoneyTextError) {
    var nanos: Int64 = 0
    var decimals: Int?
    var digits = 0
    var bytes = text.utf8[...]
    let negative = bytes.first == UInt8(ascii: "-")
    if negative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        if let places = decimals {
          if places == 9 {
            if byte == UInt8(ascii: "0") { continue }
            throw .finerThanNano(text)
          }
          decimals = places + 1
        }
        let (shifted, a) = nanos.multipliedReportingOverflow(by: 10)
        let (sum, b) = shifted.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
        if a || b { throw .outOfRange(text) }
        nanos = sum
      case UInt8(ascii: ".") where decimals == nil: decimals = 0
      case UInt8(ascii: "_"), UInt8(ascii: ","):
        if digits == 0 || decimals != nil { throw .notANumber(text) }
      default: throw .notANumber(text)
      }
    }
    if digits == 0 { throw .notANumber(text) }
    for _ in (decimals ?? 0)..<9 {
      let (shifted, overflow) = nanos.multipliedReportingOverflow(by: 10)
      if overflow { throw .outOfRange(text) }
      nanos = shifted
    }
    self.init(nanos: negative ? -nanos : nanos)
  }

  /// At least 2 and at most 9 decimals; zeros beyond the second decimal are cut: `50.00`,
  /// `0.00005`.
  public var description: String { text(decimals: nil) }

  /// The amount with exactly `decimals` decimals, rounded half away from zero, or with the natural
  /// 2 to 9 when nil. This is the only place where money is rounded.
  public func text(decimals: Int?, grouping: Bool = false) -> String {
    var magnitude = nanos.magnitude
    var places = 9
    if let decimals {
      var divisor: UInt64 = 1
      for _ in max(0, min(9, decimals))..<9 { divisor *= 10 }
      magnitude = (magnitude + divisor / 2) / divisor
      places = max(0, min(9, decimals))
    }
    var fraction: [UInt8] = []
    for _ in 0..<places {
      fraction.append(UInt8(ascii: "0") + UInt8(magnitude % 10))
      magnitude /= 10
    }
    fraction.reverse()
    if decimals == nil {
      while fraction.count > 2, fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
    }
    var whole = String(magnitude)
    if grouping { whole = groupedDigits(whole) }
    let sign = nanos < 0 && !(magnitude == 0 && fraction.allSatisfy { $0 == 48 }) ? "-" : ""
    return sign + whole + (fraction.isEmpty ? "" : "." + String(decoding: fraction, as: UTF8.self))
  }
}

/// `1234567` as `1,234,567`.
public func groupedDigits(_ digits: String) -> String {
  var out: [Character] = []
  for (position, digit) in digits.reversed().enumerated() {
    if position > 0, position % 3 == 0, digit.isNumber { out.append(",") }
    out.append(digit)
  }
  return String(out.reversed())
}
