import Foundation
import GenOpsUnits

/// One sheet as SpreadsheetML (ECMA-376, part 1, section 18.3).
struct SheetXML {
  /// The most rows and columns of a sheet.
  static let mostRows = 1_048_576
  private static let mostColumns = 16_384
  /// Characters of the widest column that is as wide as its text; wider text is broken.
  private static let widest = 70
  /// In points.
  private static let lineHeight = 15

  private let sheet: ReportSheet
  private let widths: [Int]

  /// Rows from number `most` on have no room.
  init(_ sheet: ReportSheet, most: Int = SheetXML.mostRows) {
    var sheet = sheet
    if sheet.rows.count > most {
      let left = sheet.rows.count - most + 1
      sheet.rows.removeLast(left)
      sheet.add([.text("\(left) more rows have no room in a sheet", .note)])
      sheet.filter = sheet.filter.map { $0.clamped(to: 0..<max(1, most - 1)) }
    }
    self.sheet = sheet
    widths = SheetXML.widths(sheet)
  }

  /// The file of the sheet; `styles` takes up the looks of its cells.
  func xml(_ styles: inout WorkbookStyles, isFirst: Bool) -> String {
    var out = WorkbookPackage.head
    out += "<worksheet xmlns=\"\(WorkbookPackage.main)\">"
    // On paper a sheet is as wide as the page.
    out += "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>"
    out += "<sheetViews><sheetView showGridLines=\"0\" workbookViewId=\"0\""
    out += (isFirst ? " tabSelected=\"1\">" : ">") + pane + "</sheetView></sheetViews>"
    out += "<sheetFormatPr defaultRowHeight=\"\(SheetXML.lineHeight)\"/>"
    if !widths.isEmpty {
      out += "<cols>"
      for (column, width) in widths.enumerated() {
        out +=
          "<col min=\"\(column + 1)\" max=\"\(column + 1)\" width=\"\(width)\" customWidth=\"1\"/>"
      }
      out += "</cols>"
    }
    out += "<sheetData>"
    for (row, cells) in sheet.rows.enumerated() where !cells.isEmpty {
      let count =
        cells.prefix(SheetXML.mostColumns).enumerated().map { lines(of: $1, in: $0) }.max() ?? 1
      // Some spreadsheets leave a row as high as one line.
      let height = count > 1 ? " ht=\"\(count * SheetXML.lineHeight)\" customHeight=\"1\"" : ""
      out += "<row r=\"\(row + 1)\"\(height)>"
      for (column, cell) in cells.prefix(SheetXML.mostColumns).enumerated() {
        out += xml(cell, row, column, &styles)
      }
      out += "</row>"
    }
    out += "</sheetData>"
    if let range = filter { out += "<autoFilter ref=\"\(range)\"/>" }
    out +=
      "<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.5\" header=\"0.3\" footer=\"0.3\"/>"
    out += "<pageSetup orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/>"
    return out + "</worksheet>"
  }

  private var pane: String {
    let (rows, columns) = sheet.frozen
    if rows == 0, columns == 0 { return "" }
    let side =
      rows > 0 && columns > 0 ? "bottomRight" : rows > 0 ? "bottomLeft" : "topRight"
    return "<pane" + (columns > 0 ? " xSplit=\"\(columns)\"" : "")
      + (rows > 0 ? " ySplit=\"\(rows)\"" : "")
      + " topLeftCell=\"\(CellPlace("", rows, columns).here)\" activePane=\"\(side)\" state=\"frozen\"/>"
      + "<selection pane=\"\(side)\"/>"
  }

  /// `A4:H60`; nil without a table.
  private var filter: String? {
    guard let rows = sheet.filter, let first = rows.first, let last = rows.last,
      sheet.rows.indices.contains(last), !sheet.rows[first].isEmpty
    else { return nil }
    return CellPlace("", first, 0).here + ":"
      + CellPlace("", last, sheet.rows[first].count - 1).here
  }

  private func xml(
    _ cell: ReportSheet.Cell, _ row: Int, _ column: Int, _ styles: inout WorkbookStyles
  ) -> String {
    let style = styles.style(of: cell, wraps: lines(of: cell, in: column) > 1, column: column)
    let start =
      "<c r=\"\(CellPlace("", row, column).here)\"" + (style > 0 ? " s=\"\(style)\"" : "")
    switch cell.content {
    case .empty: return style > 0 ? start + "/>" : ""
    case .number(let value):
      guard value.isFinite else { return style > 0 ? start + "/>" : "" }
      return start + "><v>\(SheetXML.number(value))</v></c>"
    case .formula(let formula, let value):
      return start + "><f>\(Markup.escaped(formula))</f>"
        + (value.isFinite ? "<v>\(SheetXML.number(value))</v></c>" : "</c>")
    case .textFormula(let formula, let text):
      return start
        + " t=\"str\"><f>\(Markup.escaped(formula))</f><v>\(SheetText.escaped(text))</v></c>"
    case .text(let text):
      let isPadded = text.unicodeScalars.first == " " || text.unicodeScalars.last == " "
      return start + " t=\"inlineStr\"><is><t" + (isPadded ? " xml:space=\"preserve\">" : ">")
        + SheetText.escaped(text) + "</t></is></c>"
    }
  }

  /// How many lines a text takes in its column.
  private func lines(of cell: ReportSheet.Cell, in column: Int) -> Int {
    guard case .text(let text) = cell.content, !cell.role.runsOver else { return 1 }
    // Bold letters are wider, and the filter's button takes room.
    let isHead = cell.role == .head || cell.role == .rightHead
    let room = max(1, widths[column] - (isHead ? 3 : 1))
    return text.displayWidth <= room ? 1 : min(20, text.wrapped(room).count)
  }

  /// A number as XML Schema's `double` has it; a whole one without a point.
  static func number(_ value: Double) -> String {
    if abs(value) < 1e15, let whole = Int64(exactly: value) { return "\(whole)" }
    return "\(value)"
  }

  /// What takes the most room in each column, in characters; titles and notes run over their cells.
  private static func widths(_ sheet: ReportSheet) -> [Int] {
    var widths: [Int] = []
    for cells in sheet.rows {
      for (column, cell) in cells.prefix(mostColumns).enumerated() {
        if column >= widths.count { widths.append(8) }
        if cell.role.runsOver { continue }
        widths[column] = max(widths[column], min(widest, width(cell) + 2))
      }
    }
    for (column, width) in sheet.widths where widths.indices.contains(column) {
      widths[column] = width
    }
    return widths
  }

  private static func width(_ cell: ReportSheet.Cell) -> Int {
    switch cell.content {
    case .empty: return 0
    case .text(let text), .textFormula(_, let text):
      guard cell.role == .head || cell.role == .rightHead else { return text.displayWidth + 1 }
      // A head is broken at its words, but for a short one.
      let longest = text.split(separator: " ").map { String($0).displayWidth }.max() ?? 0
      let whole = text.displayWidth
      return max(whole <= 12 ? whole : whole / 2, longest) + 2
    case .number(let value), .formula(_, let value): return width(value, cell.form)
    }
  }

  private static func width(_ value: Double, _ form: ReportSheet.Form) -> Int {
    guard value.isFinite else { return 0 }
    switch form {
    case .general: return min(12, number(value).utf8.count)
    case .price: return min(12, number(value).utf8.count) + 2
    case .percent(let decimals, _): return 6 + decimals
    case .bound where value >= 1e15: return 8
    case .bound: return digits(value)
    case .number(let decimals, let before, let behind):
      return digits(value) + (decimals > 0 ? decimals + 1 : 0) + before.displayWidth
        + behind.displayWidth
    }
  }

  /// With separators and a sign.
  private static func digits(_ value: Double) -> Int {
    // Of a finite number of at least 1 the logarithm lies between 0 and 309.
    let digits = Int(log10(max(1, abs(value.rounded())))) + 1
    return digits + (digits - 1) / 3 + (value < 0 ? 1 : 0)
  }
}
