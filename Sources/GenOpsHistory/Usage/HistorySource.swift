package import GenOpsIngestion
package import GenOpsUnits

/// A form in which daily numbers come: read whole.
///
/// A new one is a file with a type that conforms, and a line in ``HistorySources``.
package protocol HistorySource: Named {
  /// How the data begins: shown by `genops kinds`.
  static var example: String { get }
  /// What a file in which nothing could be read should have had.
  static var expected: String { get }
  /// Whether the table or answer looks like this kind.
  static func recognizes(_ file: HistoryFile) -> Bool
  /// Whether a row of a table holds the titles with which an export of this kind begins.
  static func isHeader(_ row: DelimitedText.Row) -> Bool
  /// Reads the table or answer. Whatever is skipped is a finding with its place.
  static func read(_ file: HistoryFile, _ findings: inout RepeatedFindings) -> [UsageSeries]
}

extension HistorySource {
  package static func isHeader(_ row: DelimitedText.Row) -> Bool { false }
}

/// The forms of daily numbers, the likelier first.
package enum HistorySources {
  package static let registry = Registry<any HistorySource.Type>(
    "kind of history",
    [
      entry(UsageCSV.self),
      entry(UsageSeriesJSON.self),
      entry(LongCSV.self),
    ])

  /// The kind called `kind`, or without a name the first that recognizes the file; nil when none does.
  static func source(of file: HistoryFile, kind: String?) throws(FindingsError)
    -> (any HistorySource.Type)?
  {
    guard let kind else { return registry.entries.map(\.kind).first { $0.recognizes(file) } }
    var findings = Findings()
    if let found = registry.find(kind, at: file.location(1, 1), &findings) { return found }
    throw FindingsError(findings: findings)
  }

  /// Whether the table or answer is of any kind.
  static func recognizes(_ file: HistoryFile) -> Bool {
    registry.entries.contains { $0.kind.recognizes(file) }
  }

  /// Whether an export of any kind begins with the row.
  static func isHeader(_ row: DelimitedText.Row) -> Bool {
    registry.entries.contains { $0.kind.isHeader(row) }
  }

  private static func entry(_ kind: any HistorySource.Type)
    -> Registry<any HistorySource.Type>.Entry
  {
    .init(name: kind.name, summary: kind.summary, kind: kind)
  }
}
