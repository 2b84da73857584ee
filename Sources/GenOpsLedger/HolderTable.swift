import GRDB
import GenOpsUnits

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Processes that hold leases: who lives, and what becomes of the leases of those that died.
struct HolderTable {
  let db: Database
  let ledger: Ledger
  let account: Int64

  static func lockPath(_ ledger: Ledger, _ holder: Int64) -> String {
    "\(ledger.path)-holder-\(holder)"
  }

  /// Why the lock of a holder that was only just made cannot be had. Another process holds it where the file of the
  /// ledger was removed while it was open: the new one counts its holders from 1 again.
  static func cannotLock(_ ledger: Ledger, _ holder: Int64) -> LedgerError {
    let lock = lockPath(ledger, holder)
    guard let descriptor = PrivateFile.open(lock) else {
      return .cannotOpen(path: ledger.path, reason: PrivateFile.reason(lock))
    }
    close(descriptor)
    return .lockHeld(path: ledger.path, lock: lock)
  }

  /// Other holders of the account that are thought to live.
  func live(except own: Int64) throws -> [Int64] {
    try Int64.fetchAll(
      db, sql: "SELECT id FROM holder WHERE account = ? AND state = 'live' AND id <> ?",
      arguments: [account, own])
  }

  /// Ends the holders whose process is gone, and returns how many live.
  func reap(except own: Int64, at instant: Timestamp) throws -> Int {
    var living = 1
    for holder in try live(except: own) {
      guard let lock = FileLock(HolderTable.lockPath(ledger, holder)) else {
        living += 1
        continue
      }
      try bury(holder, at: instant)
      lock.remove()
    }
    return living
  }

  /// Settles the leases of a process that died.
  ///
  /// One that wrote what it used with every event is settled exactly. Of any other what it may have spent
  /// since its last report counts as spent, because no budget may be exceeded; the rest is free again. One
  /// of an earlier version set itself no bound: all that it was granted counts as spent.
  private func bury(_ holder: Int64, at instant: Timestamp) throws {
    let isExact =
      try Bool.fetchOne(db, sql: "SELECT exact FROM holder WHERE id = ?", arguments: [holder])
      ?? false
    if isExact {
      try giveBack(holder)
    } else {
      try db.execute(
        sql: """
          UPDATE budget_share SET spent = MIN(granted + reserve,
            spent + COALESCE(unreported, granted + reserve)) WHERE holder = ?
          """, arguments: [holder])
      try db.execute(
        sql: "UPDATE budget_share SET granted = spent, reserve = 0 WHERE holder = ?",
        arguments: [holder])
      try db.execute(sql: "DELETE FROM meter_lease WHERE holder = ?", arguments: [holder])
    }
    try db.execute(sql: "UPDATE holder SET state = 'lost' WHERE id = ?", arguments: [holder])
    try AuditLog(db: db).append(
      "holder-lost", ["holder": .integer(holder), "exact": .bool(isExact)], account: account,
      at: instant)
  }

  /// Frees everything that a holder did not use.
  func giveBack(_ holder: Int64) throws {
    try db.execute(
      sql: """
        INSERT INTO meter_hole (account, meter, period, next, last)
        SELECT account, meter, period, next, last FROM meter_lease
        WHERE holder = ? AND next < last
        """, arguments: [holder])
    try db.execute(sql: "DELETE FROM meter_lease WHERE holder = ?", arguments: [holder])
    try db.execute(
      sql: "UPDATE budget_share SET granted = spent, reserve = 0 WHERE holder = ?",
      arguments: [holder])
  }
}
