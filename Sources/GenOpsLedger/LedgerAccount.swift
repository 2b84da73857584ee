import GRDB
public import GenOpsAdmission
import GenOpsMetering
public import GenOpsPostHog
public import GenOpsUnits
import Synchronization

/// One billing account in a ledger, as one process holds it: leases, journal and consents of a
/// `PostHogAdapter`.
///
/// It serves one adapter; a second one that is made with it fails with `ledger-account`. Several
/// adapters, or processes, share budgets by opening the same name each.
public final class LedgerAccount: Sendable {
  public let ledger: Ledger
  public let name: String
  /// The account's and this holder's row.
  let id: Int64
  let holder: Int64
  private let lock: FileLock
  let writer: JournalWriter
  let consentCache: ConsentCache
  let clock: any WallClock
  /// Events that are written, or will be, and that no transport has yet: the spool does not give them, or they
  /// could be sent twice.
  let handing = Mutex<Set<EventUUID>>([])
  private let closed = Atomic<Bool>(false)
  private let isClaimed = Atomic<Bool>(false)

  init(
    ledger: Ledger, name: String, at instant: Timestamp, clock: any WallClock,
    timer: JournalTimer = .system
  ) throws(LedgerError) {
    self.ledger = ledger
    self.name = name
    self.clock = clock
    let isExact = ledger.options.acceptance != .soon
    // The lock is taken before anybody can see the row: a holder without a lock is a dead one.
    let (id, holder, lock) = try ledger.write { db in
      try db.execute(
        sql: "INSERT INTO account (name) VALUES (?) ON CONFLICT DO NOTHING", arguments: [name])
      let id =
        try Int64.fetchOne(db, sql: "SELECT id FROM account WHERE name = ?", arguments: [name]) ?? 0
      try db.execute(
        sql: "INSERT INTO holder (account, exact, since, state) VALUES (?, ?, ?, 'live')",
        arguments: [id, isExact, instant.microseconds])
      let holder = db.lastInsertedRowID
      guard let lock = FileLock(HolderTable.lockPath(ledger, holder)) else {
        throw HolderTable.cannotLock(ledger, holder)
      }
      _ = try HolderTable(db: db, ledger: ledger, account: id).reap(except: holder, at: instant)
      return (id, holder, lock)
    }
    self.id = id
    self.holder = holder
    self.lock = lock
    consentCache = try ConsentCache(ledger, account: id)
    writer = JournalWriter(ledger: ledger, account: id, holder: holder, timer: timer)
  }

  /// How many captures and other notes waited for the disk although acceptance is
  /// ``Ledger/Acceptance/soon``: 20,000 waited already, the write before had failed, or more was spent
  /// than may be spent unreported.
  public var waits: Int { writer.waits.load(ordering: .relaxed) }

  /// Writes what is still waiting to be written.
  public func flush() throws(LedgerError) { try writer.flush() }

  /// Writes what is waiting and gives every lease back; another process may deliver what this one did
  /// not. Call it after `PostHogAdapter.releaseLeases()` and the end of delivery; a process that ends
  /// without it is taken for killed.
  public func close(at instant: Timestamp) throws(LedgerError) {
    guard !closed.exchange(true, ordering: .acquiringAndReleasing) else { return }
    try writer.flush()
    try ledger.write { db in
      try HolderTable(db: db, ledger: ledger, account: id).giveBack(holder)
      try db.execute(sql: "UPDATE holder SET state = 'closed' WHERE id = ?", arguments: [holder])
    }
    lock.remove()
  }

  var isClosed: Bool { closed.load(ordering: .acquiring) }

  func checkOpen() throws(LedgerError) {
    if isClosed { throw .closed }
  }
}

extension Ledger {
  /// Opens the account called `name`, which is made when there is none. Leases of processes that
  /// died meanwhile are settled.
  ///
  /// - Parameters:
  ///   - name: Adapters and processes that open the same name share its budgets.
  ///   - clock: Tells when events are given up, when processes died, and the time of events that came
  ///     in without one. Give the adapter the same.
  /// - Returns: The account, for one adapter and its delivery.
  /// - Throws: When the file cannot be written.
  public func account(_ name: String, clock: any WallClock = SystemClock())
    throws(LedgerError) -> LedgerAccount
  {
    try LedgerAccount(ledger: self, name: name, at: clock.now(), clock: clock)
  }

  /// The same at an instant that is given.
  public func account(_ name: String, at instant: Timestamp) throws(LedgerError) -> LedgerAccount {
    try LedgerAccount(ledger: self, name: name, at: instant, clock: SystemClock())
  }
}

extension AdapterConfiguration {
  /// Takes budgets, journal, consents and the memory of posted alerts from an account of a ledger. Exporters
  /// that post alerts are connected after it.
  public mutating func use(_ account: LedgerAccount) {
    budgetStore = account
    journal = account
    consents = account
    notices = account
  }
}

extension LedgerAccount: BudgetStore {
  /// - Throws: ``LedgerError/inUse(account:)`` at the second call, even when the first adapter is
  /// gone:
  ///   the file knows one total of what this holder spent, and another adapter's would begin at
  /// zero.
  public func claim() throws {
    try checkOpen()
    if isClaimed.exchange(true, ordering: .acquiringAndReleasing) {
      throw LedgerError.inUse(account: name)
    }
  }

  public func renew(_ request: LeaseRequest) throws -> LeaseReply {
    try checkOpen()
    // Before the file says so: nothing may be spent beyond it unreported.
    let reported = writer.withSpending { spending in
      spending.bound(request.shares)
      return spending.beginReport()
    }
    let reply = try ledger.write { db in
      let table = LeaseTable(db: db, account: id, holder: holder)
      try table.note(request.use)
      let holders = try HolderTable(db: db, ledger: ledger, account: id)
        .reap(except: holder, at: request.at)
      return LeaseReply(
        leases: try request.intervals.map { try table.lease($0) },
        shares: try request.shares.map { try table.share($0, holders: holders) })
    }
    writer.withSpending { $0.report(reported) }
    return reply
  }

  public func release(_ use: LeaseUse) throws {
    try checkOpen()
    try writer.flush()
    try ledger.write { db in
      try LeaseTable(db: db, account: id, holder: holder).note(use)
      try HolderTable(db: db, ledger: ledger, account: id).giveBack(holder)
    }
  }
}
