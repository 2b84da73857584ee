import GenOpsForecasting
import GenOpsHistory
import GenOpsReporting
import GenOpsSimulation
package import GenOpsUnits

/// `genops forecast`: the steps ahead of one series or of many.
package enum ForecastCommand {
  package struct Request: Sendable {
    package var series: SeriesRequestText
    package var format: String
    /// Where the result is written; nil is stdout, as `-` is to the initializer.
    package var out: String?
    /// Whether a file goes there that the program did not write.
    package var replaces: Bool

    package init(
      series: SeriesRequestText, format: String = "text", out: String? = nil, replaces: Bool = false
    ) {
      self.series = series
      self.format = format
      self.out = out == "-" ? nil : out
      self.replaces = replaces
    }
  }

  /// The formats that are written row by row, while series are answered.
  package enum RowFormat: String, CaseIterable, Sendable { case csv, quantiles }

  /// Every name that `--format` takes.
  package static let formats = ReportFormats.withoutChecks.names + [RowFormat.quantiles.rawValue]

  /// Reads, forecasts and writes. Rows go to `send`, which says why it could not write them, as they come where no
  /// file is named; everything else is the output.
  package static func run(
    _ request: Request, _ options: OutputOptions, onProgress: (Double) -> Void = { _ in },
    send: @escaping (String) -> DescriptorWriter.Failure?
  ) async -> CommandOutput {
    do throws(FindingsError) {
      var findings = Findings()
      let task = request.series.task(&findings)
      let pricing = request.series.pricing(&findings)
      let rows = RowFormat(rawValue: request.format)
      var format: (any ReportFormat.Type)?
      if rows == nil { format = try self.format(request.format) }
      if rows != nil, request.series.prices != nil {
        findings.error(
          "forecast-prices", "rows of \(request.format) have no place for a cost",
          help: "ask for it with --format text, json, markdown or html")
      }
      try findings.throwIfErrors()
      let reader = try SeriesReader(request.series.paths, byProject: request.series.byProject)
      if let rows {
        return try await write(
          rows, reader, task, request, options, onProgress: onProgress, send: send)
      }
      guard let format else { return CommandOutput(findings, color: options.errorColor) }
      return try await write(
        format, reader, task, pricing, request, options, onProgress: onProgress)
    } catch {
      return CommandOutput(error.findings, color: options.errorColor)
    }
  }

  private static func format(_ name: String) throws(FindingsError) -> any ReportFormat.Type {
    var findings = Findings()
    if let format = ReportFormats.withoutChecks[name] { return format }
    findings.error(
      "unknown-kind", "there is no report format called '\(name)'",
      help: nearestName(to: name, among: formats).map { "did you mean '\($0)'?" }
        ?? "known: \(formats.joined(separator: ", "))")
    throw FindingsError(findings: findings)
  }

  /// Rows, series by series: memory does not grow with what is written.
  private static func write(
    _ rows: RowFormat, _ reader: SeriesReader, _ task: SeriesTask, _ request: Request,
    _ options: OutputOptions, onProgress: (Double) -> Void,
    send: @escaping (String) -> DescriptorWriter.Failure?
  ) async throws(FindingsError) -> CommandOutput {
    let csv = ForecastRows(task.intervals)
    let levels = rows == .csv ? task.levels : ForecastRows.quantileLevels
    let header = rows == .csv ? csv.csvHeader : ForecastRows.quantileHeader
    var file: StreamedFile?
    if let out = request.out {
      file = try StreamedFile(
        out, over: .holdingOne(of: marks), replaces: request.replaces,
        elsewhere: "with --out")
    }
    let writer = RowWriter(file, header: header, send: send)
    var study: SeriesStudy
    var names = WrittenNames()
    do throws(FindingsError) {
      study = try await SeriesStudy.run(
        reader, task, .init(levels: levels, paths: 0, kept: 0), onProgress: onProgress
      ) { outlook throws(FindingsError) in
        if rows == .csv { names.take(outlook.series.name) }
        try writer.write(rows == .csv ? csv.csv(outlook) : ForecastRows.quantiles(outlook))
      }
      try study.findings.throwIfErrors()
    } catch {
      file?.discard()
      throw error
    }
    try writer.finish()
    study.findings.merge(names.findings)
    let told = request.out.map { "wrote \($0): \(study.count) series\n" } ?? ""
    return CommandOutput(stdout: told, study.findings, color: options.errorColor)
  }

  private static func write(
    _ format: any ReportFormat.Type, _ reader: SeriesReader, _ task: SeriesTask,
    _ pricing: SeriesPricing?, _ request: Request, _ options: OutputOptions,
    onProgress: (Double) -> Void
  ) async throws(FindingsError) -> CommandOutput {
    let hasRecords = format.name == TSVFormat.name || format.name == XLSXFormat.name
    let isAll = format.name == JSONFormat.name || hasRecords
    let isPage = format.name == HTMLFormat.name || format.name == MarkdownFormat.name
    let lines = isPage ? ForecastReport.pageLines : ForecastReport.lines
    // The band of pictures holds 8 of 10.
    let levels = Set(task.levels + [0.1, 0.9]).sorted()
    var study = try await SeriesStudy.run(
      reader, task,
      .init(
        levels: levels, kept: isAll ? .max : lines,
        detailed: format.name == HTMLFormat.name ? ForecastReport.pageFew : ForecastReport.few,
        pricing: pricing), onProgress: onProgress
    ) { _ throws(FindingsError) in }
    if format.name == TSVFormat.name {
      var names = WrittenNames()
      for outlook in study.outlooks { names.take(outlook.series.name) }
      study.findings.merge(names.findings)
    }
    let report = ForecastReport(study).report(
      lines: lines, withRecords: hasRecords)
    guard let out = request.out else { return CommandOutput(report, as: format, options) }
    try study.findings.throwIfErrors()
    // Text and Markdown have no mark, so nothing that is there is known to be such a file.
    let isMarked = format.name != TextFormat.name && format.name != MarkdownFormat.name
    let over: OutputFiles.Replaceable = isMarked ? .holdingOne(of: marks) : .nothing
    try OutputFiles(
      [.init(out, bytes: format.bytes(report, TextStyle()), over: over)],
      replaces: request.replaces,
      elsewhere: "with --out"
    ).write()
    return CommandOutput(
      stdout: "wrote \(out)\n", study.findings, color: options.errorColor)
  }

  /// What the files of this verb are known by again: one of them may take the place of another.
  private static var marks: [String] {
    [
      // The first titles, which no option changes.
      "unique_id,ds,step,mean", String(ForecastRows.quantileHeader.prefix(22)), HTMLFormat.fileMark,
      XLSXFormat.fileMark, "\"schemaVersion\": \"1.", "unique_id\tds\tstep\tmean",
    ].compactMap { $0 }
  }
}

/// Rows on their way to a file or to stdout, under their header.
private final class RowWriter {
  private let file: StreamedFile?
  private let send: (String) -> DescriptorWriter.Failure?
  private var text: String

  init(_ file: StreamedFile?, header: String, send: @escaping (String) -> DescriptorWriter.Failure?)
  {
    self.file = file
    self.send = send
    text = header
  }

  func write(_ rows: String) throws(FindingsError) {
    text += rows
    if text.utf8.count > 64 * 1024 { try flush() }
  }

  func finish() throws(FindingsError) {
    try flush()
    try file?.finish()
  }

  private func flush() throws(FindingsError) {
    defer { text = "" }
    if let file {
      try file.write(text)
    } else if let failure = send(text) {
      throw FindingsError(
        "unwritable", "the result could not be written: \(failure)",
        help: "free some space, or write it elsewhere")
    }
  }
}
