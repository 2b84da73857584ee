import GenOpsUnits

/// What the `y` of a row says.
enum SeriesNumber: Equatable {
  case value(Double)
  /// Nothing, or a word for it: unknown, not zero.
  case missing
  /// Text, or a number beyond all range.
  case text

  /// Reads a number; with a decimal comma `1.234` is a thousand and some.
  init(_ bytes: ArraySlice<UInt8>, decimalComma: Bool) {
    if bytes.isEmpty {
      self = .missing
      return
    }
    if !decimalComma, let plain = bytes.withUnsafeBufferPointer({ SeriesNumber.plain($0) }) {
      self = .value(plain.value)
      return
    }
    let text = String(decoding: bytes, as: UTF8.self)
    if SeriesNumber.nothing.contains(text.lowercased()) {
      self = .missing
      return
    }
    // Double's own reader takes hexadecimal and words such as "inf".
    let isNumeric = bytes.allSatisfy { "0123456789.eE+-".utf8.contains($0) }
    let mayBeGrouped = decimalComma && DecimalMark.evidence(bytes) == .openPoint
    if isNumeric, !mayBeGrouped, let value = Double(text), value.isFinite {
      self = .value(value)
      return
    }
    let isNegative = text.hasPrefix("-")
    switch UnitsText(isNegative ? String(text.dropFirst()) : text, decimalComma: decimalComma) {
    case .units(let value): self = .value(isNegative ? -value : value)
    default: self = .text
    }
  }

  /// Reads a number as a table with `mark` usually writes them, and as it may be when all are known.
  static func read(
    _ bytes: ArraySlice<UInt8>, _ mark: inout DecimalMark, at place: () -> SourceLocation
  ) -> (number: SeriesNumber, other: Double?) {
    if !mark.isSemicolons, let plain = bytes.withUnsafeBufferPointer({ SeriesNumber.plain($0) }) {
      mark.take(plain.evidence, of: bytes, at: place)
      return (.value(plain.value), nil)
    }
    let number = SeriesNumber(bytes, decimalComma: mark.isSemicolons)
    guard case .value = number else { return (number, nil) }
    let evidence = DecimalMark.evidence(bytes)
    mark.take(evidence, of: bytes, at: place)
    guard mark.mayChange(evidence),
      case .value(let other) = SeriesNumber(bytes, decimalComma: !mark.isSemicolons)
    else { return (number, nil) }
    return (number, other)
  }

  /// What people, pandas and databases write for nothing.
  private static let nothing: Set<String> = [
    "nan", "na", "n/a", "null", "none", "-", "?", ".", "\\n", "<na>",
  ]

  /// Powers of ten that a Double holds exactly.
  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]

  /// A plain decimal number of at most 15 digits, whose quotient by a power of ten is the nearest Double
  /// because both are exact (W. D. Clinger, "How to read floating point numbers accurately", 1990); nil for
  /// any other.
  private static func plain(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> (value: Double, evidence: DecimalMark.Evidence)? {
    guard !bytes.isEmpty else { return nil }
    var place = 0
    let isNegative = bytes[0] == UInt8(ascii: "-")
    if isNegative { place = 1 }
    guard bytes.count - place <= 16, bytes.count > place else { return nil }
    var digits = 0
    var mantissa: Int64 = 0
    var decimals = -1
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "."), decimals < 0 {
        decimals = 0
        continue
      }
      guard byte >= 48, byte <= 57 else { return nil }
      mantissa = mantissa * 10 + Int64(byte - 48)
      digits += 1
      if decimals >= 0 { decimals += 1 }
    }
    guard (1...15).contains(digits) else { return nil }
    let value = decimals > 0 ? Double(mantissa) / powers[decimals] : Double(mantissa)
    let whole = digits - decimals
    let isOpen =
      decimals == 3 && (1...3).contains(whole) && bytes[isNegative ? 1 : 0] != UInt8(ascii: "0")
    return (
      isNegative ? -value : value, decimals < 0 ? .none : isOpen ? .openPoint : .point
    )
  }
}
