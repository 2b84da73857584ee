import GenOpsUnits

/// What the template shows; the names of these properties are the template's names. What may be
/// missing is a list of one or none, as the template takes it.
struct HTMLPage {
  var name: String
  var facts: String
  var lead: String
  var more: [String]
  var warnings: [String]
  var tiles: [ReportFigure]
  var hasTiles: Bool
  var sections: [Section]
  var version: String
  var source: String

  init(_ report: Report) {
    name = report.title.displayable
    facts = report.facts.joined(separator: " · ").displayable
    lead = report.answer.first ?? ""
    more = report.answer.count > 1 ? [report.answer.dropFirst().joined(separator: " ")] : []
    let hasWarning = report.findings.all.contains { $0.severity != .note }
    warnings =
      hasWarning
      ? ["\(FindingsText.count(report.findings)): see Findings before you rely on it."] : []
    tiles = report.figures
    hasTiles = !report.figures.isEmpty
    sections = report.sections.compactMap { Section($0, report) }
    version = report.version.displayable
    source = report.source
  }

  /// A heading with what stands below it.
  struct Section {
    var id: String
    var title: String
    var hasTitle: Bool
    /// The paragraphs right below the heading.
    var texts: [String]
    var nodes: [Node]
    /// Commands at the end.
    var commands: [String]

    /// Nil when there is nothing to show.
    init?(_ section: ReportSection, _ report: Report) {
      let nodes = section.nodes.filter { !$0.isEmpty }
        .compactMap { Node($0.content, under: section.title, report) }
      if nodes.isEmpty { return nil }
      id = section.id
      title = section.title.displayable
      hasTitle = !title.isEmpty
      let lead = nodes.prefix { !$0.texts.isEmpty }
      let commands = nodes.dropFirst(lead.count).reversed().prefix { !$0.commands.isEmpty }
      texts = lead.flatMap(\.texts)
      self.nodes = Array(nodes[lead.count..<(nodes.count - commands.count)])
      self.commands = commands.reversed().flatMap(\.commands)
    }
  }

  /// One of its lists has one item, the others have none.
  struct Node {
    var texts: [String] = []
    var lists: [List] = []
    var figures: [Figure] = []
    var tables: [Table] = []
    var commands: [String] = []

    /// Nil when a page does not show it.
    init?(_ content: ReportNode.Content, under heading: String, _ report: Report) {
      switch content {
      case .paragraph(let text): texts = [text.displayable]
      case .fitting(let alternatives): texts = [(alternatives.first ?? "").displayable]
      case .list(let list): lists = [List(list)]
      case .table(let table): tables = [Table(table, under: heading)]
      case .chart(let chart): figures = [Figure(chart)]
      case .command(let text): commands = [text.displayable]
      case .reproduction:
        guard let command = report.footer.reproduce else { return nil }
        commands = [command.displayable]
      case .entry: return nil
      }
    }
  }

  struct List {
    var titles: [String]
    var items: [String]

    init(_ list: ReportList) {
      titles = list.title.isEmpty ? [] : [list.title.displayable]
      items = list.items.map { ($0.text + ($0.place.map { " (\($0))" } ?? "")).displayable }
    }
  }

  struct Figure {
    /// Both sizes of a picture, ready as markup.
    var chart: String
    var legend: [Key]

    struct Key {
      var name: String
      var label: String
    }

    init(_ chart: ReportChart) {
      self.chart = ChartSize.allCases.map { size in
        switch chart {
        case .fan(let fan): FanDrawing(fan).svg(size)
        case .bars(let bars): BarDrawing(bars).svg(size)
        case .ranges(let ranges): RangeDrawing(ranges).svg(size)
        }
      }.joined(separator: "\n")
      legend = chart.caption.legend.map { Key(name: $0.mark.rawValue, label: $0.label) }
    }
  }
}
