import Foundation
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsReporting

/// Sheets, cells and texts of a workbook.
struct `A workbook` {
  private func parts(_ sheets: [ReportSheet]) throws -> ZIPReader {
    try #require(
      ZIPReader(WorkbookPackage.bytes(sheets, title: "<test>", version: "1")))
  }

  /// A sheet of one row.
  private func sheet(_ cells: ReportSheet.Cell...) -> ReportSheet {
    var sheet = ReportSheet("One")
    sheet.add(cells)
    return sheet
  }

  @Test func `has a part for everything that its parts refer to, and each is XML`() throws {
    let read = try parts([sheet(.text("a")), sheet(.number(1, .money))])
    #expect(
      read.entries.map(\.name) == [
        "[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml",
        "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml",
      ])
    let named = Set(read.entries.map(\.name))
    for (file, pattern, folder) in [
      ("[Content_Types].xml", #/PartName="/([^"]*)"/#, ""),
      ("_rels/.rels", #/Target="([^"]*)"/#, ""),
      ("xl/_rels/workbook.xml.rels", #/Target="([^"]*)"/#, "xl/"),
    ] {
      let text = try #require(read[file])
      let targets = text.matches(of: pattern).map { folder + $0.1 }
      #expect(targets.count >= 3 && Set(targets).isSubset(of: named), "\(file): \(targets)")
    }
    let workbook = try #require(read["xl/workbook.xml"])
    #expect(workbook.contains("<sheet name=\"One\" sheetId=\"1\" r:id=\"rId1\"/>"))
    #expect(workbook.contains("<sheet name=\"One 2\" sheetId=\"2\" r:id=\"rId2\"/>"))
    #expect(workbook.contains("fullCalcOnLoad=\"1\""))
    // It is known again by its first 64 KiB.
    let bytes = WorkbookPackage.bytes([sheet()], title: "", version: "1")
    let mark = try #require(XLSXFormat.fileMark)
    #expect(String(decoding: bytes.prefix(4096), as: UTF8.self).contains(mark))
  }

  @Test(arguments: [
    ("a<b>&\"c\"", "a&lt;b&gt;&amp;&quot;c&quot;"), ("_x000D_", "_x005F_x000D_"),
    ("a_x00e9_b_x0_", "a_x005F_x00e9_b_x0_"), ("__x000D_", "__x005F_x000D_"),
    ("x\u{1}y\u{FFFF}", "x\u{FFFD}y\u{FFFD}"), ("<\u{338}b", "&lt;\u{338}b"), ("_", "_"),
  ])
  func `writes text so that it is read as it was`(text: String, written: String) {
    #expect(Array(SheetText.escaped(text).unicodeScalars) == Array(written.unicodeScalars))
  }

  @Test func `cuts text where a cell ends, and never within a letter`() {
    #expect(SheetText.escaped(String(repeating: "a", count: 40_000)).utf16.count == 32_767)
    let emoji = SheetText.fitting(String(repeating: "🚀", count: 20), 10)
    #expect(emoji == "🚀🚀🚀🚀…" && emoji.utf16.count == 9)
  }

  @Test func `names sheets as spreadsheets can`() {
    let long = String(repeating: "n", count: 40)
    let names = SheetText.sheetNames([
      "a/b:c*[d]?\\", "", "'quoted'", "History", "same", "SAME", long, long, "🚀" + long, "x\u{7}y",
    ])
    #expect(
      names == [
        "a-b-c--d---", "Sheet", "quoted", "History 2", "same", "SAME 2",
        String(repeating: "n", count: 30) + "…", String(repeating: "n", count: 28) + "… 2",
        "🚀" + String(repeating: "n", count: 28) + "…", "x y",
      ])
    #expect(names.allSatisfy { $0.utf16.count <= 31 })
    #expect(Set(names.map { $0.lowercased() }).count == names.count)
  }

  @Test func `keeps what begins like a formula a text`() throws {
    let read = try parts([
      sheet(.text("=1+1"), .text("plain"), .number(-1.5, .general), .formula("A1&\"<\"", 2, .money))
    ])
    let text = try #require(read["xl/worksheets/sheet1.xml"])
    #expect(text.contains("<c r=\"A1\" s=\"1\" t=\"inlineStr\"><is><t>=1+1</t></is></c>"))
    #expect(text.contains("<c r=\"B1\" s=\"2\" t=\"inlineStr\"><is><t>plain</t></is></c>"))
    #expect(text.contains("<c r=\"C1\"><v>-1.5</v></c>"))
    #expect(text.contains("<f>A1&amp;&quot;&lt;&quot;</f><v>2</v></c>"))
    let styles = try #require(read["xl/styles.xml"])
    #expect(styles.matches(of: #/quotePrefix/#).count == 1)
    #expect(styles.contains("formatCode=\"#,##0.00\""))
  }

  @Test func `names cells as formulas do`() {
    #expect(
      [0, 25, 26, 701, 702, 16_383].map(CellPlace.letters) == ["A", "Z", "AA", "ZZ", "AAA", "XFD"])
    #expect(CellPlace("Prices", 4, 2).away == "Prices!$C$5")
    #expect(CellPlace("What's left", 0, 0).away == "'What''s left'!$A$1")
  }

  @Test(
    arguments: [
      ("64,906", "64906.123", 64906.123, "#,##0"), ("99.50", "99.5", 99.5, "#,##0.00"),
      ("45 %", "0.453", 0.453, "0%"), ("+0.2 %", "0.002", 0.002, "+0.0%;-0.0%;0.0%"),
      ("<1 %", "0.003", 0.003, "0.0%"), ("12.5 %", "12.5", 12.5, "#,##0.0\" %\""),
      ("9.1 M", "9100000", 9_100_000, "#,##0"), ("~ 1,234", "1234", 1234, "\"~ \"#,##0"),
      ("0.00005", "0.00005", 0.00005, "#,##0.00000"), ("100 %", "1", 1, "0%"),
    ] as [(String, String, Double, String)])
  func `shows a number of a table as the table does`(
    text: String, value: String, number: Double, code: String
  ) {
    let cell = ReportSheet.Cell(.init(text, value: value), isNumber: true, isTotal: false)
    guard case .number(let found) = cell.content else {
      Issue.record("\(text) is not a number")
      return
    }
    #expect(found == number)
    #expect(WorkbookStyles.code(cell.form) == code)
  }

  @Test(arguments: [
    "-", "2027-02", "9.1 M", "1,23", "nan", "0x10", "1e9999", "12 %", "1,234,56", "",
  ])
  func `takes no number from words`(text: String) {
    let cell = ReportSheet.Cell(.init(text), isNumber: true, isTotal: false)
    if case .number(let value) = cell.content { Issue.record("\(text) became \(value)") }
  }

  @Test func `has a sheet for each table, with its header in sight`() throws {
    let table = ReportTable(
      "Tiers", [.init("What"), .init("old", .right)],
      [["events", .init(units: 2_000_000)], ["=flags", .init("", value: "")]], note: "A note.")
    var report = Report(title: "Books", json: ["a": 1], version: "test")
    report.answer = ["Two books."]
    report.sections = [ReportSection("Prices", [.paragraph("Both hold."), .table(table)])]
    let read = try #require(ZIPReader(XLSXFormat.bytes(report, TextStyle())))
    #expect(read.entries.count == 9)
    expectGolden(
      try #require(read["xl/worksheets/sheet2.xml"]).replacing("><", with: ">\n<") + "\n",
      "sheet.xml")
    expectGolden(
      try #require(read["xl/styles.xml"]).replacing("><", with: ">\n<") + "\n", "styles.xml")
    #expect(XLSXFormat.bytes(report, TextStyle()) == XLSXFormat.bytes(report, TextStyle()))
  }

  @Test func `says so where rows have no room`() {
    var sheet = ReportSheet("Long")
    sheet.rows = .init(repeating: [.number(1, .general)], count: 15)
    sheet.filter = 0..<15
    var styles = WorkbookStyles()
    let text = SheetXML(sheet, most: 10).xml(&styles, isFirst: true)
    #expect(text.matches(of: #/<row /#).count == 10)
    #expect(text.contains("<row r=\"10\"><c r=\"A10\" s=\"1\" t=\"inlineStr\">"))
    #expect(text.contains("<t>6 more rows have no room in a sheet</t>"))
    #expect(text.contains("<autoFilter ref=\"A1:A9\"/>"))
    #expect(SheetXML.mostRows == 1 << 20)
  }
}
