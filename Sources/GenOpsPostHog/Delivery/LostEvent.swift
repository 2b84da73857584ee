import GenOpsMetering
import GenOpsUnits

/// What an event that was lost on its way says of its decision: read from the bytes that would have
/// been sent, so that the many events that arrive carry nothing for it.
struct LostEvent: Sendable {
  var event: UsageEvent
  var attribution: Attribution
  var cost: Money
  var decided: Timestamp
  /// The analytics session that it counted for.
  var sessionID: String?

  /// Nil when it was not decided by an adapter, or its cost was not known.
  init?(_ outgoing: OutgoingEvent) {
    guard let node = try? JSONParser.parse(Array(outgoing.json.utf8), file: "event"),
      case .object(let members)? = JSONValue(node)["properties"],
      let name = node["event"]?.text, let distinctID = node["distinct_id"]?.text,
      let timestamp = node["timestamp"]?.text.flatMap({ Timestamp($0) })
    else { return nil }
    let properties = JSONValue.object(members)
    guard let decided = properties["genops_timestamp"]?.string.flatMap({ Timestamp($0) }),
      case .number(let text)? = properties["genops_cost_estimated"],
      let cost = try? Money(parsing: text)
    else { return nil }
    event = UsageEvent(
      name: name, distinctID: distinctID, uuid: outgoing.uuid, timestamp: timestamp,
      properties: properties)
    var attribution = Attribution.none
    for dimension in Attribution.dimensions {
      attribution[dimension] = properties[EventOwner.property(dimension)]?.string
    }
    self.attribution = attribution
    self.cost = cost
    self.decided = decided
    sessionID = properties["genops_session_id"]?.string
  }
}
