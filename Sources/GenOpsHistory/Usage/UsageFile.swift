import GenOpsIngestion
package import GenOpsMetering
package import GenOpsUnits

/// What a file of daily numbers holds: one export, or several that stand one after the other.
///
/// What could not be read is in ``findings``, each with its place in the file.
package struct UsageFile: Sendable {
  package var exports: [UsageExport]
  package var findings: Findings
  /// False when the content is of no kind that holds daily numbers: it may hold events.
  package var isRecognized: Bool

  package init(
    exports: [UsageExport] = [], findings: Findings = Findings(), isRecognized: Bool = true
  ) {
    self.exports = exports
    self.findings = findings
    self.isRecognized = isRecognized
  }

  /// A history that was counted from single events: the file called `name` that held them. Its edges stay
  /// when the events are walked one by one; else the last day may be one that is not over.
  package init(counted history: UsageHistory, name: String, keepsEdges: Bool) {
    self.init(
      exports: [
        UsageExport(
          name: name, series: history.series, isCounted: true, keepsEdges: keepsEdges)
      ],
      findings: history.findings)
  }

  /// Reads a file whose kind is found from its content, compressed or not.
  ///
  /// It does not throw: a file that cannot be read is one without exports and an error among its
  /// findings.
  /// - Parameters:
  ///   - path: Where the file is.
  ///   - name: The file as the user named it, for findings.
  ///   - kind: The name of a ``HistorySource``, when the scenario says it.
  ///   - meter: What a file with one unnamed column of numbers counts.
  /// - Returns: The exports of the file, and what was found in it.
  package static func load(
    path: String, name: String, kind: String? = nil, meter: Meter? = nil
  ) -> UsageFile {
    do throws(FindingsError) {
      return read(
        try WholeFile.bytes(path: path, name: name), name: name, kind: kind, meter: meter)
    } catch { return UsageFile(findings: error.findings) }
  }

  /// Reads the content of a file; see ``load(path:name:kind:meter:)``.
  package static func read(
    _ bytes: [UInt8], name: String, kind: String? = nil, meter: Meter? = nil
  ) -> UsageFile {
    do throws(FindingsError) {
      let (text, notes) = try WholeFile.text(bytes, name: name)
      var findings = RepeatedFindings()
      findings.merge(notes)
      var exports: [UsageExport] = []
      var source: (any HistorySource.Type)?
      var unknown: [HistoryFile] = []
      for part in try parts(of: text, name: name, meter: meter) {
        guard let found = try HistorySources.source(of: part, kind: kind) else {
          unknown.append(part)
          continue
        }
        source = found
        let line = part.firstLine
        let export = UsageExport(
          name: line > 1 && !exports.isEmpty ? "\(name):\(line)" : name,
          series: found.read(part, &findings), morePages: part.morePages)
        SpendCheck.refuse(export, at: part.location(line, 1), &findings)
        exports.append(export)
      }
      guard let source else {
        return UsageFile(findings: unrecognized(text, name: name), isRecognized: false)
      }
      for part in unknown {
        findings.add(
          .error, "history-format",
          "this JSON has no \"results\", other than those before or after it",
          help: source.expected, at: part.location(part.firstLine, 1))
      }
      if exports.allSatisfy(\.series.isEmpty), !findings.findings.hasErrors {
        findings.add(
          .error, "history-empty", "no usage of a meter could be read", help: source.expected,
          at: SourceLocation(file: name, line: 1, column: 1))
      }
      return UsageFile(exports: exports, findings: findings.finished())
    } catch { return UsageFile(findings: error.findings) }
  }

  /// The exports in a text: tables that begin with a row of titles each, or JSON answers.
  private static func parts(of text: [UInt8], name: String, meter: Meter?) throws(FindingsError)
    -> [HistoryFile]
  {
    func part(_ content: HistoryFile.Content) -> HistoryFile {
      HistoryFile(content: content, name: name, meter: meter)
    }
    if isJSON(text) {
      let documents = try JSONParser.parseStream(text, file: name)
      // Pages that were gathered in one array are answers like those that stand one after the other.
      return documents.flatMap { $0.sequence ?? [$0] }.map { part(.json($0)) }
    }
    let table = DelimitedText(text)
    var begins = table.rows.indices.filter { HistorySources.isHeader(table.rows[$0]) }
    // Above the first row of titles there may be a heading, but no other export.
    if let first = begins.first, !HistorySources.recognizes(part(.table(table.part(0..<first)))) {
      begins.removeFirst()
    }
    // The rows of titles are in order and within the table.
    return zip([0] + begins, begins + [table.rows.count])
      .map { part(.table(table.part($0..<$1))) }
  }

  /// Whether a text begins as JSON does.
  static func isJSON(_ bytes: [UInt8]) -> Bool {
    let first = bytes.first { !" \t\r\n".utf8.contains($0) && !([0xEF, 0xBB, 0xBF].contains($0)) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  private static func unrecognized(_ text: [UInt8], name: String) -> Findings {
    var findings = Findings()
    findings.error(
      "history-format",
      isJSON(text)
        ? "this JSON has no \"results\" with dates and data"
        : "no row of dates and no column called date was found",
      help: "expected PostHog's export (Billing > Usage > Export CSV), an answer of "
        + "/api/billing/usage/, or a CSV with the columns date,meter,units",
      at: SourceLocation(file: name, line: 1, column: 1))
    return findings
  }
}
