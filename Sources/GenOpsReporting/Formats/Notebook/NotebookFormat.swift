import GenOpsUnits

/// A report as a Jupyter notebook (nbformat 4.5): its words and tables to read, its pictures as outputs, and
/// the Python that draws them again from the rows beside it, so that an analyst carries on from there.
///
/// It is written without Python. To run its cells takes pandas and matplotlib, and the `report.csv` that a
/// run writes into the same folder.
package enum NotebookFormat: TextReportFormat {
  package static let name = "notebook"
  package static let summary = "a Jupyter notebook that carries on from report.csv with pandas"
  package static let fileName: String? = "report.ipynb"
  package static let fileMark: String? = "\"generator\": \"genops "
  package static let drawsCharts = true

  package static func render(_ report: Report, _ style: TextStyle) -> String {
    let notebook: JSONValue = [
      "cells": .array(cells(report)),
      "metadata": [
        "generator": .string("genops \(report.version)"),
        "kernelspec": ["display_name": "Python 3", "language": "python", "name": "python3"],
        "language_info": ["name": "python"],
      ],
      "nbformat": 4,
      "nbformat_minor": 5,
    ]
    return notebook.pretty
  }

  private static func cells(_ report: Report) -> [JSONValue] {
    var cells = [markdown("answer", MarkdownFormat.opening(report) + figures(report))]
    // Rows of records are what the Python below reads.
    let hasRows = report.records?.columns.first?.key == "record"
    if hasRows { cells.append(code("rows", NotebookCode.load)) }
    for section in report.sections where section.nodes.contains(where: { !$0.isEmpty }) {
      let id = String(section.id.prefix(50))
      let charts = hasRows ? section.nodes.compactMap(drawn) : []
      let blocks = MarkdownFormat.whole(section, report)
      if charts.isEmpty, blocks.isEmpty { continue }
      let heading = section.title.isEmpty ? [] : ["## " + MarkdownFormat.escaped(section.title)]
      cells.append(markdown(id, heading + (charts.isEmpty ? blocks : [])))
      for (chart, source) in charts {
        cells.append(code(id + "-" + chart.caption.id, source, showing: chart))
      }
      if !charts.isEmpty, !blocks.isEmpty { cells.append(markdown(id + "-tables", blocks)) }
    }
    if hasRows {
      cells.append(markdown("further", ["## Carry on", NotebookCode.further]))
      cells.append(code("further-code", NotebookCode.start))
    }
    return cells
  }

  /// A chart that has something to show and Python that draws it.
  private static func drawn(_ node: ReportNode) -> (ReportChart, String)? {
    guard case .chart(let chart) = node.content, !chart.isEmpty else { return nil }
    return NotebookCode.drawing[chart.caption.id].map { (chart, $0) }
  }

  private static func figures(_ report: Report) -> [String] {
    if report.figures.isEmpty { return [] }
    let rows = report.figures.map { figure in
      "- \(MarkdownFormat.escaped(figure.label)): **\(MarkdownFormat.escaped(figure.value))** "
        + "(\(MarkdownFormat.escaped(figure.note)))"
    }
    return [rows.joined(separator: "\n")]
  }

  private static func markdown(_ id: String, _ blocks: [String]) -> JSONValue {
    [
      "cell_type": "markdown", "id": .string(id), "metadata": [:],
      "source": lines(blocks.joined(separator: "\n\n")),
    ]
  }

  /// A cell with what it showed when the report was written: the same data, drawn here.
  private static func code(
    _ id: String, _ source: String, showing chart: ReportChart? = nil
  ) -> JSONValue {
    let outputs = chart.map { chart -> [JSONValue] in
      [
        [
          "data": [
            "image/svg+xml": lines(chart.svg(.wide, alone: true)),
            "text/plain": lines(chart.caption.title),
          ],
          "metadata": [:], "output_type": "display_data",
        ]
      ]
    }
    return [
      "cell_type": "code", "execution_count": .null, "id": .string(id), "metadata": [:],
      "outputs": .array(outputs ?? []), "source": lines(source),
    ]
  }

  /// A text as nbformat holds it: a list of its lines, each with the newline at its end.
  private static func lines(_ text: String) -> JSONValue {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    return .array(
      lines.enumerated().map { index, line in
        .string(String(line) + (index + 1 < lines.count ? "\n" : ""))
      })
  }
}
