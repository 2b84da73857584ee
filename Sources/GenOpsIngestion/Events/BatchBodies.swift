package import GenOpsUnits

/// Bodies that PostHog's clients sent, one on each line or one to a file.
///
/// The three envelopes of the capture endpoints: `{"api_key","batch":[…],"sent_at"}` (old clients
/// write `sentAt`), an array of events, and a single event. Also the HTTP recordings that hold such
/// bodies under `body`.
package enum BatchBodies: EventSource {
  package static let name = "batch-bodies"
  package static let summary =
    "bodies of /batch/ and /e/ as the clients sent them, one on each line"
  package static let example =
    #"{"api_key":"phc_…","batch":[{"event":"$pageview","distinct_id":"user-1","#
    + #""timestamp":"2027-02-01T10:00:00Z"}],"sent_at":"2027-02-01T10:00:01Z"}"#

  package static func recognizes(_ record: Node) -> Bool {
    record.sequence != nil || record["batch"] != nil || record["body"] != nil
  }

  package static func events(in record: Node) -> [RecordedElement] {
    if let items = record.sequence {
      // Pages of an answer that were gathered in one array stand in it too.
      return items.flatMap {
        $0["event"] == nil && EventAnswer.recognizes($0)
          ? EventAnswer.events(in: $0) : events(in: $0)
      }
    }
    if let batch = record["batch"] {
      guard let items = batch.sequence else { return [.malformed(.notAnEvent, at: batch.location)] }
      let sentAt = record["sent_at"] ?? record["sentAt"] ?? record["created_at"]
      let envelope = (
        sentAt: sentAt?.text.flatMap(EventNode.instant),
        token: (record["api_key"] ?? record["token"])?.text
      )
      return items.map {
        EventNode(node: $0, sentAt: envelope.sentAt, token: envelope.token).element
      }
    }
    if let body = record["body"], record["event"] == nil {
      // A recording of anything but captured events, such as a flag request, holds no event.
      if body.isNull || !carriesEvents(record) { return [] }
      if case .scalar(let text, true) = body.content {
        let place = body.location
        guard
          let parsed = try? JSONParser.parseStream(
            text.utf8, file: place.file, line: place.line, mostValues: FileWindow.mostValues)
        else { return [.malformed(.notJSON, at: place)] }
        return parsed.flatMap { events(in: $0) }
      }
      return events(in: body)
    }
    return [EventNode(node: record).element]
  }

  /// The capture paths of PostHog's clients; a recording without a path is taken as one.
  private static func carriesEvents(_ recording: Node) -> Bool {
    guard let path = recording["path"]?.text else { return true }
    let route = path.prefix { $0 != "?" }.split(separator: "/").joined(separator: "/")
    return capturePaths.contains(route)
  }

  private static let capturePaths: Set<String> = [
    "batch", "capture", "e", "track", "engage", "s", "i/v0/e", "i/v0/ai/batch",
    "i/v1/analytics/events",
  ]
}
