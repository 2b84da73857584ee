import Foundation
import GRDB
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// A row of the spool, read as an event again: for exports and for what a person asks for. Delivery
/// never comes here, because it sends the stored bytes.
enum StoredEvent {
  /// The event as it was captured and sent: what governance adds under its prefix is left out.
  static func event(_ row: Row) -> UsageEvent {
    UsageEvent(
      name: row["name"], distinctID: row["distinct_id"], uuid: EventUUID(row["uuid"] as Data),
      timestamp: Timestamp(microseconds: row["at"]), properties: properties(row["json"]))
  }

  private static func properties(_ json: String) -> JSONValue {
    var properties: [JSONValue.Member] = []
    for member in members(json) {
      switch member.key {
      case "properties":
        guard case .object(let own) = member.value else { continue }
        properties += own.filter { !$0.key.hasPrefix(GovernanceStamp.reservedPrefix) }
      // They travel beside the properties.
      case "$set", "$set_once": properties.append(member)
      default: continue
      }
    }
    return .object(properties)
  }

  static func members(_ text: String) -> [JSONValue.Member] {
    guard let node = try? JSONParser.parse(Array(text.utf8), file: "event"),
      case .object(let members) = JSONValue(node)
    else { return [] }
    return members
  }
}
