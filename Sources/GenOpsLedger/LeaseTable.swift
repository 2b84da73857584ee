import GRDB
import GenOpsAdmission
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// The leases of one account in the file. All of it runs in one transaction of the caller.
struct LeaseTable {
  let db: Database
  let account: Int64
  let holder: Int64

  /// Takes in what the holder used. A report that comes twice, or late, changes nothing.
  func note(_ use: LeaseUse) throws {
    for meter in use.meters {
      try db.cachedStatement(
        sql: """
          UPDATE meter_lease SET next = MIN(last, MAX(next, ?)) WHERE id = ? AND holder = ?
          """
      ).execute(arguments: [meter.next, meter.id, holder])
      guard meter.isDone else { continue }
      try db.cachedStatement(
        sql: """
          INSERT INTO meter_hole (account, meter, period, next, last)
          SELECT account, meter, period, next, last FROM meter_lease
          WHERE id = ? AND holder = ? AND next < last
          """
      ).execute(arguments: [meter.id, holder])
      try db.cachedStatement(sql: "DELETE FROM meter_lease WHERE id = ? AND holder = ?")
        .execute(arguments: [meter.id, holder])
    }
    for budget in use.budgets {
      try db.cachedStatement(
        sql: """
          UPDATE budget_share SET spent = MAX(spent, ?)
          WHERE account = ? AND budget = ? AND "window" = ? AND holder = ?
          """
      ).execute(
        arguments: [
          budget.spent.nanos, account, budget.axis.budget, budget.axis.window.number, holder,
        ])
    }
  }

  /// Gives an interval: one that came back when there is a large enough one, else the next units.
  func lease(_ asked: LeaseRequest.Interval) throws -> MeterLease {
    let axis = asked.axis
    let key: StatementArguments = [account, axis.meter.id, axis.period.number]
    try db.execute(
      sql: """
        INSERT INTO meter_axis (account, meter, period, next, known) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """,
      arguments: key + [max(0, asked.opening ?? 0), asked.opening != nil])
    if let opening = asked.opening { try learn(opening, key) }
    let isKnown =
      try Bool.fetchOne(
        db, sql: "SELECT known FROM meter_axis WHERE account = ? AND meter = ? AND period = ?",
        arguments: key) ?? false
    let units = max(1, asked.units)
    var range: (next: Int64, last: Int64)
    // The lowest first: cheap units that came back are used before dearer new ones.
    if let hole = try Row.fetchOne(
      db,
      sql: """
        SELECT id, next, last FROM meter_hole
        WHERE account = ? AND meter = ? AND period = ? ORDER BY next LIMIT 1
        """, arguments: key)
    {
      let (id, next, last): (Int64, Int64, Int64) = (hole["id"], hole["next"], hole["last"])
      range = (next, min(last, next + units))
      if range.last < last {
        try db.execute(
          sql: "UPDATE meter_hole SET next = ? WHERE id = ?", arguments: [range.last, id])
      } else {
        try db.execute(sql: "DELETE FROM meter_hole WHERE id = ?", arguments: [id])
      }
    } else {
      let next =
        try Int64.fetchOne(
          db,
          sql: """
            UPDATE meter_axis SET next = next + ? WHERE account = ? AND meter = ? AND period = ?
            RETURNING next
            """, arguments: [units] + key) ?? units
      range = (next - units, next)
    }
    try db.execute(
      sql: """
        INSERT INTO meter_lease (holder, account, meter, period, next, last)
        VALUES (?, ?, ?, ?, ?, ?)
        """, arguments: [holder] + key + [range.next, range.last])
    return MeterLease(
      id: db.lastInsertedRowID, axis: axis, next: range.next, end: range.last,
      isOpeningKnown: isKnown)
  }

  /// Records the opening usage when no earlier process supplied it: a process that starts without an opening
  /// balance must not leave the whole period without prices. Intervals that are held stay as they
  /// are; what came back of them below the opening is used up.
  private func learn(_ opening: Int64, _ key: StatementArguments) throws {
    try db.execute(
      sql: """
        UPDATE meter_axis SET known = TRUE, next = MAX(next, ?)
        WHERE account = ? AND meter = ? AND period = ? AND NOT known
        """, arguments: [opening] + key)
    guard db.changesCount > 0 else { return }
    try db.execute(
      sql: "DELETE FROM meter_hole WHERE account = ? AND meter = ? AND period = ? AND last <= ?",
      arguments: key + [opening])
    try db.execute(
      sql: """
        UPDATE meter_hole SET next = MAX(next, ?) WHERE account = ? AND meter = ? AND period = ?
        """, arguments: [opening] + key)
  }

  /// Takes in what the holder gives back, and gives a share of what is left by ``SharePart``. `holders`
  /// is how many live.
  func share(_ asked: LeaseRequest.Share, holders: Int) throws -> BudgetShare {
    let axis = asked.axis
    let key: StatementArguments = [account, axis.budget, axis.window.number]
    try db.execute(
      sql: """
        INSERT INTO budget_axis (account, budget, "window", opening) VALUES (?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """, arguments: key + [asked.opening.nanos])
    try db.execute(
      sql: """
        INSERT INTO budget_share (account, budget, "window", holder) VALUES (?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """, arguments: key + [holder])
    if let kept = asked.kept {
      // No more than there is, and no less than is spent.
      try db.execute(
        sql: """
          UPDATE budget_share SET granted = MIN(granted, MAX(spent, ?)),
            reserve = MIN(reserve, MAX(0, ?))
          WHERE account = ? AND budget = ? AND "window" = ? AND holder = ?
          """, arguments: [kept.granted.nanos, kept.reserve.nanos] + key + [holder])
    }
    let opening =
      try Int64.fetchOne(
        db,
        sql: """
          SELECT opening FROM budget_axis WHERE account = ? AND budget = ? AND "window" = ?
          """, arguments: key) ?? 0
    var (own, all) = try sums(key)
    if asked.wantsMore {
      let part = SharePart(
        asked, living: holders, holding: all.holding - own.holding, isFirst: own.granted == 0)
      let reserved = max(0, asked.limit.nanos - asked.bound.nanos)
      // What was spent out of a reserve that came back stays spent.
      let more = part.size(
        of: asked.bound.nanos,
        left: min(
          asked.bound.nanos - opening - all.granted,
          asked.limit.nanos - opening - all.granted - all.reserve))
      let kept = part.size(
        of: reserved,
        left: min(
          reserved - all.reserve,
          asked.limit.nanos - opening - all.granted - all.reserve - more))
      try db.execute(
        sql: """
          UPDATE budget_share SET granted = granted + ?, reserve = reserve + ?, unreported = ?
          WHERE account = ? AND budget = ? AND "window" = ? AND holder = ?
          """, arguments: [more, kept, asked.unreported?.nanos] + key + [holder])
      own.granted += more
      own.reserve += kept
      all.granted += more
      all.reserve += kept
    }
    let free = min(
      asked.bound.nanos - opening - all.granted,
      asked.limit.nanos - opening - all.granted - all.reserve)
    return BudgetShare(
      axis: axis, others: Money(nanos: opening + all.spent - own.spent),
      granted: Money(nanos: own.granted), reserve: Money(nanos: own.reserve), holders: holders,
      rest: Money(nanos: max(0, free, all.mostUnspent)))
  }

  private struct Sums {
    var granted: Int64 = 0
    var reserve: Int64 = 0
    var spent: Int64 = 0
    /// How many processes have something that they have not spent.
    var holding = 0
    /// The most that one of the other processes has and has not spent.
    var mostUnspent: Int64 = 0
  }

  private func sums(_ key: StatementArguments) throws -> (own: Sums, all: Sums) {
    var (own, all) = (Sums(), Sums())
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT holder, granted, reserve, spent FROM budget_share
        WHERE account = ? AND budget = ? AND "window" = ?
        """, arguments: key)
    while let row = try rows.next() {
      var one = Sums(granted: row["granted"], reserve: row["reserve"], spent: row["spent"])
      one.holding = one.granted > one.spent ? 1 : 0
      all.granted += one.granted
      all.reserve += one.reserve
      all.spent += one.spent
      all.holding += one.holding
      if row["holder"] == holder {
        own = one
      } else {
        all.mostUnspent = max(all.mostUnspent, one.granted - one.spent)
      }
    }
    return (own, all)
  }
}
