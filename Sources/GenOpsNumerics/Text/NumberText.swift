/// One plain number as a person writes it: `2.5`, `+12`, `40k`, `1.5M`, `30%`.
package enum NumberText {
  /// What a letter right after the digits multiplies by.
  static let scales: [Character: Double] = ["k": 1e3, "M": 1e6, "B": 1e9]

  /// The number, with `%` as hundredths; nil for anything else.
  package static func value(_ text: String) -> Double? {
    let bare = text.filter { $0 != " " }
    if bare.hasSuffix("%") { return scaled(bare.dropLast()).map { $0 / 100 } }
    return scaled(bare[...])
  }

  /// A plain number with `k`, `M` or `B`.
  static func scaled(_ text: Substring) -> Double? {
    guard let last = text.last, let scale = scales[last] else { return plain(text) }
    return plain(text.dropLast()).map { $0 * scale }
  }

  /// Decimal digits only: no exponent, no `inf`, no hexadecimal.
  static func plain(_ text: Substring) -> Double? {
    let digits = text.first == "+" || text.first == "-" ? text.dropFirst() : text
    guard let first = digits.first, first.isASCII, first.isNumber || first == ".",
      digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") })
    else { return nil }
    return Double(text)
  }

  /// Up to six digits after the point, without trailing zeros.
  package static func shown(_ value: Double) -> String {
    let rounded = (value * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() && abs(rounded) < 1e15
      ? String(Int64(rounded)) : String(rounded)
  }
}
