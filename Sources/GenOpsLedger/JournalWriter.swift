import Dispatch
import Foundation
import GRDB
import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// Writes what an adapter decided, many decisions in one transaction.
///
/// Where acceptance is on disk, whoever comes first writes for all who wait: one transaction serves
/// every thread that came meanwhile. Otherwise decisions gather and a queue writes them.
final class JournalWriter: Sendable {
  /// What waits to be written.
  enum Note: Sendable {
    case sent(JournalEntry)
    case counted(Usage, RecordOutcome, Attribution, Timestamp)
    /// For its content or for want of consent: these are told one by one.
    case refused(EventUUID?, name: String, Refusal, Attribution, Timestamp)
  }

  /// What refusals are counted by: a used-up budget refuses more than anybody could list.
  struct RefusalKey: Hashable, Sendable {
    var reason: RefusalReason
    var attribution: Attribution
    var day: CalendarDay
  }

  /// How many refusals of one key there were, and when the last was.
  struct Refusals: Sendable {
    var count: Int64 = 0
    var last = Timestamp(microseconds: .min)

    static func + (a: Refusals, b: Refusals) -> Refusals {
      Refusals(count: a.count + b.count, last: max(a.last, b.last))
    }
  }

  /// A note somebody waits for.
  private final class Ticket {
    var isDone = false
    var error: LedgerError?
  }

  /// Notes that may gather before they are written.
  private static let gathering = 256
  /// Notes that may wait before a capture writes itself, so that memory is bounded.
  private static let most = 20_000
  /// How long a ledger that could not be written is left alone, in nanoseconds.
  private static let rest: UInt64 = 250_000_000

  private struct State {
    /// A note with the one that waits for it.
    var notes: [(note: Note, ticket: Ticket?)] = []
    var refusals: [RefusalKey: Refusals] = [:]
    var refusalCount: Int64 = 0
    /// Those who wait for everything.
    var flushes: [Ticket] = []
    var isWriting = false
    /// Belongs to whoever writes.
    var untold = JournalBatch.Untold()
    var isScheduled = false
    /// When a failed ledger is tried again; 0 while it works.
    var failedUntil: UInt64 = 0
  }

  private let ledger: Ledger
  private let account: Int64
  private let holder: Int64
  private let queue = DispatchQueue(label: "genops.journal")
  private let condition = NSCondition()
  // Guarded by `condition`; the compiler cannot see that, so it is said here: every access is
  // between lock() and unlock().
  nonisolated(unsafe) private var state = State()

  init(ledger: Ledger, account: Int64, holder: Int64) {
    self.ledger = ledger
    self.account = account
    self.holder = holder
  }

  /// Whether a write may succeed. After a failure the disk is tried with a page of its own first,
  /// so that no event has to find out.
  var isWritable: Bool {
    condition.lock()
    let failedUntil = state.failedUntil
    condition.unlock()
    if failedUntil == 0 { return true }
    if DispatchTime.now().uptimeNanoseconds < failedUntil { return false }
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
    state.failedUntil =
      isFailed ? DispatchTime.now().uptimeNanoseconds + JournalWriter.rest : 0
    condition.unlock()
  }

  /// Adds a note and, where acceptance is on disk, waits until it is written.
  func add(_ note: Note, use: () -> LeaseUse?) throws(LedgerError) {
    condition.lock()
    if ledger.options.acceptance == .soon, state.notes.count < JournalWriter.most,
      state.failedUntil == 0
    {
      state.notes.append((note, nil))
      schedule()
      condition.unlock()
      return
    }
    let ticket = Ticket()
    state.notes.append((note, ticket))
    while !ticket.isDone {
      if state.isWriting { condition.wait() } else { writeAll(use()) }
    }
    condition.unlock()
    if let error = ticket.error { throw error }
  }

  /// Adds a note that nobody waits for. It is dropped when too many wait.
  func addLater(_ note: Note) {
    condition.lock()
    if state.notes.count < JournalWriter.most {
      state.notes.append((note, nil))
      schedule()
    }
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
    let ticket = Ticket()
    state.flushes.append(ticket)
    while !ticket.isDone {
      if state.isWriting { condition.wait() } else { writeAll(nil) }
    }
    condition.unlock()
    if let error = ticket.error { throw error }
  }

  /// Called with the condition locked.
  private func schedule(now: Bool = false) {
    guard !state.isScheduled, now || state.notes.count >= JournalWriter.gathering,
      state.failedUntil == 0
    else { return }
    state.isScheduled = true
    queue.async { [self] in
      condition.lock()
      state.isScheduled = false
      if !state.isWriting { writeAll(nil) }
      condition.unlock()
    }
  }

  /// Writes all notes in one transaction, and tells those who wait. Called with the condition
  /// locked; it is unlocked while the disk works.
  private func writeAll(_ use: @autoclosure () -> LeaseUse?) {
    let (notes, flushes) = (state.notes, state.flushes)
    let refusals = state.refusals
    state.refusals = [:]
    state.refusalCount = 0
    var untold = state.untold
    state.notes = []
    state.flushes = []
    state.isWriting = true
    condition.unlock()
    var failure: LedgerError?
    do throws(LedgerError) {
      let use = use()
      if !notes.isEmpty || !refusals.isEmpty || use != nil || !flushes.isEmpty {
        untold = try ledger.write { db in
          var batch = JournalBatch(db: db, account: account, untold: untold)
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
    condition.lock()
    state.isWriting = false
    if failure != nil {
      state.failedUntil = DispatchTime.now().uptimeNanoseconds + JournalWriter.rest
      // What nobody waits for is kept for the next try; the rest is told to those who wait.
      state.notes = notes.filter { $0.ticket == nil } + state.notes
      state.refusals.merge(refusals) { $0 + $1 }
    } else {
      state.failedUntil = 0
      state.untold = untold
    }
    for ticket in notes.compactMap(\.ticket) + flushes {
      ticket.isDone = true
      ticket.error = failure
    }
    condition.broadcast()
  }
}
