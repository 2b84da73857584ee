import GenOpsUnits

extension ReportSheet {
  /// A table as a sheet: its header stays in sight, and rows can be picked by their values.
  package init(_ table: ReportTable, name: String) {
    self.init(name)
    if !table.title.isEmpty { open(table.title, table.note.map { [$0] } ?? []) }
    let header = add(table)
    frozen = (header + 1, 1)
    // A filter would take the sum for a row like the others.
    if !table.hasTotal, table.rows.count > 1 { filter = header..<rows.count }
  }

  /// Adds the header and the rows of a table, and says where the header is.
  @discardableResult
  package mutating func add(_ table: ReportTable) -> Int {
    let header = add(
      table.columns.map { .text($0.title.displayable, $0.isNumber ? .rightHead : .head) })
    for (index, row) in table.rows.enumerated() {
      let isTotal = table.hasTotal && index == table.rows.count - 1
      add(
        table.columns.indices.map { column in
          let cell = table.cell(row, column)
          return Cell(cell, isNumber: table.columns[column].isNumber, isTotal: isTotal)
        })
    }
    return header
  }
}

extension ReportSheet.Role {
  /// How a cell of a table looks, by its tone.
  init(_ tone: Tone) {
    switch tone {
    case .strong: self = .strong
    case .bad: self = .bad
    case .good: self = .good
    default: self = .plain
    }
  }
}

extension ReportSheet.Cell {
  /// A cell of a table: its number where there is one, shown as the table shows it, else its text.
  init(_ cell: ReportTable.Cell, isNumber: Bool, isTotal: Bool) {
    let role = isTotal ? .total : ReportSheet.Role(cell.tone)
    if let text = cell.value {
      guard let value = PlainNumber(text)?.value else {
        // Unknown, or not a number: a date.
        self = .text(text.displayable, role)
        return
      }
      self.init(.number(value), Self.form(of: value, shownAs: cell.text), role)
    } else if isNumber, let number = PlainNumber(grouped: cell.text) {
      self.init(.number(number.value), .number(decimals: number.decimals), role)
    } else {
      self = .text(cell.text, role)
    }
  }

  /// The form in which `value` looks as the words do: `45 %`, `64,906`, `~ 1.2`.
  static func form(of value: Double, shownAs text: String) -> ReportSheet.Form {
    let isSigned = text.hasPrefix("+") || (text.hasPrefix("-") && text.hasSuffix(" %"))
    var core = Substring(text.hasPrefix("+") ? String(text.dropFirst()) : text)
    let marks = ["~ ", "~", "! "].filter { core.hasPrefix($0) }.prefix(1).joined()
    core = core.dropFirst(marks.count)
    let isPercent = core.hasSuffix(" %")
    if isPercent { core = core.dropLast(2) }
    for sign in ["<", ">"] where core.hasPrefix(sign) { core = core.dropFirst() }
    guard let shown = PlainNumber(grouped: String(core)) else {
      return value == value.rounded() ? .count : .general
    }
    let half = 0.6 * decimalPower(-shown.decimals)
    if isPercent {
      return abs(value - shown.value) <= half && abs(value * 100 - shown.value) > half
        ? .number(decimals: shown.decimals, before: marks, behind: " %")
        : .percent(
          decimals: max(shown.decimals, value != 0 && abs(value) < 0.01 ? 1 : 0), isSigned: isSigned
        )
    }
    // Words such as `9.1 M` have no number of their own here: the whole one is shown.
    return abs(value - shown.value) <= max(half, 1e-9 * abs(value))
      ? .number(decimals: shown.decimals, before: marks) : .count
  }

  private static func decimalPower(_ exponent: Int) -> Double {
    (0..<abs(exponent)).reduce(1.0) { power, _ in exponent < 0 ? power / 10 : power * 10 }
  }
}

extension ReportSheet.Cell {
  /// A figure as people read it: a number where it is one and nothing else.
  static func figure(_ text: String) -> Self {
    if let number = PlainNumber(grouped: text) {
      return .number(number.value, .number(decimals: number.decimals), .strong)
    }
    return .text(text.displayable, .strongRight)
  }
}

/// A number as files for programs write it, or as people do, with commas between thousands.
struct PlainNumber {
  var value: Double
  /// Digits behind the point, at most 9.
  var decimals: Int

  /// Digits with a sign, a point and an exponent, and nothing else: not `nan`, `0x10` or `1e9999`.
  init?(_ text: String) {
    guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let value = Double(text),
      value.isFinite
    else { return nil }
    self.value = value
    let point = text.utf8.firstIndex(of: UInt8(ascii: "."))
    decimals = point.map { min(9, text.utf8.distance(from: $0, to: text.utf8.endIndex) - 1) } ?? 0
  }

  /// `1,234.50`: groups of three before the point.
  init?(grouped text: String) {
    guard text.utf8.allSatisfy({ "0123456789-.,".utf8.contains($0) }) else { return nil }
    let whole = text.split(separator: ".", omittingEmptySubsequences: false)[0]
    let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
    let isGrouped =
      groups.dropFirst().allSatisfy { $0.utf8.count == 3 }
      && (groups.count == 1 || (1...3).contains(groups[0].utf8.filter { $0 != 0x2D }.count))
    guard isGrouped, !text.dropFirst(whole.count).contains(",") else { return nil }
    self.init(text.replacing(",", with: ""))
  }
}
