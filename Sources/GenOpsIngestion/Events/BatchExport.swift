package import GenOpsUnits

/// PostHog's batch export as JSON lines, plain or packed: an event on each line.
///
/// `{"uuid","event","distinct_id","person_id","properties":{…},"person_properties":{…},
/// "elements_chain","timestamp","created_at","_inserted_at"}`. Source: posthog.com,
/// docs/cdp/batch-exports/s3.
package enum BatchExport: EventSource {
  package static let name = "batch-export"
  package static let summary =
    "PostHog's batch export: an event on each line (.jsonl, .gz, .zst, .br)"
  package static let example =
    #"{"uuid":"0191…","event":"$pageview","distinct_id":"user-1","properties":{},"#
    + #""timestamp":"2027-02-01T10:00:00.123456+00:00"}"#

  package static func recognizes(_ record: Node) -> Bool {
    record["event"] != nil && (record["distinct_id"] != nil || !EventTable.recognizes(record))
  }

  package static func events(in record: Node) -> [RecordedElement] {
    [EventNode(node: record).element]
  }
}
