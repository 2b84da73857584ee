package import GenOpsUnits

/// A heading with what stands below it.
package struct ReportSection: Sendable {
  /// Tells it apart on its page, in letters and hyphens.
  package var id: String
  package var title: String
  package var nodes: [ReportNode]
  /// Whether it waits behind a line to click on, where a format can do that.
  package var isFolded = false
  /// Whether a terminal shows the title too; a table whose columns say what it is needs none.
  package var isTitledOnScreen = false

  /// Without an `id` it is made of the title.
  package init(_ title: String, id: String? = nil, _ nodes: [ReportNode]) {
    self.id = id ?? ReportSection.id(title)
    self.title = title
    self.nodes = nodes
  }

  /// `What it costs` as `what-it-costs`.
  static func id(_ title: String) -> String {
    let words = title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return words.joined(separator: "-")
  }
}

extension ReportSection {
  /// The findings, errors first. On a terminal they are beside the result, not in it.
  package static func findings(_ findings: Findings) -> ReportSection {
    let rows = FindingsText.sorted(findings).map { finding -> [ReportTable.Cell] in
      [
        .init(finding.severity.rawValue, finding.severity.tone),
        .init(finding.location.map { "\($0)" } ?? "-"), .init(finding.message),
        .init(finding.help ?? "-"), .init(finding.code),
      ]
    }
    let table = ReportTable(
      "Findings",
      [.init("Kind"), .init("Where"), .init("What"), .init("What would be right"), .init("Code")],
      rows)
    return ReportSection("Findings", [.init(.table(table), .notes, isOnScreen: false)])
  }
}

/// A part of a section.
package struct ReportNode: Sendable {
  /// What it is.
  package enum Content: Sendable {
    /// A sentence or two.
    case paragraph(String)
    case list(ReportList)
    case table(ReportTable)
    case chart(ReportChart)
    /// A command to copy.
    case command(String)
    /// The command that gives this report again, where the footer has one.
    case reproduction
    /// A line of a terminal with the longest of these texts that fits, or the last.
    case fitting([String])
    /// A line of a terminal that begins with a label.
    case entry(ReportEntry)
  }

  /// How far from the answer it is. Formats that are read from the top order by it.
  package enum Depth: Int, Sendable, CaseIterable {
    case main
    /// What the reader has to know of the answer.
    case notes
    /// For those who want to know more; folded where a format can do that.
    case detail
    /// How the answer was found.
    case appendix
  }

  package var content: Content
  package var depth: Depth
  /// On a screen of limited height, lines go first to what weighs most; nil is never cut.
  package var weight: Int?
  package var isOnScreen: Bool

  package init(
    _ content: Content, _ depth: Depth = .main, weight: Int? = nil, isOnScreen: Bool = true
  ) {
    self.content = content
    self.depth = depth
    self.weight = weight
    self.isOnScreen = isOnScreen
  }

  package static func paragraph(_ text: String) -> ReportNode { .init(.paragraph(text)) }
  package static func list(_ list: ReportList) -> ReportNode { .init(.list(list)) }
  package static func table(_ table: ReportTable) -> ReportNode { .init(.table(table)) }
  package static func command(_ text: String) -> ReportNode { .init(.command(text)) }

  /// Whether there is nothing to show; a table without rows is left out.
  var isEmpty: Bool {
    switch content {
    case .table(let table): table.rows.isEmpty
    case .list(let list): list.items.isEmpty
    case .chart(let chart): chart.isEmpty
    default: false
    }
  }
}

/// Points of a list.
package struct ReportList: Sendable {
  package struct Item: Sendable {
    package var text: String
    /// A place in a file.
    package var place: String?

    package init(_ text: String, place: String? = nil) {
      self.text = text
      self.place = place
    }
  }

  /// The words before it; empty shows none.
  package var title: String
  package var items: [Item]

  package init(_ title: String, _ items: [Item]) {
    self.title = title
    self.items = items
  }
}
