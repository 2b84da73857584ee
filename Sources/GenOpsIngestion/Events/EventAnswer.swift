package import GenOpsUnits

/// Answers of PostHog's API that hold events: pages of the events API and results of a query.
///
/// Sources: PostHog/posthog, `posthog/api/event.py` (`{"next": URL or null, "results": [event, …]}`) and
/// `posthog/schema.py` (`HogQLQueryResponse`, `EventsQueryResponse`: `columns`, `hasMore`, `results` as
/// rows).
package enum EventAnswer: EventSource {
  package static let name = "events-api"
  package static let summary =
    "answers of PostHog's API: pages of /events/ and results of a query"
  package static let example =
    #"{"next":null,"results":[{"id":"0191…","event":"$pageview","distinct_id":"user-1","#
    + #""properties":{},"timestamp":"2027-02-01T10:00:00.123456+00:00"}]}"#

  /// The key of the list of events or rows.
  static let listKey = "results"

  package static func recognizes(_ record: Node) -> Bool { record[listKey]?.sequence != nil }

  package static func events(in record: Node) -> [RecordedElement] {
    events(in: record, named: [:])
  }

  static func events(in record: Node, named: [EventPart: String]) -> [RecordedElement] {
    let items = record[listKey]?.sequence ?? []
    guard let columns = columns(of: record, named: named) else {
      return items.flatMap { item in
        named.isEmpty
          ? [EventNode(node: item).element] : EventTable.events(in: item, named: named)
      } + [page(record)]
    }
    return columns.remarks(at: record.location) + items.flatMap { columns.elements(ofRow: $0) }
      + [page(record)]
  }

  /// How the rows of a query's results are read; nil for events that say it themselves.
  static func columns(of answer: Node, named: [EventPart: String] = [:]) -> EventColumns? {
    answer["columns"]?.sequence.map { EventColumns($0.map { $0.text ?? "" }, named: named) }
  }

  /// What an answer says of what follows it.
  static func page(_ answer: Node) -> RecordedElement {
    let next = answer["next"].map { !$0.isNull } ?? false
    return .page(hasMore: next || answer["hasMore"]?.text == "true", at: answer.location)
  }
}
