package import GenOpsIngestion
package import GenOpsMetering
package import GenOpsUnits

/// A file of daily numbers, split into cells or parsed as JSON, before its kind is known.
package struct HistoryFile: Sendable {
  package enum Content: Sendable {
    case table(DelimitedText)
    /// One after the other, as `curl … >> file` leaves them.
    case json([Node])
  }

  package var content: Content
  /// The file as the user named it.
  package var name: String
  /// What a file with one unnamed column of numbers counts, when the scenario says it.
  package var meter: Meter?

  package var table: DelimitedText? {
    if case .table(let table) = content { table } else { nil }
  }
  package var documents: [Node]? {
    if case .json(let nodes) = content { nodes } else { nil }
  }

  package func location(_ line: Int, _ column: Int) -> SourceLocation {
    SourceLocation(file: name, line: line, column: column)
  }

  package func location(_ cell: DelimitedText.Cell) -> SourceLocation {
    location(cell.line, cell.column)
  }
}

extension UsageHistory {
  /// Reads a file whose kind is found from its content, compressed or not.
  ///
  /// It does not throw: a file that cannot be read is a history without series and an error among
  /// its findings.
  /// - Parameters:
  ///   - path: Where the file is.
  ///   - name: The file as the user named it, for findings.
  ///   - kind: The name of a ``TrafficSource``, when the scenario says it.
  ///   - meter: What a file with one unnamed column of numbers counts.
  /// - Returns: What could be read; the rest is in its findings.
  package static func load(
    path: String, name: String, kind: String? = nil, meter: Meter? = nil
  ) -> UsageHistory {
    do throws(FindingsError) {
      return read(
        try WholeFile.bytes(path: path, name: name), name: name, kind: kind, meter: meter)
    } catch { return UsageHistory(findings: error.findings) }
  }

  /// Reads the content of a file; see ``load(path:name:kind:meter:)``.
  package static func read(
    _ bytes: [UInt8], name: String, kind: String? = nil, meter: Meter? = nil
  ) -> UsageHistory {
    do throws(FindingsError) {
      let (text, notes) = try WholeFile.text(bytes, name: name)
      let content: HistoryFile.Content =
        isJSON(text)
        ? .json(try JSONParser.parseStream(text, file: name))
        : .table(DelimitedText(text))
      let file = HistoryFile(content: content, name: name, meter: meter)
      guard let source = try source(of: file, kind: kind) else {
        return UsageHistory(findings: unrecognized(file))
      }
      var history = source.read(file)
      history.findings.merge(notes)
      return history.knownDays()
    } catch { return UsageHistory(findings: error.findings) }
  }

  private static func isJSON(_ bytes: [UInt8]) -> Bool {
    let first = bytes.first { !" \t\r\n".utf8.contains($0) && !([0xEF, 0xBB, 0xBF].contains($0)) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  private static func source(of file: HistoryFile, kind: String?) throws(FindingsError)
    -> (any HistorySource.Type)?
  {
    if let kind {
      var findings = Findings()
      if let found = HistorySources.registry.find(kind, at: file.location(1, 1), &findings) {
        return found
      }
      throw FindingsError(findings: findings)
    }
    let kinds = HistorySources.registry.entries.map(\.kind)
    return kinds.first { $0.recognizes(file) }
  }

  private static func unrecognized(_ file: HistoryFile) -> Findings {
    var findings = Findings()
    findings.error(
      "history-format",
      file.documents == nil
        ? "no row of dates and no column called date was found"
        : "this JSON has no \"results\" with dates and data",
      help: "expected PostHog's export (Billing > Usage > Export CSV), an answer of "
        + "/api/billing/usage/, or a CSV with the columns date,meter,units",
      at: file.location(1, 1))
    return findings
  }
}
