package import GenOpsUnits

/// A form in which recorded events come in a file: read one record at a time.
///
/// A new one is a file with a type that conforms, and a line in ``EventSources``.
package protocol EventSource: Named {
  /// How the data begins: shown by `genops kinds`.
  static var example: String { get }
  /// Whether a record (a line, or an item of a list) looks like this kind.
  static func recognizes(_ record: Node) -> Bool
  /// The events of a record, in order; an element that is not an event is malformed.
  static func events(in record: Node) -> [RecordedElement]
}

/// The forms of recorded events, the likelier first.
package enum EventSources {
  package static let registry = Registry<any EventSource.Type>(
    "kind of recorded events",
    [
      entry(BatchExport.self),
      entry(BatchBodies.self),
      entry(EventAnswer.self),
      entry(EventTable.self),
    ])

  private static func entry(_ kind: any EventSource.Type) -> Registry<any EventSource.Type>.Entry {
    .init(name: kind.name, summary: kind.summary, kind: kind)
  }
}
