import GRDB
public import GenOpsPostHog
public import GenOpsUnits
import Synchronization

/// Who agreed to what, in memory: it is asked for with every event.
final class ConsentCache: Sendable {
  private struct State {
    var known: [String: [String: Bool]] = [:]
    var version: Int64 = -1
  }

  private let ledger: Ledger
  private let account: Int64
  private let state = Mutex(State())

  init(_ ledger: Ledger, account: Int64) throws(LedgerError) {
    self.ledger = ledger
    self.account = account
    try load()
  }

  func consent(of distinctID: String, for purpose: String) -> Bool? {
    state.withLock { $0.known[distinctID]?[purpose] }
  }

  func set(_ granted: Bool?, of distinctID: String, for purpose: String) {
    state.withLock { $0.known[distinctID, default: [:]][purpose] = granted }
  }

  func forget(_ distinctID: String) { state.withLock { $0.known[distinctID] = nil } }

  /// Reads everything anew, as other processes may have written.
  func load() throws(LedgerError) {
    let rows = try ledger.read { db in
      try Row.fetchAll(
        db, sql: "SELECT distinct_id, purpose, granted FROM consent WHERE account = ?",
        arguments: [account]
      ).map { ($0["distinct_id"] as String, $0["purpose"] as String, $0["granted"] as Bool) }
    }
    var known: [String: [String: Bool]] = [:]
    for (person, purpose, granted) in rows { known[person, default: [:]][purpose] = granted }
    state.withLock { $0.known = known }
  }
}

extension LedgerAccount: ConsentRegistry {
  public func consent(of distinctID: String, for purpose: String) -> Bool? {
    consentCache.consent(of: distinctID, for: purpose)
  }

  /// Notes that a person agreed to `purpose`, or refused or withdrew it. It holds from now on; the
  /// audit log says that a consent changed, and not whose.
  public func setConsent(
    _ granted: Bool, of distinctID: String, for purpose: String, at instant: Timestamp
  ) throws(LedgerError) {
    try ledger.write { db in
      try db.execute(
        sql: """
          INSERT INTO consent (account, distinct_id, purpose, granted, at) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET granted = excluded.granted, at = excluded.at
          """, arguments: [id, distinctID, purpose, granted, instant.microseconds])
      try AuditLog(db: db).append(
        granted ? "consent-given" : "consent-withdrawn", ["purpose": .string(purpose)],
        account: id, at: instant)
    }
    consentCache.set(granted, of: distinctID, for: purpose)
  }

  /// Takes over consents that other processes wrote.
  public func reloadConsents() throws(LedgerError) { try consentCache.load() }
}
