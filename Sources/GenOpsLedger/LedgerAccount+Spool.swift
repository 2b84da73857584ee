import Foundation
import GRDB
public import GenOpsMetering
public import GenOpsPostHog
import GenOpsUnits

/// The ledger as the spool of delivery over HTTP. An adapter that journals to this account has
/// written each event before delivery sees it; others are written when delivery asks for it.
extension LedgerAccount: EventSpool {
  public func keep(_ event: OutgoingEvent) throws {
    try checkOpen()
    if ledger.options.acceptance == .soon { try writer.flush() }
    let isKnown = try ledger.read { db in
      try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM event WHERE account = ? AND uuid = ?)",
        arguments: [id, event.uuid.data]) ?? false
    }
    if isKnown { return }
    let node = try JSONParser.parse(Array(event.json.utf8), file: "event")
    let at = node["timestamp"]?.text.flatMap { Timestamp($0) } ?? SystemClock().now()
    try ledger.write { db in
      try db.execute(
        sql: """
          INSERT INTO event (account, uuid, distinct_id, name, at, decided, cost, weight, owner,
            properties, stamp) VALUES (?, ?, ?, ?, ?, ?, NULL, 1, '{}', ?, '{}')
          ON CONFLICT DO NOTHING
          """,
        arguments: [
          id, event.uuid.data, node["distinct_id"]?.text ?? "", node["event"]?.text ?? "",
          at.microseconds, at.microseconds,
          node["properties"].map { JSONValue($0).description } ?? "{}",
        ])
    }
  }

  /// A confirmation that cannot be written is lost: the event is sent again later, with the same
  /// uuid.
  public func confirm(uuids: [EventUUID]) { try? settle(uuids, state: 1) }

  public func reject(uuids: [EventUUID], reason: String) {
    try? giveUp(uuids: uuids, reason: reason, at: SystemClock().now())
  }

  public func pending(limit: Int) throws -> [OutgoingEvent] {
    if ledger.options.acceptance == .soon { try writer.flush() }
    return try ledger.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT uuid, distinct_id, name, at, decided, properties, stamp FROM event
          WHERE account = ? AND state = 0 ORDER BY seq LIMIT ?
          """, arguments: [id, limit]
      ).map { row in
        var event = StoredEvent.event(row)
        let stamp = StoredEvent.members(row["stamp"])
        let own = StoredEvent.members(row["properties"]).filter { member in
          !member.key.hasPrefix(GovernanceStamp.reservedPrefix)
            && !stamp.contains { $0.key == member.key }
        }
        event.properties = .object(own + stamp)
        return EventEncoder.server.encode(
          event, nil, uuid: EventUUID(row["uuid"] as Data),
          at: Timestamp(microseconds: row["decided"]))
      }
    }
  }
}
