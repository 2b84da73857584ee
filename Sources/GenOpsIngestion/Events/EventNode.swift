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
    let place = node.location
    guard node["event"] != nil || node["distinct_id"] != nil || node["$distinct_id"] != nil else {
      return .malformed(.notAnEvent, at: place, detail: EventNode.content(of: node))
    }
    guard let name = text("event"), !name.isEmpty else { return .malformed(.noName, at: place) }
    let written = node["properties"]
    let properties = written.map(EventNode.parsed).flatMap { $0.mapping == nil ? nil : $0 }
    func property(_ key: String) -> String? { properties?[key].flatMap(EventNode.text) }
    guard
      let distinctID = text("distinct_id") ?? text("$distinct_id") ?? property("distinct_id")
        ?? property("$distinct_id"), !distinctID.isEmpty
    else { return .malformed(.noDistinctID, at: place) }
    var timestamp: Timestamp?
    var isAssumed = false
    if let written = node["timestamp"], let text = EventNode.text(written) {
      guard let read = EventNode.instant(text) else {
        return .malformed(.badTimestamp, at: written.location, detail: "'\(text.prefix(80))'")
      }
      timestamp = read
    } else {
      let offset = text("offset").flatMap(Double.init) ?? 0
      timestamp = sentAt?.advanced(bySeconds: offset.magnitude < 1e9 ? -offset / 1000 : 0)
      isAssumed = text("offset") == nil
    }
    let options = node["options"]
    // An export that a database wrote as text has its flags as text too; from a client it would be no flag.
    let flag =
      written.flatMap(EventNode.text) == nil
      ? nil : property("$process_person_profile").flatMap { UsageEvent.flag($0) }
    var event = UsageEvent(
      name: name, distinctID: distinctID,
      // An id that is not a UUID is replaced by PostHog's clients and tells no copies apart.
      uuid: (text("uuid") ?? text("id")).flatMap { EventUUID($0) },
      timestamp: timestamp ?? Timestamp(microseconds: 0),
      properties: properties.map { JSONValue($0) } ?? .object([]))
    if let flag { event.processPersonProfile = flag }
    // Capture V1 writes these beside the properties.
    if let session = text("session_id") { event.sessionID = session }
    if let choice = bool(options?["process_person_profile"]) { event.processPersonProfile = choice }
    // What PostHog decided, in its exports.
    switch text("person_mode") {
    case "propertyless": event.processPersonProfile = false
    case "full": event.processPersonProfile = true
    case "force_upgrade":
      // It asked for no profile, so PostHog took its groups off; `$groups` is what is left of them.
      event.processPersonProfile = true
      event.hasGroups = false
    default: break
    }
    if let tour = options?["product_tour_id"].flatMap(EventNode.text) {
      event.productTourID = tour
    }
    let recorded = RecordedEvent(
      event: event, isTimestampAssumed: isAssumed,
      projectToken: token ?? text("api_key") ?? text("token") ?? property("token"),
      line: place.line,
      hasUnreadProperties: properties == nil && written.flatMap(EventNode.text)?.isEmpty == false)
    return .event(recorded, timestamp: timestamp)
  }

  /// An instant as exports, databases and programs write it.
  static func instant(_ text: String) -> Timestamp? { Timestamp(text) ?? Timestamp(epoch: text) }

  /// A value that a table or a Parquet reader left as a JSON text, once or twice.
  static func parsed(_ node: Node) -> Node {
    var node = node
    for _ in 0..<2 {
      guard let text = node.text, let first = text.utf8.first,
        first == UInt8(ascii: "{") || first == UInt8(ascii: "\""),
        let read = try? JSONParser.parseStream(
          text.utf8, file: node.location.file, line: node.location.line,
          mostValues: FileWindow.mostValues), read.count == 1
      else { break }
      node = read[0]
    }
    return node
  }

  /// What an object that is not an event holds, so that its reader sees which file it is: the reason that
  /// PostHog gives for a refusal, or its first keys.
  static func content(of record: Node) -> String? {
    if let detail = record["detail"]?.text { return "PostHog refused the request: \(detail)" }
    guard let entries = record.mapping, !entries.isEmpty else { return nil }
    return "it has " + entries.prefix(8).map(\.key).joined(separator: ", ")
      + (entries.count > 8 ? ", …" : "")
  }

  private func text(_ key: String) -> String? { node[key].flatMap(EventNode.text) }

  private static func text(_ node: Node) -> String? { node.isNull ? nil : node.text }

  /// PostHog's clients write `true`; some libraries write the text.
  private func bool(_ node: Node?) -> Bool? { node?.text.flatMap { UsageEvent.flag($0) } }
}
