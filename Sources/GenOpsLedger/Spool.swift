import Foundation
import GRDB
public import GenOpsMetering
public import GenOpsPostHog
public import GenOpsUnits

/// The events of an account that were accepted and not yet delivered.
extension LedgerAccount {
  /// An event on its way.
  public struct Waiting: Sendable {
    /// Its place in the order of acceptance.
    public var sequence: Int64
    public var event: UsageEvent
    public var stamp: GovernanceStamp
  }

  /// Events that wait to be delivered, oldest first, after the one called `sequence`.
  public func waiting(after sequence: Int64 = 0, limit: Int = 1000) throws(LedgerError) -> [Waiting]
  {
    try ledger.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT seq, uuid, distinct_id, name, at, cost, weight, owner, properties FROM event
          WHERE account = ? AND state = 0 AND seq > ? ORDER BY seq LIMIT ?
          """, arguments: [id, sequence, limit]
      ).map { row in
        Waiting(
          sequence: row["seq"], event: StoredEvent.event(row),
          stamp: GovernanceStamp(
            owner: EventOwner(OwnerText.attribution(row["owner"])),
            cost: (row["cost"] as Int64?).map { Money(nanos: $0) }, weight: row["weight"]))
      }
    }
  }

  /// How many events wait.
  public func waitingCount() throws(LedgerError) -> Int {
    try ledger.read { db in
      try Int.fetchOne(
        db, sql: "SELECT COUNT(*) FROM event WHERE account = ? AND state = 0", arguments: [id]) ?? 0
    }
  }

  /// Hands every waiting event to `transport` again, after a restart. PostHog tells copies by their
  /// uuid.
  ///
  /// - Returns: How many.
  @discardableResult
  public func resume(into transport: any Transport) throws(LedgerError) -> Int {
    var (after, count): (Int64, Int) = (0, 0)
    while true {
      let some = try waiting(after: after)
      for one in some { transport.enqueue(one.event, one.stamp) }
      guard let last = some.last else { return count }
      after = last.sequence
      count += some.count
    }
  }

  /// Notes that these events are given up: PostHog will never take them. It is in the audit log.
  public func giveUp(uuids: [EventUUID], reason: String, at instant: Timestamp)
    throws(LedgerError)
  {
    try settle(uuids, state: 2)
    try ledger.write { db in
      try AuditLog(db: db).append(
        "given-up", ["events": .integer(uuids.count), "reason": .string(reason)], account: id,
        at: instant)
    }
  }

  func settle(_ uuids: [EventUUID], state: Int) throws(LedgerError) {
    if uuids.isEmpty { return }
    try checkOpen()
    // An event may be delivered before its background write: it must be there to be settled.
    if ledger.options.acceptance == .soon { try writer.flush() }
    try ledger.write { db in
      let statement = try db.cachedStatement(
        sql: state == 1 && !ledger.options.keepsDelivered
          ? "DELETE FROM event WHERE account = ? AND uuid = ?"
          : "UPDATE event SET state = \(state) WHERE account = ? AND uuid = ? AND state = 0")
      for uuid in uuids { try statement.execute(arguments: [id, uuid.data]) }
    }
  }
}
