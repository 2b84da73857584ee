import Foundation
import GRDB
import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import Synchronization

/// Writes what an adapter decided, many decisions in one transaction.
///
/// Where acceptance is on disk, whoever comes first writes for all who wait: one transaction serves
/// every thread that came meanwhile. Otherwise decisions gather and a queue writes them: when there
/// are many, and a quarter of a second after the first of them.
final class JournalWriter: Sendable {
  /// Notes that may gather before they are written.
  private static let gathering = 2048
  /// Notes that may wait before a capture writes itself, so that memory is bounded.
  private static let most = 20_000
  /// How long a note waits for others, and a ledger that could not be written is left alone.
  private static let pause = Duration.milliseconds(250)

  /// Guarded by ``condition``.
  struct State {
    /// A note with the one that waits for it.
    var notes: [(note: JournalNote, ticket: JournalTicket?)] = []
    /// Empty, and as large as the last batch: growing anew would be every captor's time.
    var spare: [(note: JournalNote, ticket: JournalTicket?)] = []
    var refusals: [RefusalKey: Refusals] = [:]
    var refusalCount: Int64 = 0
    /// Those who wait for everything.
    var flushes: [JournalTicket] = []
    /// Those who wait for what came before them.
    var barriers: [JournalTicket] = []
    /// Says what was used by now, for whoever writes what others handed over.
    var use: (@Sendable () -> LeaseUse?)?
    var isWriting = false
    /// Belongs to whoever writes.
    var untold = JournalBatch.Untold()
    /// Whether the queue is about to write, and whether it will by time.
    var isScheduled = false
    var isTimed = false
    /// Whether somebody waits whose thread does not write.
    var isAwaited = false
    /// When a failed ledger is tried again; nil while it works.
    var failedUntil: Duration?
    var spending = UnreportedSpending()
  }

  private let ledger: Ledger
  private let account: Int64
  private let holder: Int64
  private let timer: JournalTimer
  /// A copy of whether ``State/failedUntil`` is set, asked with every event.
  private let hasFailed = Atomic<Bool>(false)
  /// How often somebody waited for the disk that background writing should have spared it.
  let waits = Atomic<Int>(0)
  let condition = NSCondition()
  // Every access is between lock() and unlock() of `condition`, which the compiler cannot see.
  nonisolated(unsafe) var state = State()

  init(ledger: Ledger, account: Int64, holder: Int64, timer: JournalTimer) {
    self.ledger = ledger
    self.account = account
    self.holder = holder
    self.timer = timer
  }

  /// Whether a write may succeed. After a failure the disk is tried with a page of its own first,
  /// so that no event has to find out.
  var isWritable: Bool {
    if !hasFailed.load(ordering: .relaxed) { return true }
    condition.lock()
    let failedUntil = state.failedUntil
    condition.unlock()
    guard let failedUntil else { return true }
    if timer.uptime() < failedUntil { return false }
    do {
      try ledger.write { db in
        try db.execute(sql: "INSERT OR REPLACE INTO probe VALUES (1, zeroblob(65536))")
      }
      try ledger.write { try $0.execute(sql: "DELETE FROM probe") }
    } catch {
      setFailed(true)
      return false
    }
    setFailed(false)
    return true
  }

  private func setFailed(_ isFailed: Bool) {
    condition.lock()
    noteFailure(isFailed)
    // What waits need not wait for the next note.
    if !isFailed, !state.notes.isEmpty { schedule() }
    condition.unlock()
  }

  /// Called with the condition locked.
  private func noteFailure(_ isFailed: Bool) {
    state.failedUntil = isFailed ? timer.uptime() + JournalWriter.pause : nil
    hasFailed.store(isFailed, ordering: .relaxed)
  }

  /// Adds a note and, where acceptance is on disk, waits until it is written.
  func add(_ note: JournalNote, use: () -> LeaseUse?) throws(LedgerError) {
    condition.lock()
    if ledger.options.acceptance == .soon, !state.spending.fits(note.charged) {
      waits.add(1, ordering: .relaxed)
      if let error = report(note.charged, use) {
        condition.unlock()
        throw error
      }
    }
    state.spending.hand(note.charged)
    if ledger.options.acceptance == .soon, state.notes.count < JournalWriter.most,
      state.failedUntil == nil
    {
      state.notes.append((note, nil))
      schedule()
      condition.unlock()
      return
    }
    if ledger.options.acceptance == .soon { waits.add(1, ordering: .relaxed) }
    let ticket = JournalTicket()
    state.notes.append((note, ticket))
    while !ticket.isDone {
      if state.isWriting { condition.wait() } else { writeAll(use()) }
    }
    condition.unlock()
    if let error = ticket.error { throw error }
  }

  /// Reports what was spent, so that `charge` more may be. Called with the condition locked.
  private func report(_ charge: Int64, _ use: () -> LeaseUse?) -> LedgerError? {
    while !state.spending.fits(charge) {
      if state.isWriting {
        condition.wait()
        continue
      }
      // What is handed by now was decided before `use` is asked.
      let handed = state.spending.handed
      if let error = writeAll(use()) { return error }
      state.spending.report(handed)
      // One that costs more than may go unreported: the account has it in what was just told.
      if state.spending.isReported { break }
    }
    return nil
  }

  /// Looks at or changes what is known of unreported spending.
  func withSpending<Result>(_ body: (inout UnreportedSpending) -> Result) -> Result {
    condition.lock()
    defer { condition.unlock() }
    return body(&state.spending)
  }

  /// Adds a note that nobody waits for. It is dropped when too many wait.
  func addLater(_ note: JournalNote) {
    condition.lock()
    if state.notes.count < JournalWriter.most {
      state.notes.append((note, nil))
      schedule()
    }
    condition.unlock()
  }

  /// Adds the end of events, to be written in the background with what waits: of an event that has
  /// arrived before it was written, one write is spared. It is never dropped: what is not known to
  /// have arrived is sent again.
  func addEnd(_ note: JournalNote) {
    condition.lock()
    state.notes.append((note, nil))
    schedule()
    condition.unlock()
  }

  /// Counts a refusal, to be written with what comes next.
  func count(_ key: RefusalKey, at instant: Timestamp) {
    condition.lock()
    let one = Refusals(count: 1, last: instant)
    state.refusals[key] = (state.refusals[key] ?? Refusals()) + one
    state.refusalCount += 1
    if state.refusalCount >= 10_000 { schedule(now: true) }
    condition.unlock()
  }

  /// Writes everything that waits.
  func flush() throws(LedgerError) {
    condition.lock()
    let ticket = JournalTicket()
    state.flushes.append(ticket)
    while !ticket.isDone {
      if state.isWriting { condition.wait() } else { writeAll(nil) }
    }
    condition.unlock()
    if let error = ticket.error { throw error }
  }

  /// Sees to it that what waits is written: at once when there is much or `now`, else by time.
  /// Called with the condition locked.
  func schedule(now: Bool = false) {
    guard state.failedUntil == nil, now || state.notes.count >= JournalWriter.gathering else {
      return scheduleLater()
    }
    guard !state.isScheduled else { return }
    state.isScheduled = true
    timer.run(.zero) { [self] in
      condition.lock()
      state.isScheduled = false
      if !state.isWriting { writeAll(nil) }
      condition.unlock()
    }
  }

  /// Writes what waits after a pause, whether anything is captured until then or not; also when the
  /// ledger failed. A journal that is gone by then writes nothing: its process counts as killed.
  /// Called with the condition locked.
  private func scheduleLater() {
    guard !state.isTimed else { return }
    state.isTimed = true
    timer.run(JournalWriter.pause) { [weak self] in
      guard let self else { return }
      condition.lock()
      state.isTimed = false
      if !state.isWriting, !state.notes.isEmpty || state.refusalCount > 0 || state.isAwaited {
        writeAll(nil)
      }
      condition.unlock()
    }
  }

  /// Writes all notes in one transaction, and tells those who wait. Called with the condition
  /// locked; it is unlocked while the disk works.
  @discardableResult
  private func writeAll(_ use: @autoclosure () -> LeaseUse?) -> LedgerError? {
    var notes = state.notes
    let flushes = state.flushes
    let barriers = state.barriers
    let asked = state.use
    let refusals = state.refusals
    state.refusals = [:]
    state.refusalCount = 0
    var untold = state.untold
    state.notes = state.spare
    state.spare = []
    state.flushes = []
    state.barriers = []
    state.isAwaited = false
    state.isWriting = true
    condition.unlock()
    var failure: LedgerError?
    do throws(LedgerError) {
      let use = use() ?? (notes.isEmpty ? nil : asked?())
      if !notes.isEmpty || !refusals.isEmpty || use != nil || !flushes.isEmpty {
        untold = try ledger.write { db in
          let table = EventTable(db: db, account: account, holder: holder)
          var batch = JournalBatch(
            db: db, account: account, events: table, untold: untold,
            keepsDelivered: ledger.options.keepsDelivered)
          for (note, _) in notes { batch.foresee(note) }
          for (note, _) in notes { try batch.add(note) }
          for (key, some) in refusals { batch.add(key, some) }
          try batch.finish(tells: !flushes.isEmpty)
          if let use {
            try LeaseTable(db: db, account: account, holder: holder).note(use)
          }
          return batch.untold
        }
      }
    } catch {
      failure = error
    }
    var tickets = notes.compactMap(\.ticket) + flushes + barriers
    if failure == nil { notes.removeAll(keepingCapacity: true) }
    condition.lock()
    state.isWriting = false
    noteFailure(failure != nil)
    if failure != nil {
      // What nobody waits for is kept for the next try; the rest is told to those who wait.
      state.notes = notes.filter { $0.ticket == nil } + state.notes
      // What they wait for was among these.
      tickets += state.barriers
      state.barriers = []
      state.refusals.merge(refusals) { $0 + $1 }
      state.refusalCount = state.refusals.values.reduce(0) { $0 + $1.count }
      if !state.notes.isEmpty || state.refusalCount > 0 { scheduleLater() }
    } else {
      state.untold = untold
      state.spare = notes
      // What came while the disk worked.
      if !state.notes.isEmpty { schedule() }
    }
    // They wait, and no thread of theirs writes.
    if state.isAwaited { schedule(now: true) }
    for ticket in tickets where !ticket.isDone { ticket.settle(failure) }
    condition.broadcast()
    return failure
  }
}
