import GenOpsHistory
package import GenOpsSimulation
import GenOpsUnits

/// The steps ahead as rows, one for each series and step: for spreadsheets and other programs.
package struct ForecastRows {
  /// The parts that the intervals are to hold.
  let intervals: [Double]

  package init(_ intervals: [Double]) { self.intervals = intervals }

  /// The levels of ``quantileHeader``.
  package static let quantileLevels = [
    0.025, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.975,
  ]

  /// The first row of a file of quantiles.
  package static let quantileHeader =
    "unique_id,step,mean," + quantileLevels.map { "q\($0)" }.joined(separator: ",") + "\n"

  /// A row for each step with ``quantileLevels``, numbers in full.
  package static func quantiles(_ outlook: SeriesOutlook) -> String {
    let name = quoted(outlook.series.name)
    var text = ""
    for step in 0..<outlook.horizon {
      text += "\(name),\(step + 1),\(number(outlook.point[step]))"
      for value in outlook.quantiles[step] { text += ",\(number(value))" }
      text += "\n"
    }
    return text
  }

  /// The first row of a CSV file.
  package var csvHeader: String { columns.joined(separator: ",") + "\r\n" }

  /// A row of CSV for each step.
  package func csv(_ outlook: SeriesOutlook) -> String {
    cells(outlook).map { row in row.map(CSVFormat.field).joined(separator: ",") + "\r\n" }.joined()
  }

  private var columns: [String] {
    ["unique_id", "ds", "step", "mean"]
      + intervals.flatMap { ["lo-\(Self.percent($0))", "hi-\(Self.percent($0))"] }
      + ["model", "note"]
  }

  private func cells(_ outlook: SeriesOutlook) -> [[String]] {
    (0..<outlook.horizon).map { step in
      [
        outlook.series.name, outlook.series.label(outlook.known + step), "\(step + 1)",
        ReportTable.value(outlook.point[step]),
      ] + ends(outlook, step).map { ReportTable.value($0) } + [outlook.model, outlook.note]
    }
  }

  private func ends(_ outlook: SeriesOutlook, _ step: Int) -> [Double] {
    intervals.flatMap { part in
      [(1 - part) / 2, (1 + part) / 2].map { outlook.quantile($0, step: step) ?? .nan }
    }
  }

  /// The rows of ``csv(_:)`` as a table of a report.
  func records(_ outlooks: [SeriesOutlook]) -> ReportTable {
    ReportTable(columns.map { .init($0) }, outlooks.flatMap(cells))
  }

  /// The steps of one series for a person.
  func steps(_ outlook: SeriesOutlook) -> ReportTable {
    let rows = (0..<outlook.horizon).map { step -> [ReportTable.Cell] in
      let index = outlook.known + step
      return [.init(outlook.series.label(index))]
        + ([outlook.point[step]] + ends(outlook, step)).map {
          .init(NumberText.value($0), value: ReportTable.value($0))
        }
    }
    let titles = intervals.flatMap { part -> [ReportTable.Column] in
      ["low", "high"].map { .init("\(Self.percent(part)) % \($0)", .right) }
    }
    return ReportTable(
      "Every step", [.init("Step", key: "ds"), .init("expected", .right)] + titles, rows)
  }

  /// `80`, `97.5`.
  static func percent(_ part: Double) -> String {
    let tenths = (part * 1000).rounded()
    return tenths.truncatingRemainder(dividingBy: 10) == 0
      ? "\(Int64(rounding: tenths / 10))" : "\(tenths / 10)"
  }

  /// The shortest text that reads back as the same number; empty when it is not finite.
  private static func number(_ value: Double) -> String {
    let json = JSONValue.double(value + 0)
    return json == .null ? "" : json.description
  }

  /// RFC 4180, and nothing else changed: the name is the key by which programs join.
  private static func quoted(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy {
      $0 != "," && $0 != "\"" && $0 != "\n" && $0 != "\r"
    }
    if isPlain { return text }
    return "\"" + text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
  }
}
