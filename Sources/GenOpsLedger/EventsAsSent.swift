import Foundation
import GRDB
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// The step from events in parts (properties here, what governance adds there) to events as they are
/// sent, and to knowing which process holds one.
enum EventsAsSent {
  static func migrate(_ db: Database) throws {
    try db.execute(
      sql: """
        -- `json`: a member of `batch` in the body of `POST /batch/`, byte for byte.
        -- `holder`: the process that delivers it; NULL when none does.
        CREATE TABLE event_as_sent (
          seq INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL, uuid BLOB NOT NULL,
          distinct_id TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL,
          decided INTEGER NOT NULL, cost INTEGER, weight REAL NOT NULL, owner TEXT NOT NULL,
          json TEXT NOT NULL, holder INTEGER, state INTEGER NOT NULL DEFAULT 0,
          UNIQUE (account, uuid));
        """)
    let statement = try db.makeStatement(
      sql: """
        INSERT INTO event_as_sent (seq, account, uuid, distinct_id, name, at, decided, cost, weight,
          owner, json, holder, state)
        SELECT seq, account, uuid, distinct_id, name, at, decided, cost, weight, owner, ?, NULL, state
        FROM event WHERE seq = ?
        """)
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT seq, uuid, distinct_id, name, at, decided, properties, stamp FROM event ORDER BY seq
        """)
    while let row = try rows.next() {
      try statement.execute(arguments: [json(row), row["seq"] as Int64])
    }
    try db.execute(
      sql: """
        DROP TABLE event;
        ALTER TABLE event_as_sent RENAME TO event;
        CREATE INDEX event_waiting ON event (account, seq) WHERE state = 0;
        CREATE INDEX event_person ON event (distinct_id);
        CREATE INDEX event_decided ON event (decided);
        """)
  }

  /// What the version before would have sent.
  private static func json(_ row: Row) -> String {
    let stamp = StoredEvent.members(row["stamp"])
    let own = StoredEvent.members(row["properties"]).filter { member in
      !member.key.hasPrefix(GovernanceStamp.reservedPrefix)
        && !stamp.contains { $0.key == member.key }
    }
    let event = UsageEvent(
      name: row["name"], distinctID: row["distinct_id"], uuid: EventUUID(row["uuid"] as Data),
      timestamp: Timestamp(microseconds: row["at"]), properties: .object(own + stamp))
    return EventEncoder.server.encode(
      event, nil, uuid: EventUUID(row["uuid"] as Data), at: Timestamp(microseconds: row["decided"])
    ).json
  }
}
