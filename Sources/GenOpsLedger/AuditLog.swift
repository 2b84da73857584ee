import Foundation
import GRDB
import GenOpsUnits

/// The audit log of a ledger: each entry holds the digest of the one before it, so that none can be
/// changed, left out or put in without breaking the chain behind it.
///
/// Entries name events by uuid and no persons, so that erasing a person does not touch the log.
struct AuditLog {
  let db: Database

  /// What the first entry of a file follows.
  static let genesis = [UInt8](repeating: 0, count: 32)

  func append(_ kind: String, _ body: JSONValue, account: Int64?, at instant: Timestamp) throws {
    let name =
      try account.flatMap {
        try String.fetchOne(db, sql: "SELECT name FROM account WHERE id = ?", arguments: [$0])
      } ?? ""
    let last = try Row.fetchOne(db, sql: "SELECT seq, digest FROM audit ORDER BY seq DESC LIMIT 1")
    let sequence: Int64 = last.map { $0["seq"] + 1 } ?? 1
    let previous = last.map { Array($0["digest"] as Data) } ?? AuditLog.genesis
    let text = body.description
    let digest = AuditLog.digest(
      previous: previous, sequence: sequence, at: instant.microseconds, account: name, kind: kind,
      body: text)
    try db.cachedStatement(
      sql: """
        INSERT INTO audit (seq, at, account, kind, body, previous, digest)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [
        sequence, instant.microseconds, name, kind, text, Data(previous), Data(digest),
      ])
  }

  /// SHA-256 over the digest before and all fields, each with its length, so that no two entries
  /// have the same bytes.
  static func digest(
    previous: [UInt8], sequence: Int64, at: Int64, account: String, kind: String, body: String
  ) -> [UInt8] {
    var bytes = previous
    for field in ["\(sequence)", "\(at)", account, kind, body] {
      bytes += Array("\(field.utf8.count):".utf8) + Array(field.utf8)
    }
    return Digest.sha256Bytes(bytes)
  }
}
