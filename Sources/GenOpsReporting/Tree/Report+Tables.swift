extension Report {
  /// The tables that have rows, each with a name of letters and dashes: what a format of tables alone
  /// shows where there are no ``records``.
  package var tables: [(name: String, table: ReportTable)] {
    sections.flatMap { section in
      section.nodes.compactMap { node in
        guard case .table(let table) = node.content, !table.rows.isEmpty else { return nil }
        return (table.title.isEmpty ? section.id : ReportSection.id(table.title), table)
      }
    }
  }
}

extension ReportTable.Cell {
  /// For programs: the number without separators and unit where there is one, empty where nothing is
  /// known.
  package var plain: String { value ?? (text == "-" ? "" : text) }
}
