import GenOpsUnits

/// What the template shows; the names of these properties are the template's names.
struct HTMLPage {
  /// A number the reader takes away.
  struct Tile {
    var label: String
    var value: String
    var note: String
  }

  struct Key {
    var name: String
    var label: String
  }

  /// A heading with pictures and tables.
  struct Section {
    var id: String
    var title: String
    /// Both sizes of a picture, ready as markup.
    var chart: String
    var legend: [Key]
    var hasChart: Bool
    var tables: [Table]
    var text: String
    var hasText: Bool
    var command: String
    var hasCommand: Bool
  }

  struct Table {
    var caption: String
    var hasCaption: Bool
    var columns: [Column]
    var rows: [Row]
    var note: String
    var hasNote: Bool
  }

  struct Column {
    var title: String
    var style: String
  }

  struct Row {
    var style: String
    /// The first cell, which names the row.
    var head: Cell
    var cells: [Cell]
  }

  struct Cell {
    var text: String
    var style: String
  }

  /// A cell of more characters than this is given room for several words.
  static let longCell = 20

  var name: String
  var facts: String
  var lead: String
  var more: String
  var hasMore: Bool
  var warning: String
  var hasWarning: Bool
  var tiles: [Tile]
  var sections: [Section]
  var version: String
}

extension HTMLPage.Table {
  /// `title` is left out under a heading of the same words.
  init(_ table: ReportTable, under heading: String) {
    caption = table.title
    hasCaption = table.title != heading
    columns = table.columns.map {
      HTMLPage.Column(title: $0.title, style: $0.isNumber ? "number" : "")
    }
    rows = table.rows.enumerated().map { index, row in
      let cells = table.columns.indices.map { column -> HTMLPage.Cell in
        guard column < row.count else { return HTMLPage.Cell(text: "", style: "") }
        let tone = row[column].tone
        let isNumber = table.columns[column].isNumber
        // Beside columns of numbers, which never break, a sentence would get a word's width.
        let isLong = !isNumber && row[column].text.count > HTMLPage.longCell
        let styles = [
          isNumber ? "number" : isLong ? "long" : "", tone == .plain ? "" : "\(tone)",
        ]
        return HTMLPage.Cell(
          text: row[column].text, style: styles.filter { !$0.isEmpty }.joined(separator: " "))
      }
      let isTotal = table.hasTotal && index == table.rows.count - 1
      return HTMLPage.Row(
        style: isTotal ? "total" : "", head: cells.first ?? HTMLPage.Cell(text: "", style: ""),
        cells: Array(cells.dropFirst()))
    }
    note = table.note ?? ""
    hasNote = table.note != nil
  }
}

extension HTMLPage.Section {
  /// Nil when there is nothing to show.
  init?(
    _ id: String, _ title: String, chart: (ChartSize) -> String? = { _ in nil },
    legend: [HTMLPage.Key] = [], _ tables: [ReportTable], text: String? = nil,
    command: String? = nil
  ) {
    let charts = ChartSize.allCases.compactMap(chart)
    let shown = tables.filter { !$0.rows.isEmpty }
    if charts.isEmpty, shown.isEmpty, text == nil, command == nil { return nil }
    self.id = id
    self.title = title
    self.chart = charts.joined(separator: "\n")
    self.legend = charts.isEmpty ? [] : legend
    hasChart = !charts.isEmpty
    self.tables = shown.map { HTMLPage.Table($0, under: title) }
    self.text = text ?? ""
    hasText = text != nil
    self.command = command?.displayable ?? ""
    hasCommand = command != nil
  }
}
