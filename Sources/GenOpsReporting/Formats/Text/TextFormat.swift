/// A report for the terminal. What has no room on a screen of limited height is counted ("+3 more")
/// and is in the files.
package enum TextFormat: TextReportFormat {
  package static let name = "text"
  package static let summary =
    "for the terminal: of a run one screen with answer, months and options"

  package static func render(_ report: Report, _ style: TextStyle) -> String {
    TextLayout(report, width: style.width).lines.map { $0.text(style) + "\n" }.joined()
  }
}

/// Which lines a report takes on a terminal.
package struct TextLayout {
  let report: Report
  let width: Int

  init(_ report: Report, width: Int) {
    self.report = report
    self.width = width
  }

  /// Where the rest is of what has no room.
  package static let files = "in the files"

  /// The same where no files were written.
  private var rest: String {
    report.footer.files.isEmpty ? "with --format markdown" : TextLayout.files
  }

  /// A node with its place; its lines are nil until it is known how many it may have.
  private struct Slot {
    var node: ReportNode
    var lines: [TextLine]?
  }

  /// The sections with a blank line between two.
  var lines: [TextLine] {
    var slots = sections.map { nodes in
      nodes.filter { !$0.isEmpty }.map { node in
        Slot(node: node, lines: height == nil || node.weight == nil ? lines(of: node) : nil)
      }
    }.filter { $0.contains { $0.lines?.isEmpty != true } }
    let footer = TextFooter(report.footer).lines(width: width)
    if let height { fold(&slots, in: height - head.joined().count - head.count - footer.count) }
    var sections = head + slots.map { $0.flatMap { $0.lines ?? [] } }
    if sections.isEmpty { return footer }
    sections[sections.count - 1] += footer
    return Array(sections.joined(separator: [""]))
  }

  private var height: Int? { width < 100 ? report.screen.narrowHeight : report.screen.height }

  private var sections: [[ReportNode]] {
    report.screen.sections
      ?? report.sections.map { section in
        (section.isTitledOnScreen ? [.paragraph(section.title)] : [])
          + section.nodes.filter(\.isOnScreen)
      }
  }

  /// Gives the lines that are left to the nodes that can be folded, in the order of their weight.
  private func fold(_ slots: inout [[Slot]], in height: Int) {
    /// An entry always has its first line.
    func least(_ node: ReportNode) -> Int { if case .entry = node.content { 1 } else { 0 } }
    var room = height - max(0, slots.count - 1)
    var places: [(section: Int, slot: Int)] = []
    for section in slots.indices {
      for (index, slot) in slots[section].enumerated() {
        room -= slot.lines?.count ?? least(slot.node)
        if slot.lines == nil { places.append((section, index)) }
      }
    }
    for place in places.sorted(by: {
      (slots[$0.section][$0.slot].node.weight ?? 0) > (slots[$1.section][$1.slot].node.weight ?? 0)
    }) {
      let node = slots[place.section][place.slot].node
      let folded = lines(of: node, atMost: room + least(node))
      room -= folded.count - least(node)
      slots[place.section][place.slot].lines = folded
    }
  }

  private func lines(of node: ReportNode, atMost most: Int = .max) -> [TextLine] {
    switch node.content {
    case .paragraph(let text), .command(let text): [.whole(text)]
    case .reproduction: []
    case .list(let list):
      (list.title.isEmpty ? [] : [.whole(list.title)])
        + list.items.map { .whole("  " + $0.text + ($0.place.map { " at \($0)" } ?? "")) }
    case .table(let table):
      table.lines(width: width, atMost: most, rest: rest)
        + (table.note.map { ["", .whole($0)] } ?? [])
    case .chart(.bars(let bars)): BarRows(bars, rest: rest).lines(width: width)
    case .chart: []
    case .fitting(let texts): [TextLine(TextLayout.first(of: texts, in: width))]
    case .entry(let entry): TextEntry(placed(entry)).lines(width: width, atMost: most)
    }
  }

  /// An entry whose rest is in the files, where there are some.
  private func placed(_ entry: ReportEntry) -> ReportEntry {
    guard entry.rest.hasSuffix(TextLayout.files) else { return entry }
    var entry = entry
    entry.rest = entry.rest.dropLast(TextLayout.files.count) + rest
    return entry
  }

  /// The first text that fits, or the last.
  static func first(of texts: [String], in width: Int) -> String {
    texts.first { $0.displayWidth <= width } ?? texts.last ?? ""
  }

  // MARK: How it opens

  private var head: [[TextLine]] {
    switch report.screen.opening {
    case .none: []
    case .lines(let texts): [texts.map(TextLine.whole)]
    case .heading: [title, answer].filter { !$0.isEmpty }
    }
  }

  /// `name    Feb 2027 - Jan 2028 · USD · 10,000 futures · book`
  private var title: [TextLine] {
    let facts = report.facts.map { $0.fitting(30) }.joined(separator: " · ")
    let room = width - facts.displayWidth - 4
    let name = report.title
    if room < 16 { return [TextLine(name.fitting(width), .strong), TextLine("  " + facts)] }
    var line = TextLine(name.fitting(room), .strong)
    line.add("    " + facts)
    return [line]
  }

  /// Each sentence in at most three lines, or four of a narrow terminal.
  private var answer: [TextLine] {
    report.answer.flatMap { sentence -> [TextLine] in
      var lines = sentence.wrapped(width - 4)
      let most = width < 100 ? 4 : 3
      if lines.count > most {
        let last = lines[(most - 1)...].joined(separator: " ").fitting(width - 4)
        lines = lines.prefix(most - 1) + [last]
      }
      return lines.map { TextLine("  " + $0) }
    }
  }
}
