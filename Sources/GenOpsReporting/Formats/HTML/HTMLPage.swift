import GenOpsUnits

/// What the template shows; the names of these properties are the template's names. What may be
/// missing is a list of one or none, as the template takes it. A `String` is a word of this target.
struct HTMLPage {
  var name: HTMLText
  var facts: HTMLText
  var lead: HTMLText
  var leadSource: String
  var more: [Sentence]
  var warnings: [HTMLText]
  var tiles: [Tile]
  var hasTiles: Bool
  var sections: [Section]
  var version: HTMLText
  var source: HTMLText

  init(_ report: Report) {
    name = HTMLText(report.title)
    facts = HTMLText(report.facts.joined(separator: " · "))
    lead = HTMLText(report.answer.first ?? "")
    let sources = report.answerSources + [[String]](repeating: [], count: report.answer.count)
    leadSource = HTMLPage.attribute(sources.first ?? [])
    more = zip(report.answer, sources).dropFirst().map {
      Sentence(text: HTMLText($0), source: HTMLPage.attribute($1))
    }
    let hasWarning = report.findings.all.contains { $0.severity != .note }
    warnings =
      hasWarning
      ? [HTMLText("\(FindingsText.count(report.findings)): see Findings before you rely on it.")]
      : []
    tiles = report.figures.map(Tile.init)
    hasTiles = !report.figures.isEmpty
    sections = report.sections.compactMap { Section($0, report) }
    version = HTMLText(report.version)
    source = HTMLText(report.source)
  }

  /// ` data-path="…"` with the places of numbers in `result.json`; empty where there are none.
  static func attribute(_ sources: [String]) -> String {
    sources.isEmpty
      ? "" : " data-path=\"\(HTMLText(sources.joined(separator: " ")))\""
  }

  /// A sentence of the answer.
  struct Sentence {
    var text: HTMLText
    var source: String
  }

  /// A number the reader takes away.
  struct Tile {
    var label: HTMLText
    var value: HTMLText
    var note: HTMLText
    var source: String
    var noteSource: String

    init(_ figure: ReportFigure) {
      label = HTMLText(figure.label)
      value = HTMLText(figure.value)
      note = HTMLText(figure.note)
      source = HTMLPage.attribute(figure.sources)
      noteSource = HTMLPage.attribute(figure.noteSources)
    }
  }

  /// A heading with what stands below it.
  struct Section {
    var id: HTMLText
    var title: HTMLText
    var hasTitle: Bool
    /// The paragraphs right below the heading.
    var texts: [HTMLText]
    var nodes: [Node]
    /// Commands at the end.
    var commands: [HTMLText]

    /// Nil when there is nothing to show.
    init?(_ section: ReportSection, _ report: Report) {
      let nodes = section.nodes.filter { !$0.isEmpty }
        .compactMap { Node($0.content, under: section.title, report) }
      if nodes.isEmpty { return nil }
      id = HTMLText(section.id)
      title = HTMLText(section.title)
      hasTitle = !section.title.isEmpty
      let lead = nodes.prefix { !$0.texts.isEmpty }
      let commands = nodes.dropFirst(lead.count).reversed().prefix { !$0.commands.isEmpty }
      texts = lead.flatMap(\.texts)
      self.nodes = Array(nodes[lead.count..<(nodes.count - commands.count)])
      self.commands = commands.reversed().flatMap(\.commands)
    }
  }

  /// One of its lists has one item, the others have none.
  struct Node {
    var texts: [HTMLText] = []
    var lists: [List] = []
    var figures: [Figure] = []
    var tables: [Table] = []
    var commands: [HTMLText] = []

    /// Nil when a page does not show it.
    init?(_ content: ReportNode.Content, under heading: String, _ report: Report) {
      switch content {
      case .paragraph(let text): texts = [HTMLText(text)]
      case .fitting(let alternatives): texts = [HTMLText(alternatives.first ?? "")]
      case .list(let list): lists = [List(list)]
      case .table(let table): tables = [Table(table, under: heading)]
      case .chart(let chart): figures = [Figure(chart)]
      case .command(let text): commands = [HTMLText(text)]
      case .reproduction:
        guard let command = report.footer.reproduce else { return nil }
        commands = [HTMLText(command)]
      case .entry: return nil
      }
    }
  }

  struct List {
    var titles: [HTMLText]
    var items: [HTMLText]

    init(_ list: ReportList) {
      titles = list.title.isEmpty ? [] : [HTMLText(list.title)]
      items = list.items.map { HTMLText($0.text + ($0.place.map { " (\($0))" } ?? "")) }
    }
  }

  struct Figure {
    /// Both sizes of a picture, ready as markup.
    var chart: String
    var legend: [Key]

    struct Key {
      var name: String
      var label: HTMLText
    }

    init(_ chart: ReportChart) {
      self.chart = ChartSize.allCases.map { chart.svg($0) }.joined(separator: "\n")
      legend = chart.caption.legend.map { Key(name: $0.mark.rawValue, label: HTMLText($0.label)) }
    }
  }
}
