/// A report as GitHub-flavoured Markdown: short enough for a comment of a pull request, with the
/// longer tables folded. What is nearest to the answer stands first.
package enum MarkdownFormat: TextReportFormat {
  package static let name = "markdown"
  package static let summary = "tables for a pull request or a wiki"
  package static let fileName: String? = "report.md"
  package static let fileMark: String? = "| Maths library |"

  package static func render(_ report: Report, _ style: TextStyle) -> String {
    var blocks = opening(report)
    for depth in ReportNode.Depth.allCases {
      for section in report.sections {
        let nodes = section.nodes.filter { $0.depth == depth && !$0.isEmpty }
        blocks += self.blocks(section, nodes, depth, report)
      }
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// The title and the answer.
  static func opening(_ report: Report) -> [String] {
    // A comment is one among others: its heading is smaller.
    var blocks = report.tag.map { ["<!-- \($0) -->"] } ?? []
    blocks.append((report.tag == nil ? "# " : "### ") + escaped(report.title))
    if !report.facts.isEmpty { blocks.append(escaped(report.facts.joined(separator: " · "))) }
    let sentences = report.answer.map(escaped)
    if let first = sentences.first {
      blocks.append("**\(first)**" + sentences.dropFirst().map { "\n" + $0 }.joined())
    }
    if let advice = report.advice { blocks.append(escaped(advice)) }
    return blocks
  }

  /// All of a section under its heading, without its charts; empty where nothing is left.
  static func whole(_ section: ReportSection, _ report: Report) -> [String] {
    let blocks = section.nodes.filter { !$0.isEmpty }.flatMap { node -> [String] in
      if case .table(let table) = node.content {
        let title = table.title == section.title ? "" : table.title
        return (title.isEmpty ? [] : ["### " + escaped(title)]) + body(table)
      }
      return self.blocks(node, .main, report)
    }
    return blocks
  }

  /// The part of a section that is as deep as `depth`.
  private static func blocks(
    _ section: ReportSection, _ nodes: [ReportNode], _ depth: ReportNode.Depth, _ report: Report
  ) -> [String] {
    let blocks = nodes.flatMap { self.blocks($0, depth, report, in: section.title) }
    if blocks.isEmpty { return [] }
    if section.isFolded { return folded(section.title, blocks) }
    // A table has its own heading, and a note is a sentence that needs none.
    let isTitled = depth != .main || section.title.isEmpty || blocks[0].hasPrefix("## ")
    return (isTitled ? [] : ["## " + escaped(section.title)]) + blocks
  }

  private static func blocks(
    _ node: ReportNode, _ depth: ReportNode.Depth, _ report: Report, in section: String = ""
  ) -> [String] {
    switch node.content {
    case .paragraph(let text): return [escaped(text)]
    case .fitting(let texts): return [escaped(texts.first ?? "")]
    case .entry, .chart: return []
    case .command(let text): return [code(text)]
    case .reproduction: return report.footer.reproduce.map { [code($0)] } ?? []
    case .list(let list): return [self.list(list)]
    case .table(let table):
      if depth == .detail || depth == .appendix {
        // A table without a heading of its own is its section's.
        return folded(table.title.isEmpty ? section : table.title, body(table))
      }
      return (table.title.isEmpty ? [] : ["## " + escaped(table.title)]) + body(table)
    }
  }

  /// Behind a line to click on; Markdown without HTML shows it open.
  private static func folded(_ title: String, _ blocks: [String]) -> [String] {
    ["<details><summary>\(escaped(title))</summary>"] + blocks + ["</details>"]
  }

  private static func code(_ text: String) -> String { "```sh\n\(text.displayable)\n```" }

  private static func list(_ list: ReportList) -> String {
    let items = list.items.map { item in
      "- " + escaped(item.text)
        + (item.place.map { " (\(codeSpan($0)))" } ?? "")
    }
    return ((list.title.isEmpty ? [] : [escaped(list.title)]) + items).joined(separator: "\n")
  }

  private static func body(_ table: ReportTable) -> [String] {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    let head = line(table.columns.map { escaped($0.title) })
    let rule = line(table.columns.map { $0.isNumber ? "---:" : "---" })
    let rows = table.rows.enumerated().map { index, row in
      let isTotal = table.hasTotal && index == table.rows.count - 1
      return line(
        table.columns.indices.map { column in
          let cell = table.cell(row, column)
          if cell.text.isEmpty { return "" }
          let text = escaped(cell.text)
          let isStrong = isTotal || cell.tone == .strong || cell.tone == .bad
          return isStrong ? "**\(text)**" : text
        })
    }
    return [([head, rule] + rows).joined(separator: "\n")]
      + (table.note.map { [escaped($0)] } ?? [])
  }

  /// The text with everything that Markdown or HTML would read as markup made plain, scalar by scalar:
  /// ``Markup`` says why.
  package static func escaped(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.displayable.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;".unicodeScalars
      case "<": out += "&lt;".unicodeScalars
      case ">": out += "&gt;".unicodeScalars
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#": out += ["\\", scalar]
      default: out.append(scalar)
      }
    }
    while out.last == " " { out.removeLast() }
    return String(out)
  }

  /// A place in a file, between backticks; one of its own would end it.
  private static func codeSpan(_ text: String) -> String {
    "`" + String(text.displayable.unicodeScalars.map { $0 == "`" ? "'" : Character($0) }) + "`"
  }
}
