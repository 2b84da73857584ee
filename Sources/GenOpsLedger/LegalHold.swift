import GRDB
public import GenOpsUnits

/// A legal hold: what was decided on its first day or later is kept until the hold is ended.
public struct LegalHold: Sendable, Hashable {
  /// What it is about, such as a case number. It stands in the audit log.
  public var name: String
  /// The first day whose events, sums and audit entries are kept.
  public var firstDay: CalendarDay
  /// When it was last set.
  public var since: Timestamp

  /// `since` is the time of the call that set it.
  public init(name: String, firstDay: CalendarDay, since: Timestamp) {
    self.name = name
    self.firstDay = firstDay
    self.since = since
  }
}

extension Ledger {
  /// Keeps what was decided on `day` or later from every sweep of every process, until ``endHold(_:at:)``. A hold of
  /// this name that is there gets the new day. An erasure that a person asks for is not stopped by it; whether GDPR
  /// Art. 17(3)(e) applies is for people to judge.
  ///
  /// - Throws: What the file says, such as that the disk is full; the hold is not set then.
  public func hold(_ name: String, from day: CalendarDay, at instant: Timestamp)
    throws(LedgerError)
  {
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO legal_hold (name, day, since) VALUES (?, ?, ?)
          ON CONFLICT (name) DO UPDATE SET day = excluded.day, since = excluded.since
          """, arguments: [name, day.number, instant.microseconds])
      try AuditLog(db: db).append(
        "hold-set", ["name": .string(name), "from": .string(day.description)], account: nil,
        at: instant)
    }
  }

  /// Ends a hold: sweeps delete by the rules again.
  ///
  /// - Returns: Whether there was one of this name.
  /// - Throws: What the file says; the hold stays then.
  @discardableResult
  public func endHold(_ name: String, at instant: Timestamp) throws(LedgerError) -> Bool {
    try write { db in
      try db.execute(sql: "DELETE FROM legal_hold WHERE name = ?", arguments: [name])
      if db.changesCount == 0 { return false }
      try AuditLog(db: db).append(
        "hold-ended", ["name": .string(name)], account: nil, at: instant)
      return true
    }
  }

  /// The holds that are set, by name.
  ///
  /// - Throws: What the file says.
  public func holds() throws(LedgerError) -> [LegalHold] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT name, day, since FROM legal_hold ORDER BY name").map {
        row in
        LegalHold(
          name: row["name"], firstDay: CalendarDay(number: row["day"]),
          since: Timestamp(microseconds: row["since"]))
      }
    }
  }

  /// The first day that any hold keeps; nil without holds.
  static func firstHeldDay(_ db: Database) throws -> CalendarDay? {
    try Int32.fetchOne(db, sql: "SELECT MIN(day) FROM legal_hold").map { CalendarDay(number: $0) }
  }
}
