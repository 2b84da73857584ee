import Foundation
import GRDB
public import GenOpsUnits

/// An entry of the audit log.
public struct AuditEntry: Sendable, Hashable {
  /// From 1, without gaps.
  public var sequence: Int64
  public var at: Timestamp
  public var account: String
  public var kind: String
  public var body: JSONValue
  /// 64 hex digits; the next entry's digest covers it.
  public var digest: String
}

/// What a look at the whole audit log found.
public struct AuditVerdict: Sendable, Hashable {
  /// Entries whose digest and place are right, up to the first that is not.
  public var verified: Int64
  /// The digest of the last verified entry. Kept elsewhere, it shows later that the log was not
  /// written anew as a whole.
  public var head: String
  /// The first entry that is wrong, and what is wrong with it; nil when the chain holds.
  public var fault: String?

  public var holds: Bool { fault == nil }
}

extension Ledger {
  /// Recomputes the chain of the audit log.
  ///
  /// A log whose oldest entries were swept begins with the entry that says so. Cutting off the
  /// newest entries leaves a chain that holds; give the `head` of an earlier verdict to find that
  /// too.
  ///
  /// - Parameter head: The head of an earlier verdict, which must still be in the log.
  /// - Returns: How far the chain holds.
  /// - Throws: When the ledger cannot be read.
  public func verifyAudit(head: String? = nil) throws(LedgerError) -> AuditVerdict {
    try read { db in
      var verdict = AuditVerdict(verified: 0, head: hex(AuditLog.genesis), fault: nil)
      var previous: [UInt8]?
      var sequence: Int64?
      var hasHead = head == nil || head == hex(AuditLog.genesis)
      let rows = try Row.fetchCursor(db, sql: "SELECT * FROM audit ORDER BY seq")
      while let row = try rows.next() {
        let number: Int64 = row["seq"]
        let digest = Array(row["digest"] as Data)
        let claimed = Array(row["previous"] as Data)
        let kind: String = row["kind"]
        let before = try previous ?? (number == 1 ? AuditLog.genesis : Ledger.anchor(db, claimed))
        let expected = AuditLog.digest(
          previous: claimed, sequence: number, at: row["at"], account: row["account"], kind: kind,
          body: row["body"])
        if let sequence, number != sequence + 1 {
          verdict.fault = "entry \(sequence + 1) is missing"
        } else if before != claimed {
          verdict.fault = "entry \(number) does not follow the one before it"
        } else if digest != expected {
          verdict.fault = "entry \(number) was changed"
        }
        if verdict.fault != nil { return verdict }
        (previous, sequence) = (digest, number)
        verdict.verified += 1
        verdict.head = hex(digest)
        if verdict.head == head { hasHead = true }
      }
      if !hasHead { verdict.fault = "the head \(head ?? "") is no longer in the log" }
      return verdict
    }
  }

  /// What the first entry that is left must follow: the digest that the sweep wrote down when it
  /// deleted the ones before. Nil when nothing says so.
  private static func anchor(_ db: Database, _ claimed: [UInt8]) throws -> [UInt8]? {
    let bodies = try String.fetchAll(
      db, sql: "SELECT body FROM audit WHERE kind = 'audit-swept' ORDER BY seq DESC")
    let text = hex(claimed)
    return bodies.contains { $0.contains("\"\(text)\"") } ? claimed : nil
  }

  /// Entries of the audit log, oldest first, after the one with number `sequence`.
  public func audit(after sequence: Int64 = 0, limit: Int = 1000) throws(LedgerError)
    -> [AuditEntry]
  {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?",
        arguments: [sequence, limit]
      ).map(Ledger.auditEntry)
    }
  }

  /// The newest entries of one account, and those of the file as a whole, newest first.
  public func latestAudit(of account: String, limit: Int = 100) throws(LedgerError) -> [AuditEntry]
  {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM audit WHERE account IN (?, '') ORDER BY seq DESC LIMIT ?",
        arguments: [account, limit]
      ).map(Ledger.auditEntry)
    }
  }

  private static func auditEntry(_ row: Row) -> AuditEntry {
    let body: String = row["body"]
    let node = try? JSONParser.parse(Array(body.utf8), file: "audit")
    return AuditEntry(
      sequence: row["seq"], at: Timestamp(microseconds: row["at"]), account: row["account"],
      kind: row["kind"], body: node.map { JSONValue($0) } ?? .string(body),
      digest: hex(Array(row["digest"] as Data)))
  }

  /// Writes an entry of the application's own: who approved what, and why. It must not hold a
  /// person's data: an entry cannot be erased.
  public func note(_ kind: String, _ body: JSONValue, at instant: Timestamp) throws(LedgerError) {
    try write { try AuditLog(db: $0).append("note:" + kind, body, account: nil, at: instant) }
  }
}

func hex(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(
    decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
