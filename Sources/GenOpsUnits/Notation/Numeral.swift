/// A number in figures as it was written, exactly: `1,250.50`, `40k`, `1e6`.
///
/// It holds digits and a power of ten and no binary number, so that money and units stay exact
/// whatever reads them. Its sign is a part of the notation around it.
package struct Numeral: Sendable, Hashable {
  /// As written, for findings.
  package var text: String
  /// The significant digits without leading zeros; empty for 0.
  package var digits: String
  /// The power of ten that the digits are multiplied by: −2 for `1250.50`, 3 for `40k`.
  package var exponent: Int
  /// Written as `1e6`.
  package var hasExponent: Bool
  /// Set by whoever reads the sign before it.
  package var isNegative = false

  /// Why a number does not fit where it is wanted.
  package enum Misfit: Error { case notWhole, outOfRange }

  /// `text` with its sign.
  package var signedText: String { (isNegative ? "-" : "") + text }

  /// Whether it is 0.
  package var isZero: Bool { digits.isEmpty }

  /// This number times 10^`power` as an integer, exactly; never rounded.
  package func whole(tenTo power: Int = 0) throws(Misfit) -> Int64 {
    var digits = digits[...]
    var shift = exponent + power
    while shift < 0, let last = digits.last {
      guard last == "0" else { throw .notWhole }
      digits.removeLast()
      shift += 1
    }
    if digits.isEmpty { return 0 }
    guard digits.count + shift <= 19 else { throw .outOfRange }
    let padded = digits + String(repeating: "0", count: max(0, shift))
    guard let value = Int64(padded) else { throw .outOfRange }
    return isNegative ? -value : value
  }

  /// The nearest binary number; always finite.
  package var approximate: Double {
    let magnitude = isZero ? 0 : Double("\(digits)e\(exponent)") ?? 0
    return isNegative ? -magnitude : magnitude
  }
}
