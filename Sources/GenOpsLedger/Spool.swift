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
    /// As it was captured and is sent, read from ``outgoing``; governance's own properties are in
    /// ``stamp``.
    public var event: UsageEvent
    public var stamp: GovernanceStamp
    /// What is sent, byte for byte.
    public var outgoing: OutgoingEvent
  }

  /// Events that wait to be delivered, oldest first, after the one called `sequence`, whichever
  /// process holds them.
  public func waiting(after sequence: Int64 = 0, limit: Int = 1000) throws(LedgerError) -> [Waiting]
  { try waiting(after: sequence, limit: limit, heldBy: nil) }

  private func waiting(after sequence: Int64, limit: Int = 1000, heldBy holder: Int64?)
    throws(LedgerError) -> [Waiting]
  {
    try ledger.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT seq, uuid, distinct_id, name, at, cost, weight, owner, json, lane FROM event
          WHERE account = ? AND state = 0 AND seq > ? AND (? IS NULL OR holder = ?)
          ORDER BY seq LIMIT ?
          """, arguments: [id, sequence, holder, holder, limit]
      ).map { row in
        Waiting(
          sequence: row["seq"], event: StoredEvent.event(row),
          stamp: GovernanceStamp(
            owner: EventOwner(OwnerText.attribution(row["owner"])),
            cost: (row["cost"] as Int64?).map { Money(nanos: $0) }, weight: row["weight"]),
          outgoing: OutgoingEvent(
            uuid: EventUUID(row["uuid"] as Data), json: row["json"], lane: row["lane"]))
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

  /// Hands to `transport` what earlier processes accepted and did not deliver, in the bytes that they
  /// wrote. A delivery that has this account as its spool does so by itself; this is for transports
  /// without a spool. Events of a process that lives are its own to send.
  ///
  /// - Returns: How many.
  @discardableResult
  public func resume(into transport: any Transport) throws(LedgerError) -> Int {
    try checkOpen()
    try writer.flush()
    try ledger.write { db in
      _ = try HolderTable(db: db, ledger: ledger, account: id)
        .reap(except: holder, at: clock.now())
      try EventTable(db: db, account: id, holder: holder).claimAll()
    }
    var (after, count): (Int64, Int) = (0, 0)
    while true {
      let some = try waiting(after: after, heldBy: holder)
      for one in some {
        transport.enqueue(one.event, one.stamp, written: one.outgoing, journal: self)
      }
      guard let last = some.last else { return count }
      after = last.sequence
      count += some.count
    }
  }

  /// Notes that these events are given up: PostHog will never take them. It is in the audit log.
  public func giveUp(uuids: [EventUUID], reason: String, at instant: Timestamp)
    throws(LedgerError)
  {
    if uuids.isEmpty { return }
    try checkOpen()
    try writer.add(.givenUp(uuids, reason: reason, instant)) { nil }
    if ledger.options.acceptance == .soon { try writer.flush() }
  }
}
