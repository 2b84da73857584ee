package import GenOpsUnits

/// A run that was recomputed, held against the files it once wrote.
package struct RunVerification: Sendable {
  /// What the folder or file is called.
  package var name: String
  /// The files that were compared.
  package private(set) var files: [String] = []
  /// How many values of `result.json` were.
  package private(set) var figures = 0
  package private(set) var differences: [FigureDifference] = []
  private let report: Report

  /// `report` is the recomputed one.
  package init(name: String, _ report: Report) {
    self.name = name
    self.report = report
  }

  /// Compares the `result.json` itself.
  package mutating func compare(result stored: JSONValue, bytes: [UInt8], file: String) {
    files.append(file)
    figures = ResultComparison.figures(report.json)
    let found = ResultComparison.differences(stored, report.json, file: file)
    differences += found
    if found.isEmpty {
      differences += FileComparison.differences(bytes, Array(report.json.pretty.utf8), file: file)
    }
  }

  /// Compares a file of a format; nil bytes where the folder does not have it.
  package mutating func compare(
    _ stored: [UInt8]?, with format: any ReportFormat.Type, file: String
  ) {
    files.append(file)
    guard let stored else {
      differences.append(
        .init(file: file, place: "the file", stored: "missing", recomputed: "written by the run"))
      return
    }
    differences += FileComparison.differences(
      stored, format.bytes(report, TextStyle()), file: file)
  }

  /// What differs as a report, with a test case for each file.
  package var page: Report {
    var page = Report(title: "Recomputed: \(name)", json: json, version: report.version)
    page.facts = [report.title, "\(files.count) files", "\(figures) values of result.json"]
    page.answer = [answer]
    let rows = differences.map { one -> [ReportTable.Cell] in
      [
        .init(one.file), .init(one.place), .init(one.stored.fitting(60), .bad),
        .init(one.recomputed.fitting(60)),
      ]
    }
    page.sections = [
      ReportSection(
        "What differs", id: "differences",
        [
          .table(
            ReportTable(
              "",
              [.text("File"), .text("Figure"), .text("Stored"), .text("Recomputed")], rows))
        ])
    ]
    page.screen = ReportScreen(.lines([answer]))
    page.checks = ReportChecks(
      name: "genops report --verify",
      cases: files.map { file in
        let wrong = differences.filter { $0.file == file }
        return .init(
          suite: name, name: file,
          failure: wrong.isEmpty
            ? nil
            : wrong.map { "\($0.place): \($0.stored), recomputed \($0.recomputed)" }
              .joined(separator: "\n"))
      }, needReport: false)
    page.source = "the scenario and the data that result.json names"
    return page
  }

  private var answer: String {
    let compared =
      "\(NumberText.counted(files.count, "file")) with \(groupedDigits(String(figures))) values of result.json"
    if differences.isEmpty {
      return "\(name): all is as the scenario and its data give it (\(compared))."
    }
    return "\(name): \(NumberText.counted(differences.count, "figure")) "
      + "\(differences.count == 1 ? "differs" : "differ") from what the scenario and its data give "
      + "(\(compared))."
  }

  private var json: JSONValue {
    [
      "schemaVersion": 1, "run": .string(name), "passed": .bool(differences.isEmpty),
      "files": .strings(files), "values": .integer(figures),
      "differences": .array(
        differences.map {
          [
            "file": .string($0.file), "figure": .string($0.place), "stored": .string($0.stored),
            "recomputed": .string($0.recomputed),
          ]
        }),
    ]
  }
}
