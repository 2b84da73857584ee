package import GenOpsSimulation
import GenOpsUnits

/// The result as GitHub-flavoured Markdown: short enough for a pull-request comment, with the
/// longer tables folded.
package enum MarkdownReport: ReportFormat {
  package static let name = "markdown"
  package static let summary = "tables for a pull request or a wiki"
  package static let fileName = "report.md"

  package static func render(_ result: ScenarioResult, _ context: ReportContext) -> String {
    let tables = ReportTables(result)
    let paths = groupedDigits(String(result.provenance.paths))
    let facts = [
      DateText.range(result.months.map(\.month)), result.currency,
      result.provenance.paths == 1 ? "1 future" : "\(paths) futures", result.provenance.priceBook,
    ]
    var blocks = ["# " + escaped(result.name), escaped(facts.joined(separator: " · "))]
    let sentences = Sentences(result).all.map(escaped)
    blocks.append("**\(sentences[0])**" + sentences.dropFirst().map { "\n" + $0 }.joined())
    if let ask = AskFor(result).text { blocks.append("Ask for " + escaped(ask) + ".") }
    blocks += section(tables.options)
    blocks += section(tables.losses)
    blocks += section(tables.months)
    blocks += section(tables.budgets)
    blocks += section(tables.faults)
    blocks += section(tables.expectations)
    blocks += section(tables.findings)
    if let record = tables.trackRecord { blocks.append(escaped(record)) }
    for table in [
      tables.faultAnswers, tables.parts, tables.attribution, tables.value, tables.valueLines,
      tables.sensitivity,
      tables.bills, tables.provenance,
    ] {
      blocks += folded(table)
    }
    if let command = context.footer.reproduce {
      blocks.append("```sh\n\(command.displayable)\n```")
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private static func section(_ table: ReportTable) -> [String] {
    if table.rows.isEmpty { return [] }
    return ["## " + escaped(table.title)] + body(table)
  }

  /// Behind a line to click on; Markdown without HTML shows it open.
  private static func folded(_ table: ReportTable) -> [String] {
    if table.rows.isEmpty { return [] }
    return ["<details><summary>\(escaped(table.title))</summary>"] + body(table) + ["</details>"]
  }

  private static func body(_ table: ReportTable) -> [String] {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    let head = line(table.columns.map { escaped($0.title) })
    let rule = line(table.columns.map { $0.isNumber ? "---:" : "---" })
    let rows = table.rows.enumerated().map { index, row in
      let isTotal = table.hasTotal && index == table.rows.count - 1
      return line(
        table.columns.indices.map { column in
          guard column < row.count, !row[column].text.isEmpty else { return "" }
          let text = escaped(row[column].text)
          let isStrong = isTotal || row[column].tone == .strong || row[column].tone == .bad
          return isStrong ? "**\(text)**" : text
        })
    }
    let text = ([head, rule] + rows).joined(separator: "\n")
    return [text] + (table.note.map { [escaped($0)] } ?? [])
  }

  /// The text with everything that Markdown or HTML would read as markup made plain.
  package static func escaped(_ text: String) -> String {
    var out = ""
    for character in text.displayable {
      switch character {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#": out += "\\\(character)"
      default: out.append(character)
      }
    }
    while out.hasSuffix(" ") { out.removeLast() }
    return out
  }
}
