extension Report {
  /// The tables that have rows, each with a name of letters and dashes: what a format of tables alone
  /// shows where there are no ``records``.
  package var tables: [(name: String, table: ReportTable)] {
    sections.flatMap { section in
      section.nodes.compactMap { node in
        guard case .table(let table) = node.content, !table.rows.isEmpty else { return nil }
        return (table.title.isEmpty ? section.id : ReportSection.id(table.title), table)
      }
    } + (totals.map { [(ReportSection.id($0.title), $0)] } ?? [])
  }

  /// The same with the titles that people read.
  package var allTables: [(title: String, table: ReportTable)] {
    sections.flatMap { section in
      section.nodes.compactMap { node in
        guard case .table(let table) = node.content, !table.rows.isEmpty else { return nil }
        return (table.title.isEmpty ? section.title : table.title, table)
      }
    } + (totals.map { [($0.title, $0)] } ?? [])
  }

  /// What a file of rows and columns holds, its header first; all rows have as many fields.
  ///
  /// Where the report has ``records`` they are the file. Otherwise its ``tables`` are, one below the other:
  /// the first column names the table, so that one filter gives a rectangular one, and each other column
  /// stands once for all tables that have it.
  package var rows: [[String]] {
    if let records {
      return [records.columns.map(\.key)]
        + records.rows.map { row in records.columns.indices.map { records.cell(row, $0).plain } }
    }
    var keys: [String] = []
    for key in tables.flatMap({ $0.table.columns.map(\.key) })
    where !key.isEmpty && !keys.contains(key) {
      keys.append(key)
    }
    let rows = tables.flatMap { name, table in
      table.rows.map { row in
        [name]
          + keys.map { key in
            table.columns.firstIndex { $0.key == key }.map { table.cell(row, $0).plain } ?? ""
          }
      }
    }
    return [["table"] + keys] + rows
  }
}

extension ReportTable.Cell {
  /// For programs: the number without separators and unit where there is one, empty where nothing is
  /// known.
  package var plain: String { value ?? (text == "-" ? "" : text) }
}
