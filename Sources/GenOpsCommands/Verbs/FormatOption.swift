import ArgumentParser
import GenOpsReporting
import GenOpsUnits

/// How a report is printed.
struct FormatOption: ParsableArguments {
  @Option(
    help: "What to print: \(ReportFormats.withoutChecks.names.joined(separator: ", ")).")
  var format = "text"

  func validate() throws { try Terminal.check(format) }
}

/// The same for runs, which have datasets too.
struct RunFormatOption: ParsableArguments {
  @Option(help: "What to print: \(ReportFormats.ofRuns.names.joined(separator: ", ")).")
  var format = "text"

  func validate() throws { try Terminal.check(format) }
}

/// The same for verbs that test something.
struct TestFormatOption: ParsableArguments {
  @Option(help: "What to print: \(ReportFormats.all.names.joined(separator: ", ")).")
  var format = "text"

  func validate() throws { try Terminal.check(format) }
}
