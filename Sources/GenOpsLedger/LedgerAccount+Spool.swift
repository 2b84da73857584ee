public import GenOpsMetering
public import GenOpsPostHog
import GenOpsUnits
import Synchronization

/// The ledger as the spool of delivery over HTTP.
///
/// The journal is the spool: an adapter that journals to this account has written each event before
/// delivery sees it, in the very bytes that are sent, and delivery asks for nothing. Events that did
/// not pass such an adapter are written when delivery asks for it.
extension LedgerAccount: EventSpool {
  /// Keeps an event byte for byte, as safe as ``Ledger/Options/acceptance`` says: with
  /// ``Ledger/Acceptance/soon`` it is handed to the background, and no caller waits for the file.
  public func keep(_ event: OutgoingEvent) throws {
    try checkOpen()
    try writer.add(.kept(event, clock.now())) { nil }
  }

  /// Where acceptance is on disk it returns when the end of the events is. Otherwise the background
  /// writes it with what waits, a quarter of a second later at most: an event that was delivered before it was written
  /// is written as delivered. What cannot be written is tried again; a process that is killed before
  /// has its events sent again by the next one, with the same uuids.
  public func confirm(uuids: [EventUUID]) { end(.delivered(uuids), of: uuids) }

  public func reject(uuids: [EventUUID], reason: String) {
    end(.givenUp(uuids, reason: reason, clock.now()), of: uuids)
  }

  private func end(_ note: JournalNote, of uuids: [EventUUID]) {
    // After the end of the account others hold its events, and it is theirs to settle them.
    if uuids.isEmpty || isClosed { return }
    if ledger.options.acceptance == .soon || (try? writer.add(note) { nil }) == nil {
      writer.addEnd(note)
    }
  }

  /// Events of this process and of those that ended, never of one that lives. Those of others are
  /// this one's from then on.
  public func pending(limit: Int) throws -> [OutgoingEvent] { try pending(limit: limit, lane: "") }

  /// The same of one way that events go; see ``lane(_:)``.
  func pending(limit: Int, lane: String) throws -> [OutgoingEvent] {
    try checkOpen()
    // The ends of events that wait in memory come first, or what has arrived would be sent again.
    try writer.flush()
    let instant = clock.now()
    let events = try ledger.write { db in
      _ = try HolderTable(db: db, ledger: ledger, account: id).reap(except: holder, at: instant)
      return try EventTable(db: db, account: id, holder: holder).claim(limit: limit, lane: lane)
    }
    return handing.withLock { handing in
      handing.isEmpty ? events : events.filter { !handing.contains($0.uuid) }
    }
  }
}
