import GenOpsMetering
import GenOpsUnits

/// Reads one event object in any of the shapes PostHog's clients and exports write.
///
/// Shapes: posthog-python, -node and mobile (`distinct_id` on top), posthog-js (`distinct_id` and
/// `token` among the properties, `offset` in milliseconds instead of a time), capture V1
/// (`session_id` and `options` on top), batch exports (more columns, `properties` an object or a
/// JSON text), the events API (`id` instead of `uuid`).
struct EventNode {
  let node: Node
  /// When the batch was sent: the time of events that have none.
  var sentAt: Timestamp?
  /// The project token of the batch.
  var token: String?

  var element: RecordedElement {
    let column = node.location.column
    guard node.mapping != nil else { return .malformed(.notAnEvent, column: column) }
    guard let name = text("event"), !name.isEmpty else {
      return .malformed(.noName, column: column)
    }
    let properties = self.properties
    func property(_ key: String) -> String? { properties?[key].flatMap(EventNode.text) }
    guard
      let distinctID = text("distinct_id") ?? text("$distinct_id") ?? property("distinct_id")
        ?? property("$distinct_id"), !distinctID.isEmpty
    else { return .malformed(.noDistinctID, column: column) }
    var timestamp: Timestamp?
    var isAssumed = false
    if let written = text("timestamp") {
      guard let read = Timestamp(written) else { return .malformed(.badTimestamp, column: column) }
      timestamp = read
    } else {
      let offset = text("offset").flatMap(Double.init) ?? 0
      timestamp = sentAt?.advanced(bySeconds: offset.magnitude < 1e9 ? -offset / 1000 : 0)
      isAssumed = text("offset") == nil
    }
    let options = node["options"]
    var event = UsageEvent(
      name: name, distinctID: distinctID,
      // An id that is not a UUID is replaced by PostHog's clients and tells no copies apart.
      uuid: (text("uuid") ?? text("id")).flatMap { EventUUID($0) },
      timestamp: timestamp ?? Timestamp(microseconds: 0),
      properties: properties.map { JSONValue($0) } ?? .object([]))
    // Capture V1 writes these beside the properties.
    if let session = text("session_id") { event.sessionID = session }
    if let choice = bool(options?["process_person_profile"]) { event.processPersonProfile = choice }
    if let tour = options?["product_tour_id"].flatMap(EventNode.text) {
      event.productTourID = tour
    }
    let recorded = RecordedEvent(
      event: event, isTimestampAssumed: isAssumed,
      projectToken: token ?? text("api_key") ?? text("token") ?? property("token"),
      line: node.location.line)
    return .event(recorded, timestamp: timestamp)
  }

  /// The properties; a Parquet reader leaves them as a JSON text.
  private var properties: Node? {
    guard let node = node["properties"] else { return nil }
    guard case .scalar(let text, true) = node.content else { return node }
    return try? JSONParser.parse(text.utf8, file: node.location.file)
  }

  private func text(_ key: String) -> String? { node[key].flatMap(EventNode.text) }

  private static func text(_ node: Node) -> String? { node.isNull ? nil : node.text }

  /// PostHog's clients write `true`; some libraries write the text.
  private func bool(_ node: Node?) -> Bool? {
    switch node?.text {
    case "true": true
    case "false": false
    default: nil
    }
  }
}
