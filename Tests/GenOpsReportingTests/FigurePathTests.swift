import Foundation
import GenOpsScenario
import GenOpsSimulation
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsReporting

/// Every figure in every format carries its path in `result.json`, and equals what stands there.
@Suite struct FigurePathTests {
  static let results: [ScenarioResult] =
    [Sample.result] + (0..<12 as Range<UInt64>).map { consistent(RandomResult(seed: $0).result) }

  /// A saving is the difference of two costs, and a sum that of its parts: what every run has.
  private static func consistent(_ result: ScenarioResult) -> ScenarioResult {
    var result = result
    for index in result.options.indices {
      let saved = result.options[0].cost.mean - result.options[index].cost.mean
      result.options[index].saves = Sample.spread(saved, saved, saved)
    }
    for index in result.months.indices {
      result.months[index].lost.offered = max(
        result.months[index].lost.offered, result.months[index].lost.total)
    }
    for index in result.options.indices {
      result.options[index].lost.offered = max(
        result.options[index].lost.offered, result.options[index].lost.total)
    }
    if var bridge = result.bridge, let last = bridge.steps.indices.last {
      bridge.lastYear = Array(bridge.lastYear.prefix(result.months.count))
      bridge.expected = result.year.cost.mean
      let before = bridge.steps.dropLast().reduce(bridge.start.approximate) { $0 + $1.amount }
      bridge.steps[last].amount = bridge.expected - before
      result.bridge = bridge
    }
    if let check = result.billCheck {
      result.billCheck?.modelled = check.months.reduce(.zero) { $0 + $1.modelled }
      result.billCheck?.billed = check.months.reduce(.zero) { $0 + $1.billed }
    }
    return result
  }

  private func read(_ result: ScenarioResult) throws -> (report: Report, json: JSONValue) {
    let report = RunReport(result, ReportFooter(reproduce: "genops run a.yaml")).report
    let node = try JSONParser.parse(JSONFormat.bytes(report, TextStyle()), file: "result.json")
    return (report, JSONValue(node))
  }

  private func tables(_ report: Report) -> [ReportTable] {
    report.sections.flatMap { section in
      section.nodes.compactMap { if case .table(let table) = $0.content { table } else { nil } }
    }
  }

  @Test(arguments: results.indices)
  func `The tree: each number of a table, a tile and a sentence`(index: Int) throws {
    let (report, json) = try read(Self.results[index])
    var count = 0
    for table in tables(report) {
      for (row, column) in table.rows.flatMap({ row in table.columns.indices.map { (row, $0) } }) {
        let cell = table.cell(row, column)
        let isFigure = table.columns[column].isNumber && !ResultPath.numbers(cell.text).isEmpty
        #expect(
          !isFigure || !cell.sources.isEmpty || cell.text == "was over",
          "\(table.title), \(table.columns[column].title): \(cell.text) has no path")
        for path in cell.sources {
          let value = ResultPath.value(path, in: json)
          #expect(value != nil, "\(table.title): \(path) is not in the result")
          #expect(
            ResultPath.says(cell.text, value), "\(path) is \(value ?? .null), not \(cell.text)")
          count += 1
        }
        // The number for programs is the one that stands there.
        if let text = cell.value, let own = Double(text), cell.sources.count == 1,
          let value = ResultPath.number(ResultPath.value(cell.sources[0], in: json))
        {
          #expect(
            (own - value).magnitude <= 1e-6 * max(1, value.magnitude),
            "\(cell.sources): \(own), not \(value)")
        }
      }
    }
    for figure in report.figures {
      #expect(!figure.sources.isEmpty, "\(figure.label)")
      for (text, paths) in [(figure.value, figure.sources), (figure.note, figure.noteSources)] {
        for path in paths {
          let value = ResultPath.value(path, in: json)
          #expect(value != nil && ResultPath.says(text, value), "\(path) in \(text)")
        }
      }
    }
    for (sentence, paths) in zip(report.answer, report.answerSources) {
      for path in paths {
        let value = ResultPath.value(path, in: json)
        #expect(value != nil && ResultPath.says(sentence, value), "\(path) in \(sentence)")
      }
    }
    if index == 0 { #expect(count > 100) }
  }

  @Test(arguments: results.indices)
  func `CSV and TSV: each row says where its numbers stand`(index: Int) throws {
    let (report, json) = try read(Self.results[index])
    let table = try #require(report.records)
    let keys = table.columns.map(\.key)
    #expect(report.rows[0].last == "path")
    for row in report.rows.dropFirst() {
      let filled = keys.indices.filter { (5..<(keys.count - 2)).contains($0) && !row[$0].isEmpty }
      let paths = row[keys.count - 1].split(separator: " ").map(String.init)
      #expect(filled.isEmpty || !paths.isEmpty, "\(row)")
      for (place, column) in filled.enumerated() {
        let path =
          paths.count > 1 ? paths[place] : paths[0].replacing("*", with: keys[column])
        let value = ResultPath.number(ResultPath.value(path, in: json))
        let own = try #require(Double(row[column]))
        #expect(
          value.map { (own - $0).magnitude <= 1e-6 * max(1, $0.magnitude) } == true,
          "\(path): \(own), not \(value.map { "\($0)" } ?? "there")")
      }
    }
    for format in [CSVFormat.self, TSVFormat.self] as [any TextReportFormat.Type] {
      let text = format.render(report, TextStyle())
      #expect(text.contains("year.cost.*"))
    }
  }

  @Test(arguments: results.indices)
  func `HTML: each number has data-path`(index: Int) throws {
    let (report, json) = try read(Self.results[index])
    let page = HTMLFormat.render(report, TextStyle())
    var found = 0
    for match in page.matches(of: /data-path="([^"]*)">([^<]*)</) {
      let text = [("lt", "<"), ("gt", ">"), ("quot", "\""), ("#39", "'"), ("amp", "&")].reduce(
        String(match.output.2)
      ) { $0.replacing("&\($1.0);", with: $1.1) }
      for path in match.output.1.split(separator: " ") {
        let value = ResultPath.value(String(path), in: json)
        #expect(value != nil && ResultPath.says(text, value), "\(path) in \(text)")
        found += 1
      }
    }
    let shown = tables(report).flatMap { table in
      table.rows.flatMap { row in
        table.columns.indices.dropFirst().flatMap { table.cell(row, $0).sources }
      }
    }
    #expect(found >= shown.count)
  }

  /// Tables of Markdown and of a notebook hold the cells of the tree, each at its place.
  @Test(arguments: results.indices)
  func `Markdown and notebook: each table cell is one of the tree`(index: Int) throws {
    let (report, _) = try read(Self.results[index])
    let markdown = MarkdownFormat.render(report, TextStyle())
    let notebook = NotebookFormat.render(report, TextStyle())
    for table in tables(report) {
      for row in table.rows {
        let cells = table.columns.indices.map { MarkdownFormat.escaped(table.cell(row, $0).text) }
        let isThere = { (text: String) in
          text.split(separator: "\n").contains { line in
            let own = line.replacing("**", with: "")
            return own.hasPrefix("| ") && own.hasSuffix(" |")
              && own == "| " + cells.joined(separator: " | ") + " |"
          }
        }
        #expect(isThere(markdown), "\(table.title): \(cells)")
        // In a notebook a line is a JSON string.
        let quoted = JSONValue.string("| " + cells.joined(separator: " | ") + " |").description
          .dropFirst().dropLast()
        #expect(notebook.replacing("**", with: "").contains(quoted), "\(table.title): \(cells)")
      }
    }
  }

  @Test(arguments: results.indices)
  func `Workbook: each number is one of the result`(index: Int) throws {
    let (report, json) = try read(Self.results[index])
    guard case .array(let own)? = json["sheets"] else {
      Issue.record("the result has no sheets")
      return
    }
    let sheets = XLSXFormat.sheets(report)
    for (place, sheet) in sheets.enumerated() where place < own.count {
      for (r, row) in sheet.rows.enumerated() {
        for (c, cell) in row.enumerated() {
          guard let number = cell.number else { continue }
          let path = "sheets[\(place)].rows[\(r)].values[\(c)]"
          #expect(ResultPath.number(ResultPath.value(path, in: json)) == number, "\(path)")
        }
      }
    }
    // The others are tables of the tree, cell by cell.
    let tables = tables(report)
    for sheet in sheets.dropFirst(own.count) where sheet.name != "Provenance" {
      #expect(
        tables.contains { ReportSheet($0, name: "").rows.count <= sheet.rows.count },
        "\(sheet.name)")
    }
  }

  @Test func `FOCUS: each row says where its cost stands`() throws {
    var result = Sample.result
    result.actuals = Sample.actuals
    let (report, json) = try read(result)
    var count = 0
    for dataset in report.datasets {
      guard let path = dataset.columns.firstIndex(of: "x_Path"),
        let cost = dataset.columns.firstIndex(of: "BilledCost")
      else { continue }
      for row in dataset.rows {
        let value = ResultPath.value(row[path], in: json)
        #expect((value?["mean"] ?? value) == .string(row[cost]), "\(row[path])")
        count += 1
      }
    }
    #expect(count > 5)
  }
}

extension ReportSheet.Cell {
  fileprivate var number: Double? {
    switch content {
    case .number(let value), .formula(_, let value): value
    case .empty, .text, .textFormula: nil
    }
  }
}
