import GenOpsUnits

/// The datasets of a run in FOCUS 1.4 (https://focus.finops.org), as files of one ZIP archive: what was used and billed,
/// and apart from it what is forecast.
package enum FocusFormat: ReportFormat {
  package static let name = "focus"
  package static let summary =
    "FOCUS 1.4 datasets of actuals, and a marked one of the forecast, as CSV in a ZIP archive"

  package static func bytes(_ report: Report, _ style: TextStyle) -> [UInt8] {
    var archive = ZIPArchive()
    for dataset in report.datasets { archive.add(dataset.path, dataset.csv) }
    return archive.bytes
  }
}
