/// A report as a workbook for Excel, LibreOffice and the like.
///
/// Each table is a sheet, with numbers as numbers. A report that has sheets of its own
/// (``Report/workbook``), as that of a run, is these, with formulas that reckon where they are opened.
package enum XLSXFormat: ReportFormat {
  package static let name = "xlsx"
  package static let summary =
    "a workbook for Excel or LibreOffice: of a run with prices, usage and formulas that price it"
  package static let fileName: String? = "report.xlsx"
  package static let fileMark: String? = WorkbookPackage.mark

  package static func bytes(_ report: Report, _ style: TextStyle) -> [UInt8] {
    WorkbookPackage.bytes(
      sheets(report), title: report.title, version: report.version)
  }

  /// The sheets of a report.
  static func sheets(_ report: Report) -> [ReportSheet] {
    if !report.workbook.isEmpty { return report.workbook }
    var sheets = [summary(report)] + report.allTables.map { ReportSheet($0.table, name: $0.title) }
    if var records = report.records {
      records.title = "Rows"
      sheets.append(ReportSheet(records, name: "Rows"))
    }
    return sheets
  }

  /// What the report says beside its tables.
  static func summary(_ report: Report) -> ReportSheet {
    var sheet = ReportSheet("Summary")
    sheet.open(
      report.title, report.facts.isEmpty ? [] : [report.facts.joined(separator: " · ")])
    for sentence in report.answer { sheet.add([.text(sentence.displayable, .lead)]) }
    if let advice = report.advice { sheet.add([.text(advice.displayable, .lead)]) }
    if !report.figures.isEmpty { sheet.add() }
    for figure in report.figures {
      sheet.add([
        .text(figure.label.displayable), .figure(figure.value), .text(figure.note.displayable),
      ])
    }
    for section in report.sections {
      let texts = section.nodes.flatMap { XLSXFormat.texts($0, report) }
      if texts.isEmpty { continue }
      sheet.add()
      if !section.title.isEmpty { sheet.add([.text(section.title, .strong)]) }
      for text in texts { sheet.add([.text(text, .lead)]) }
    }
    return sheet
  }

  private static func texts(_ node: ReportNode, _ report: Report) -> [String] {
    switch node.content {
    case .paragraph(let text), .command(let text): [text.displayable]
    case .fitting(let texts): texts.prefix(1).map(\.displayable)
    case .list(let list):
      (list.title.isEmpty ? [] : [list.title.displayable])
        + list.items.map { "- " + ($0.text + ($0.place.map { " (\($0))" } ?? "")).displayable }
    case .reproduction: report.footer.reproduce.map { [$0.displayable] } ?? []
    case .table, .chart, .entry: []
    }
  }
}
