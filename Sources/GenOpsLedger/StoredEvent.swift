import Foundation
import GRDB
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// A row of the spool.
enum StoredEvent {
  static func event(_ row: Row) -> UsageEvent {
    UsageEvent(
      name: row["name"], distinctID: row["distinct_id"], uuid: EventUUID(row["uuid"] as Data),
      timestamp: Timestamp(microseconds: row["at"]),
      properties: .object(members(row["properties"])))
  }

  static func members(_ text: String) -> [JSONValue.Member] {
    guard let node = try? JSONParser.parse(Array(text.utf8), file: "event"),
      case .object(let members) = JSONValue(node)
    else { return [] }
    return members
  }
}
