import GRDB
public import GenOpsPostHog
public import GenOpsUnits

/// Messages about money that were posted, for all processes of the account.
extension LedgerAccount: NoticeMemory {
  public func wasPosted(_ key: String) throws -> Bool {
    try ledger.read { db in
      try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM notice WHERE account = ? AND key = ?)",
        arguments: [id, key]) ?? false
    }
  }

  /// Expired entries are deleted at the same time, so the table holds only those of the running periods.
  public func notePosted(_ key: String, at instant: Timestamp, until end: Timestamp) throws {
    try checkOpen()
    try ledger.write { db in
      try db.execute(
        sql: "DELETE FROM notice WHERE account = ? AND until <= ?",
        arguments: [id, instant.microseconds])
      try db.execute(
        sql: """
          INSERT INTO notice (account, key, at, until) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
          """, arguments: [id, key, instant.microseconds, end.microseconds])
    }
  }

  /// How many posted messages are remembered.
  func noticeCount() throws(LedgerError) -> Int {
    try ledger.read { db in
      try Int.fetchOne(
        db, sql: "SELECT COUNT(*) FROM notice WHERE account = ?", arguments: [id]) ?? 0
    }
  }
}
