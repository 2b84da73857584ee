package import GenOpsUnits

/// Tables with a row for each event, as CSV or as JSON objects under other names: PostHog's own CSV
/// export of events, and tables whose columns somebody named.
///
/// PostHog's export calls the columns `*.uuid`, `*.event`, `*.properties.NAME`, … ("all columns"), or as
/// the table on the screen does. Source: PostHog/posthog, `posthog/tasks/exports/csv_exporter.py`.
package enum EventTable: EventSource {
  package static let name = "event-table"
  package static let summary =
    "CSV with a row for each event: PostHog's export, or columns of your own"
  package static let example = """
    *.uuid,*.event,*.properties.$lib,*.timestamp,*.distinct_id,*.person_mode
    0191d6b0-0000-7000-8000-000000000001,$pageview,web,2027-02-01 10:00:00.123456+00:00,user-1,full
    """

  package static func recognizes(_ record: Node) -> Bool {
    guard let entries = record.mapping else { return false }
    return EventColumns(entries.map(\.key)).missing.isEmpty
  }

  package static func events(in record: Node) -> [RecordedElement] {
    events(in: record, named: [:])
  }

  static func events(in record: Node, named: [EventPart: String]) -> [RecordedElement] {
    guard let entries = record.mapping else {
      return [.malformed(.notAnEvent, at: record.location)]
    }
    let columns = EventColumns(entries.map(\.key), named: named)
    return columns.remarks(at: record.location)
      + columns.elements(of: entries.map(\.value), at: record.location)
  }
}
