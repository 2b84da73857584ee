package import GenOpsUnits

/// A kind of traffic a scenario can name.
///
/// A new one is a file with a type that conforms to ``HistorySource`` or ``EventSource``, and a
/// line in ``TrafficSources``.
package protocol TrafficSource: Named {
  /// How the data begins, or the lines a scenario needs: shown by `genops kinds`.
  static var example: String { get }
}

/// Daily numbers in a file: read whole.
package protocol HistorySource: TrafficSource {
  /// Whether the file looks like this kind.
  static func recognizes(_ file: HistoryFile) -> Bool
  /// Reads the file. Whatever is skipped is a finding with its place.
  static func read(_ file: HistoryFile) -> UsageHistory
}

/// Recorded events in a file: read one record at a time.
package protocol EventSource: TrafficSource {
  /// Whether a record (a line, or an element of a whole-file array) looks like this kind.
  static func recognizes(_ record: Node) -> Bool
  /// The events of a record, in order; an element that is no event is malformed.
  static func events(in record: Node) -> [RecordedElement]
}

/// The kinds of traffic, the likelier first.
package enum TrafficSources {
  package static let all = Registry<any TrafficSource.Type>(
    "traffic source",
    [
      entry(UsageCSV.self),
      entry(UsageSeriesJSON.self),
      entry(LongCSV.self),
      entry(BatchExport.self),
      entry(BatchBodies.self),
      entry(TrafficStream.self),
    ])

  package static var histories: [any HistorySource.Type] {
    all.entries.compactMap { $0.kind as? any HistorySource.Type }
  }

  package static var events: [any EventSource.Type] {
    all.entries.compactMap { $0.kind as? any EventSource.Type }
  }

  private static func entry(_ kind: any TrafficSource.Type)
    -> Registry<
      any TrafficSource.Type
    >.Entry
  {
    .init(name: kind.name, summary: kind.summary, kind: kind)
  }
}
