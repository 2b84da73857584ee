import GenOpsUnits

/// A range of which values are drawn: `1% to 5% per month`, `20k to 80k`.
///
/// It is reckoned in whole steps of a power of ten, so that a value has the same digits on every machine.
package struct SweepRange: Sendable, Equatable {
  /// The ends in steps of 10^−``decimals``.
  private let low: Int64
  private let high: Int64
  private let decimals: Int
  /// `+` where both ends have it.
  private let sign: String
  /// What stands behind the number.
  private let unit: String

  /// Nil where the text is not two numbers of one unit with "to" between them, the lower first.
  package init?(_ text: String) {
    let words = text.split(separator: " ").map(String.init)
    guard let to = words.firstIndex(of: "to"),
      let (a, unitA) = SweepRange.number(words[..<to].joined(separator: " ")),
      let (b, unitB) = SweepRange.number(words[(to + 1)...].joined(separator: " ")),
      unitB.hasPrefix(unitA)
    else { return nil }
    // Enough steps that four digits of the range are told apart.
    for decimals in 0...12 {
      guard let low = try? a.whole(tenTo: decimals), let high = try? b.whole(tenTo: decimals),
        low < high, high.subtractingReportingOverflow(low).overflow == false, high - low >= 10_000
      else { continue }
      self.low = low
      self.high = high
      self.decimals = decimals
      unit = unitB
      sign = text.hasPrefix("+") ? "+" : ""
      return
    }
    return nil
  }

  /// The value in the middle of the way, in millionths of it.
  package func value(at millionths: Int64) -> String {
    // The width is below 2^63, and the product has 128 bits.
    let offset = Int128(high - low) * Int128(min(1_000_000, max(0, millionths))) / 1_000_000
    // It lies between the ends.
    let steps = low + Int64(offset)
    let isNegative = steps < 0
    var digits = String(steps.magnitude)
    if decimals > 0 {
      digits = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
      let point = digits.index(digits.endIndex, offsetBy: -decimals)
      digits = digits[..<point] + "." + digits[point...]
      while digits.hasSuffix("0") { digits.removeLast() }
      if digits.hasSuffix(".") { digits.removeLast() }
    }
    return (isNegative ? "-" : sign) + digits + unit
  }

  /// A number with its sign and magnitude, and what stands behind it.
  private static func number(_ text: String) -> (Numeral, String)? {
    let isNegative = text.hasPrefix("-")
    let body = text.hasPrefix("+") || isNegative ? text.dropFirst() : text[...]
    let figures = body.prefix { $0.isASCII && ($0.isNumber || "._,".contains($0)) }
    var rest = body[figures.endIndex...]
    var written = String(figures)
    for suffix in Numeral.suffixes.map(\.text) where rest.hasPrefix(suffix) {
      let behind = rest.dropFirst(suffix.count)
      if let next = behind.first, next.isLetter { continue }
      written += suffix
      rest = behind
      break
    }
    guard !figures.isEmpty, var numeral = try? Numeral(written) else { return nil }
    numeral.isNegative = isNegative
    return (numeral, String(rest))
  }
}
