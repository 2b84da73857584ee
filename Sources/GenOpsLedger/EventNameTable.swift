import GRDB
public import GenOpsUnits

/// What events of one name came to, as ``LedgerAccount/eventNames(_:before:limit:)`` sums it up.
public struct EventNameSum: Sendable, Hashable {
  public var name: String
  /// The first day of decision that the ledger knows of the name.
  public var firstSeen: CalendarDay
  /// Sent between the two days, and what that cost.
  public var sent: Int64
  public var cost: Money
  /// The part of ``sent`` whose cost is unknown; it is not in ``cost``.
  public var unpriced: Int64
  /// Sent on the last seven days that are over, and on the seven before them.
  public var lastWeek: Int64
  public var weekBefore: Int64
}

/// Sums of sent events by day of decision and name. They are written with the events, so that asking for them does not
/// read all events; no person is named here, and they are kept as long as the sums of usage.
enum EventNameTable {
  /// Events of before are summed up once.
  static func migrate(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE event_name (
          account INTEGER NOT NULL, name TEXT NOT NULL, day INTEGER NOT NULL,
          sent INTEGER NOT NULL, unpriced INTEGER NOT NULL, cost INTEGER NOT NULL,
          PRIMARY KEY (account, name, day)) WITHOUT ROWID;
        INSERT INTO event_name (account, name, day, sent, unpriced, cost)
          SELECT account, name, decided / 86400000000, COUNT(*), SUM(cost IS NULL),
            SUM(COALESCE(cost, 0))
          FROM event GROUP BY 1, 2, 3;
        """)
  }

  /// What a transaction adds to one name's day.
  struct Sum {
    var sent: Int64 = 0
    var unpriced: Int64 = 0
    var cost: Int64 = 0
  }

  static func add(_ sum: Sum, _ db: Database, account: Int64, name: String, day: Int32) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO event_name (account, name, day, sent, unpriced, cost) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET sent = sent + excluded.sent,
          unpriced = unpriced + excluded.unpriced, cost = cost + excluded.cost
        """
    ).execute(arguments: [account, name, day, sum.sent, sum.unpriced, sum.cost])
  }
}

extension LedgerAccount {
  /// Sent events by their names, the dearest first, then the most.
  ///
  /// - Parameters:
  ///   - days: Over which volume and cost are summed, both ends included.
  ///   - today: Not over yet: growth is told by the two weeks before it.
  ///   - limit: How many names.
  /// - Returns: A sum for each name that the ledger knows.
  /// - Throws: When the ledger cannot be read.
  public func eventNames(
    _ days: ClosedRange<CalendarDay>, before today: CalendarDay, limit: Int
  ) throws(LedgerError) -> [EventNameSum] {
    try writer.flush()
    return try ledger.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT name, MIN(day) AS first,
            SUM(CASE WHEN day BETWEEN :from AND :to THEN sent ELSE 0 END) AS sent,
            SUM(CASE WHEN day BETWEEN :from AND :to THEN unpriced ELSE 0 END) AS unpriced,
            SUM(CASE WHEN day BETWEEN :from AND :to THEN cost ELSE 0 END) AS cost,
            SUM(CASE WHEN day BETWEEN :today - 7 AND :today - 1 THEN sent ELSE 0 END) AS last,
            SUM(CASE WHEN day BETWEEN :today - 14 AND :today - 8 THEN sent ELSE 0 END) AS before
          FROM event_name WHERE account = :account GROUP BY name
          ORDER BY cost DESC, sent DESC, name LIMIT :limit
          """,
        arguments: [
          "account": id, "from": days.lowerBound.number, "to": days.upperBound.number,
          "today": today.number, "limit": limit,
        ]
      ).map { row in
        EventNameSum(
          name: row["name"], firstSeen: CalendarDay(number: row["first"]), sent: row["sent"],
          cost: Money(nanos: row["cost"]), unpriced: row["unpriced"], lastWeek: row["last"],
          weekBefore: row["before"])
      }
    }
  }
}
