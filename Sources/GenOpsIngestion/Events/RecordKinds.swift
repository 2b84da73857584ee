import GenOpsUnits

/// Which kinds a record may be of, and how a table's columns are called.
struct RecordKinds {
  /// In the order in which they are tried.
  var kinds: [any EventSource.Type]
  /// The names of columns or keys that the user gave, by what they hold.
  var named: [EventPart: String] = [:]

  func takes(_ kind: any EventSource.Type) -> Bool { kinds.contains { $0 == kind } }

  /// Whether an object with an event and a distinct id is read as ``BatchExport`` does, whatever else it has.
  var triesBatchExportFirst: Bool {
    named.isEmpty && kinds.first.map { $0 == BatchExport.self } == true
  }

  /// What `record` holds, by the first kind that recognizes it.
  func elements(of record: Node) -> [RecordedElement] {
    if !named.isEmpty { return namedElements(of: record) }
    for kind in kinds where kind.recognizes(record) { return kind.events(in: record) }
    return [.malformed(.notAnEvent, at: record.location, detail: EventNode.content(of: record))]
  }

  private func namedElements(of record: Node) -> [RecordedElement] {
    if let items = record.sequence { return items.flatMap { namedElements(of: $0) } }
    if EventAnswer.recognizes(record) { return EventAnswer.events(in: record, named: named) }
    return EventTable.events(in: record, named: named)
  }
}
