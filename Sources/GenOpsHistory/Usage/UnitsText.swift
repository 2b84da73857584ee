import GenOpsIngestion
import GenOpsUnits

/// What a cell says of the units used.
enum UnitsText: Equatable {
  case units(Double)
  /// Nothing is written.
  case missing
  /// Below zero, which no meter can be.
  case negative
  /// An amount of money: a number with a sign or name of a currency.
  case money
  /// Not a number, or beyond what a meter can count.
  case garbage

  /// The most units a cell can hold: above it a Double no longer counts every unit.
  static let most = 9.0e15

  /// Reads `1234`, `1234.5`, `1.2e6`, `1,234,567`, `1 234 567`, `1'234'567`, and with a decimal comma also
  /// `1.234` for thousands and `1,234` for a fraction. ``DecimalMark`` says which of the two a file has.
  init(_ text: String, decimalComma: Bool = false) {
    let digits = text.filter { !$0.isWhitespace && $0 != "_" && $0 != "'" && $0 != "’" }
    if digits.isEmpty {
      self = .missing
      return
    }
    guard let plain = UnitsText.plainNumber(digits, decimalComma: decimalComma),
      let value = Double(plain), value.isFinite, value.magnitude <= UnitsText.most
    else {
      let currencies = ["$", "€", "£", "USD", "EUR", "GBP"]
      let isMoney = currencies.contains { digits.hasPrefix($0) || digits.hasSuffix($0) }
      self = isMoney && digits.contains(where: \.isNumber) ? .money : .garbage
      return
    }
    self = value < 0 ? .negative : .units(value)
  }

  /// The units that a cell says of `day`; nil, with a finding where something is written, when it says
  /// none.
  static func read(
    _ text: String, decimalComma: Bool = false, on day: CalendarDay, at location: SourceLocation,
    _ findings: inout RepeatedFindings
  ) -> Double? {
    switch UnitsText(text, decimalComma: decimalComma) {
    case .units(let units): return units
    case .missing: return nil
    case .money:
      findings.add(
        .error, "history-is-spend", "'\(text.prefix(40))' is an amount of money",
        help: "export Billing > Usage, not Billing > Spend", at: location)
    case .negative, .garbage:
      findings.add(
        .warning, "history-value", "'\(text.prefix(40))' on \(day) is not a number of units",
        help: "the day counts as missing", at: location)
    }
    return nil
  }

  /// Units as a sentence names them: without decimals.
  static func words(_ units: Double) -> String {
    Int64(exactly: units.rounded()).map(String.init) ?? "\(units)"
  }

  /// The number with `.` as its decimal mark and no thousands separators, or nil.
  private static func plainNumber(_ text: String, decimalComma: Bool) -> String? {
    // Double's own reader takes hexadecimal and words such as "nan".
    guard text.utf8.allSatisfy({ "0123456789.,eE+-".utf8.contains($0) }) else { return nil }
    let commas = text.count { $0 == "," }
    let dots = text.count { $0 == "." }
    if commas == 0, dots <= 1 {
      return decimalComma && dots == 1 && isGrouped(text, by: ".")
        ? text.replacing(".", with: "") : text
    }
    if commas > 0, dots > 0 {
      guard let comma = text.lastIndex(of: ","), let dot = text.lastIndex(of: ".") else {
        return nil
      }
      let mark: Character = comma > dot ? "," : "."
      let group: Character = comma > dot ? "." : ","
      guard text.count(where: { $0 == mark }) == 1 else { return nil }
      let whole = String(text.prefix { $0 != mark })
      guard isGrouped(whole, by: group) else { return nil }
      return text.filter { $0 != group }.replacing(",", with: ".")
    }
    let group: Character = commas > 0 ? "," : "."
    if isGrouped(text, by: group), !(decimalComma && group == ",") {
      return text.filter { $0 != group }
    }
    return commas == 1 ? text.replacing(",", with: ".") : nil
  }

  /// Whether `text` is a whole number in groups of three: `1,234,567`.
  private static func isGrouped(_ text: String, by separator: Character) -> Bool {
    var digits = text[...]
    if digits.first == "-" || digits.first == "+" { digits = digits.dropFirst() }
    let groups = digits.split(separator: separator, omittingEmptySubsequences: false)
    // No one groups the thousands of a number that begins with zero: 0.125 is an eighth.
    return groups.count > 1 && (1...3).contains(groups[0].count) && groups[0].first != "0"
      && groups.dropFirst().allSatisfy { $0.count == 3 }
      && groups.allSatisfy { $0.allSatisfy { ("0"..."9").contains($0) } }
  }
}
