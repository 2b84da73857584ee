import GenOpsUnits

/// The result for programs. It is written from the result, in full, and not from what is shown.
package enum JSONFormat: TextReportFormat {
  package static let name = "json"
  package static let summary =
    "everything, for programs; of a run described by 'genops schema result'"
  package static let fileName: String? = "result.json"
  package static let fileMark: String? = "\"mathFingerprint\": "

  package static func render(_ report: Report, _ style: TextStyle) -> String { report.json.pretty }
}
