import Foundation
import GRDB
public import GenOpsGovernance
public import GenOpsUnits

/// What a sweep deleted.
public struct SweepReport: Sendable, Hashable {
  public var events: Int
  /// The part of ``events`` that was never delivered: lost for good.
  public var undelivered: Int
  /// Sums of usage, by day, owner and class.
  public var usage: Int
  public var auditEntries: Int
}

extension Ledger {
  /// Deletes what the retention rules of `plan` no longer keep on the day of `instant`. Deleted
  /// bytes are overwritten. What was deleted is in the audit log, as numbers.
  ///
  /// - Parameters:
  ///   - plan: Its retention rules, and the frameworks whose least times hold.
  ///   - instant: Now.
  ///   - hold: The first day of a legal hold of this sweep alone, besides those that the ledger remembers
  ///     (``hold(_:from:at:)``): nothing that was decided on that day or later is deleted, whatever the rules say.
  /// - Returns: What was deleted.
  /// - Throws: What the file says, such as that the disk is full; nothing is deleted then.
  public func sweep(
    _ plan: GovernancePlan, at instant: Timestamp, holdingFrom hold: CalendarDay? = nil
  )
    throws(LedgerError) -> SweepReport
  {
    let today = instant.day
    let report = try write { db in
      // Within the transaction: a hold that another process sets is either seen or set after the sweep.
      let held = [hold, try Ledger.firstHeldDay(db)].compactMap { $0 }.min()
      func firstKept(_ span: RetentionSpan) -> CalendarDay {
        let day = span.firstKept(on: today)
        return held.map { min($0, day) } ?? day
      }
      var report = SweepReport(events: 0, undelivered: 0, usage: 0, auditEntries: 0)
      if let span = plan.privacy.retention.events {
        let before = Timestamp(startOf: firstKept(span)).microseconds
        report.undelivered =
          try Int.fetchOne(
            db, sql: "SELECT COUNT(*) FROM event WHERE decided < ? AND state = 0",
            arguments: [before]) ?? 0
        try db.execute(sql: "DELETE FROM event WHERE decided < ?", arguments: [before])
        report.events = db.changesCount
      }
      if let span = plan.privacy.retention.usage {
        let before = firstKept(span).number
        try db.execute(sql: "DELETE FROM usage WHERE day < ?", arguments: [before])
        report.usage = db.changesCount
        try db.execute(sql: "DELETE FROM usage_units WHERE day < ?", arguments: [before])
        try db.execute(sql: "DELETE FROM event_name WHERE day < ?", arguments: [before])
      }
      if let span = plan.auditRetention {
        let before = Timestamp(startOf: firstKept(span)).microseconds
        report.auditEntries = try Ledger.sweepAudit(db, before: before, at: instant)
      }
      if report.events + report.usage > 0 {
        try AuditLog(db: db).append(
          "swept",
          [
            "events": .integer(report.events), "undelivered": .integer(report.undelivered),
            "usage": .integer(report.usage),
            "held_from": held.map { .string($0.description) } ?? .null,
          ], account: nil, at: instant)
      }
      return report
    }
    try checkpoint()
    return report
  }

  /// Deletes the oldest entries without a gap, and writes down the digest that the rest follows.
  private static func sweepAudit(_ db: Database, before: Int64, at instant: Timestamp) throws -> Int
  {
    let firstKept = try Int64.fetchOne(
      db, sql: "SELECT MIN(seq) FROM audit WHERE at >= ?", arguments: [before])
    let last = try Int64.fetchOne(db, sql: "SELECT MAX(seq) FROM audit") ?? 0
    // The newest entry stays: it is what the next one follows.
    let end = min(firstKept ?? last, last)
    guard
      let digest = try Data.fetchOne(
        db, sql: "SELECT digest FROM audit WHERE seq = ?", arguments: [end - 1])
    else { return 0 }
    let count =
      try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM audit WHERE seq < ?", arguments: [end]) ?? 0
    try AuditLog(db: db).append(
      "audit-swept",
      ["entries": .integer(count), "follows": .string(hex(Array(digest)))], account: nil,
      at: instant)
    try db.execute(sql: "DELETE FROM audit WHERE seq < ?", arguments: [end])
    return count
  }
}
