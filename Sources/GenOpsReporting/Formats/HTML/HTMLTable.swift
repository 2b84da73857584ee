extension HTMLPage {
  /// A table as the template shows it.
  struct Table {
    var name: HTMLText
    /// Left out under a heading of the same words.
    var captions: [HTMLText]
    var columns: [Column]
    var rows: [Row]
    var notes: [HTMLText]

    struct Column {
      var title: HTMLText
      var style: String
    }

    struct Row {
      var style: String
      /// The first cell, which names the row.
      var head: Cell
      var cells: [Cell]
    }

    struct Cell {
      var text = HTMLText("")
      var style = ""
      /// Where its numbers stand in `result.json`, as an attribute with the space before it; empty for words.
      var source = ""
    }

    /// A cell of more characters than this is given room for several words.
    static let longCell = 20

    init(_ table: ReportTable, under heading: String) {
      name = HTMLText(table.title.isEmpty ? heading : table.title)
      captions = table.title.isEmpty || table.title == heading ? [] : [HTMLText(table.title)]
      columns = table.columns.map {
        Column(title: HTMLText($0.title), style: $0.isNumber ? "number" : "")
      }
      rows = table.rows.enumerated().map { index, row in
        let cells = table.columns.indices.map { column in
          column < row.count
            ? Cell(row[column], isNumber: table.columns[column].isNumber) : Cell()
        }
        let isTotal = table.hasTotal && index == table.rows.count - 1
        return Row(
          style: isTotal ? "total" : "", head: cells.first ?? Cell(),
          cells: Array(cells.dropFirst()))
      }
      notes = table.note.map { [HTMLText($0)] } ?? []
    }
  }
}

extension HTMLPage.Table.Cell {
  init(_ cell: ReportTable.Cell, isNumber: Bool) {
    // Beside columns of numbers, which never break, a sentence would get a word's width.
    let isLong = !isNumber && cell.text.count > HTMLPage.Table.longCell
    let styles = [
      isNumber ? "number" : isLong ? "long" : "", cell.tone == .plain ? "" : "\(cell.tone)",
    ]
    text = HTMLText(cell.text)
    style = styles.filter { !$0.isEmpty }.joined(separator: " ")
    source = HTMLPage.attribute(cell.sources)
  }
}
