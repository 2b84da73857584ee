import Foundation
import GRDB
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// The events of one account in the file. All of it runs in one transaction of the caller.
///
/// An event is stored as it is sent: the member of `batch` in the body of `POST /batch/`, byte for
/// byte. What is asked for by column stands beside it.
struct EventTable {
  /// Where an event is on its way.
  enum State: Int {
    case waiting = 0
    case delivered = 1
    case givenUp = 2
  }

  /// A row as it is stored; its place and holder are added by the table.
  struct Record {
    var outgoing: OutgoingEvent
    var distinctID: String
    var name: String
    var at: Timestamp
    var decided: Timestamp
    var cost: Int64?
    var weight = 1.0
    /// The attribution as ``OwnerText`` writes it.
    var owner = "{}"
  }

  let db: Database
  let account: Int64
  let holder: Int64

  /// Stores an event and says so, unless one of its uuid is there.
  func insert(_ record: Record, _ state: State) throws -> Bool {
    try db.cachedStatement(
      sql: """
        INSERT INTO event (account, uuid, distinct_id, name, at, decided, cost, weight, owner,
          json, lane, holder, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """
    ).execute(
      arguments: [
        account, record.outgoing.uuid.data, record.distinctID, record.name, record.at.microseconds,
        record.decided.microseconds, record.cost, record.weight, record.owner,
        record.outgoing.json, record.outgoing.lane, holder, state.rawValue,
      ])
    return db.changesCount > 0
  }

  /// Ends the way of an event. One that is unknown, or is settled already, stays as it is.
  func settle(_ uuid: EventUUID, _ state: State, keepsDelivered: Bool) throws {
    let statement = try db.cachedStatement(
      sql: state == .delivered && !keepsDelivered
        ? "DELETE FROM event WHERE account = ? AND uuid = ? AND state = 0"
        : "UPDATE event SET state = \(state.rawValue) WHERE account = ? AND uuid = ? AND state = 0")
    try statement.execute(arguments: [account, uuid.data])
  }

  /// Makes this process the holder of all waiting events that no living process holds.
  func claimAll() throws {
    try db.execute(
      sql: """
        UPDATE event SET holder = ? WHERE account = ? AND state = 0 AND (
          holder IS NULL OR holder NOT IN (
            SELECT id FROM holder WHERE account = ? AND state = 'live'))
        """, arguments: [holder, account, account])
  }

  /// Waiting events of one way that no other living process holds, oldest first. They are held by this one
  /// from now on.
  func claim(limit: Int, lane: String = "") throws -> [OutgoingEvent] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT seq, uuid, json, holder FROM event
        WHERE account = ? AND lane = ? AND state = 0 AND (
          holder = ? OR holder IS NULL OR holder NOT IN (
            SELECT id FROM holder WHERE account = ? AND state = 'live'))
        ORDER BY seq LIMIT ?
        """, arguments: [account, lane, holder, account, limit])
    var events: [OutgoingEvent] = []
    var orphans: [Int64] = []
    while let row = try rows.next() {
      events.append(
        OutgoingEvent(uuid: EventUUID(row["uuid"] as Data), json: row["json"], lane: lane))
      if row["holder"] as Int64? != holder { orphans.append(row["seq"]) }
    }
    let statement = try db.cachedStatement(sql: "UPDATE event SET holder = ? WHERE seq = ?")
    for orphan in orphans { try statement.execute(arguments: [holder, orphan]) }
    return events
  }
}

extension EventTable.Record {
  /// An event that came in from elsewhere as it is sent. What it does not say stands as empty, and
  /// `instant` for its time: its bytes go out unchanged all the same.
  init(_ outgoing: OutgoingEvent, at instant: Timestamp) {
    let node = try? JSONParser.parse(Array(outgoing.json.utf8), file: "event")
    let at = node?["timestamp"]?.text.flatMap { Timestamp($0) } ?? instant
    self.init(
      outgoing: outgoing, distinctID: node?["distinct_id"]?.text ?? "",
      name: node?["event"]?.text ?? "", at: at, decided: instant)
  }
}
