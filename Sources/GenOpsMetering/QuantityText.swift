/// Why a text is not a number of units.
public enum QuantityTextError: Error, Sendable, Equatable, CustomStringConvertible {
  case notANumber(String)
  case negative(String)
  /// `1.5`, or `1.2345k`: a part of a unit.
  case notWhole(String)
  /// Beyond 9.2 · 10¹⁸.
  case outOfRange(String)

  public var description: String {
    switch self {
    case .notANumber(let text): "'\(text)' is not a number of units"
    case .negative(let text): "'\(text)' is negative; usage counts from 0"
    case .notWhole(let text): "'\(text)' is not a whole number of units"
    case .outOfRange(let text): "'\(text)' is too large; the most is 9.2e18"
    }
  }
}

/// Whole numbers of units as people write them: `2M`, `1.5k`, `10_000_000`, `1e6`.
///
/// `k`, `M`, `B` and `T` in either case are 10³, 10⁶, 10⁹ and 10¹². The result is exact: a text
/// that is not whole after its suffix is an error, never rounded.
public enum QuantityText {
  /// The number of units that `text` says. A comma is no digit separator here, because it separates
  /// the entries of a usage text; `_` is.
  public static func parse(_ text: some StringProtocol) throws(QuantityTextError) -> Int64 {
    let shown = String(text)
    var bytes = shown.utf8[...]
    while bytes.first == UInt8(ascii: " ") { bytes = bytes.dropFirst() }
    while bytes.last == UInt8(ascii: " ") { bytes = bytes.dropLast() }
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
    var value: Int64 = 0
    var digits = 0
    var decimals: Int?
    var overflow = false
    while let byte = bytes.first {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        if let places = decimals { decimals = places + 1 }
        let (shifted, a) = value.multipliedReportingOverflow(by: 10)
        let (sum, b) = shifted.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
        overflow = overflow || a || b
        value = sum
      case UInt8(ascii: "_") where digits > 0: break
      case UInt8(ascii: ".") where decimals == nil: decimals = 0
      default:
        guard let power = exponent(bytes), digits > 0 else { throw .notANumber(shown) }
        return try scaled(
          value, by: power - (decimals ?? 0), overflow: overflow, isNegative: isNegative, shown)
      }
      bytes = bytes.dropFirst()
    }
    if digits == 0 { throw .notANumber(shown) }
    return try scaled(
      value, by: -(decimals ?? 0), overflow: overflow, isNegative: isNegative, shown)
  }

  /// The power of ten that a suffix stands for; nil when it is none.
  private static func exponent(_ suffix: Substring.UTF8View) -> Int? {
    guard let first = suffix.first else { return 0 }
    if first | 0x20 == UInt8(ascii: "e") {
      guard let power = Int(Substring(suffix.dropFirst())), (0...18).contains(power) else {
        return nil
      }
      return power
    }
    guard suffix.count == 1 else { return nil }
    return switch first | 0x20 {
    case UInt8(ascii: "k"): 3
    case UInt8(ascii: "m"): 6
    case UInt8(ascii: "b"), UInt8(ascii: "g"): 9
    case UInt8(ascii: "t"): 12
    default: nil
    }
  }

  private static func scaled(
    _ value: Int64, by power: Int, overflow: Bool, isNegative: Bool, _ shown: String
  ) throws(QuantityTextError) -> Int64 {
    if isNegative, value != 0 || overflow { throw .negative(shown) }
    if overflow { throw .outOfRange(shown) }
    var result = value
    for _ in 0..<max(0, power) {
      let (shifted, overflow) = result.multipliedReportingOverflow(by: 10)
      if overflow { throw .outOfRange(shown) }
      result = shifted
    }
    for _ in 0..<max(0, -power) {
      if result % 10 != 0 { throw .notWhole(shown) }
      result /= 10
    }
    return result
  }
}
