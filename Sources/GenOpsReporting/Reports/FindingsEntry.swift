import GenOpsUnits

extension ReportEntry {
  /// How many findings there are and the first of them, for a screen that has no room for all. Those in
  /// `scenarioFile` are shown without its name; `rest` is where the others are, after `+2 `.
  init(_ findings: Findings, scenarioFile: String?, rest: String = "more in the files") {
    let all = FindingsText.sorted(findings)
    guard let first = all.first else {
      self.init("Findings", alternatives: ["none"])
      return
    }
    let items = all.enumerated().map { index, finding in
      ReportEntry.Item(
        finding.message,
        kind: index > 0 && finding.severity != first.severity
          ? "\(finding.severity.rawValue): " : "",
        place: ReportEntry.place(finding, scenarioFile))
    }
    self.init(
      "Findings",
      summary: .init(FindingsText.count(findings) + ": ", first.severity.tone), items,
      rest: rest)
  }

  /// ` (line 4, column 10)` in the scenario, ` (usage.csv:3:1)` elsewhere.
  private static func place(_ finding: Finding, _ scenarioFile: String?) -> String {
    guard let place = finding.location else { return "" }
    if place.file == scenarioFile { return " (line \(place.line), column \(place.column))" }
    return " (\(place.file.fitting(36)):\(place.line):\(place.column))"
  }
}
