import GRDB
public import GenOpsMetering
public import GenOpsPostHog
public import GenOpsUnits

/// One of the ways that events of an account go, as the spool of its delivery: a server before several
/// projects has one for each, because a request to PostHog names one project.
public struct LedgerLane: EventSpool {
  private let account: LedgerAccount
  /// As events of it name it.
  public let name: String

  init(_ account: LedgerAccount, name: String) {
    self.account = account
    self.name = name
  }

  /// As for the account; the event goes this way whatever it says.
  public func keep(_ event: OutgoingEvent) throws {
    var event = event
    event.lane = name
    try account.keep(event)
  }

  public func confirm(uuids: [EventUUID]) { account.confirm(uuids: uuids) }

  public func reject(uuids: [EventUUID], reason: String) {
    account.reject(uuids: uuids, reason: reason)
  }

  public func pending(limit: Int) throws -> [OutgoingEvent] {
    try account.pending(limit: limit, lane: name)
  }
}

extension Ledger {
  /// The names of all accounts, in the order in which they were made.
  public func accountNames() throws(LedgerError) -> [String] {
    try read { try String.fetchAll($0, sql: "SELECT name FROM account ORDER BY id") }
  }
}

extension LedgerAccount {
  /// The spool of one way. The account itself is that of the way without a name.
  public func lane(_ name: String) -> LedgerLane { LedgerLane(self, name: name) }

  /// The ways that events wait on, whichever process holds them.
  public func waitingLanes() throws(LedgerError) -> [String] {
    try ledger.read { db in
      try String.fetchAll(
        db, sql: "SELECT DISTINCT lane FROM event WHERE account = ? AND state = 0 ORDER BY lane",
        arguments: [id])
    }
  }

  /// The newest events that were decided on at `instant` or later, at most `limit`, oldest first: what a meter has
  /// to remember that begins anew, so that copies are not taken for new events.
  public func events(since instant: Timestamp, limit: Int) throws(LedgerError) -> [UsageEvent] {
    try ledger.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT uuid, distinct_id, name, at, json FROM event
          WHERE account = ? AND decided >= ? ORDER BY seq DESC LIMIT ?
          """, arguments: [id, instant.microseconds, limit]
      ).reversed().map { StoredEvent.event($0) }
    }
  }
}
