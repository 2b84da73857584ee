package import GenOpsUnits

/// A form in which daily numbers come in a file: read whole.
///
/// A new one is a file with a type that conforms, and a line in ``HistorySources``.
package protocol HistorySource: Named {
  /// How the data begins: shown by `genops kinds`.
  static var example: String { get }
  /// Whether the file looks like this kind.
  static func recognizes(_ file: HistoryFile) -> Bool
  /// Reads the file. Whatever is skipped is a finding with its place.
  static func read(_ file: HistoryFile) -> UsageHistory
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

  private static func entry(_ kind: any HistorySource.Type)
    -> Registry<any HistorySource.Type>.Entry
  {
    .init(name: kind.name, summary: kind.summary, kind: kind)
  }
}
