import GRDB
public import GenOpsMetering
public import GenOpsUnits

/// What one person may ask for: GDPR Art. 15 (access), 17 (erasure), 20 (a copy to take along).
///
/// It is about the ledger alone. What PostHog holds is deleted there, with its persons API.
extension LedgerAccount {
  /// Everything the ledger holds of a person.
  public func events(of distinctID: String) throws(LedgerError) -> [UsageEvent] {
    try writer.flush()
    return try ledger.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT uuid, distinct_id, name, at, json FROM event
          WHERE account = ? AND distinct_id = ? ORDER BY seq
          """, arguments: [id, distinctID]
      ).map { StoredEvent.event($0) }
    }
  }

  /// Deletes everything the ledger holds of a person, events that were not delivered included, and
  /// overwrites the bytes. Sums of usage and the audit log name no person and stay. A consent that
  /// was withdrawn is forgotten too: unknown is not consent.
  ///
  /// - Returns: How many events were deleted.
  @discardableResult
  public func erase(_ distinctID: String, at instant: Timestamp) throws(LedgerError) -> Int {
    try writer.flush()
    let count = try ledger.write { db in
      try db.execute(
        sql: "DELETE FROM event WHERE account = ? AND distinct_id = ?", arguments: [id, distinctID])
      let count = db.changesCount
      try db.execute(
        sql: "DELETE FROM consent WHERE account = ? AND distinct_id = ?",
        arguments: [id, distinctID])
      try AuditLog(db: db).append(
        "erased", ["events": .integer(count)], account: id, at: instant)
      return count
    }
    consentCache.forget(distinctID)
    // The write-ahead file still holds the old pages.
    try ledger.checkpoint()
    return count
  }
}
