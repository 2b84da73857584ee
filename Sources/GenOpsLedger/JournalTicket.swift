import Foundation
import GenOpsAdmission
import GenOpsPostHog

/// What somebody waits for who handed notes to a ``JournalWriter``. All of it is read and written under the
/// writer's condition; the compiler cannot see that, so it is said here.
final class JournalTicket: Sendable {
  nonisolated(unsafe) private(set) var isDone = false
  nonisolated(unsafe) private(set) var error: LedgerError?
  /// Who waits without a thread.
  nonisolated(unsafe) fileprivate var sleeper: CheckedContinuation<LedgerError?, Never>?

  /// Tells whoever waits, once.
  func settle(_ error: LedgerError?) {
    isDone = true
    self.error = error
    sleeper?.resume(returning: error)
    sleeper = nil
  }
}

extension JournalWriter {
  /// Hands notes over together, to be written as soon as the disk is free. Without notes it is a ticket for
  /// what came before.
  func begin(_ notes: [JournalNote], use: @escaping @Sendable () -> LeaseUse?) -> JournalTicket {
    let ticket = JournalTicket()
    condition.lock()
    state.use = use
    for note in notes {
      state.spending.hand(note.charged)
      state.notes.append((note, ticket))
    }
    if notes.isEmpty, state.notes.isEmpty, !state.isWriting {
      ticket.settle(nil)
    } else {
      if notes.isEmpty { state.barriers.append(ticket) }
      state.isAwaited = true
      schedule(now: true)
    }
    condition.unlock()
    return ticket
  }

  /// Returns when what the ticket is for is written, or why it could not be.
  func end(of ticket: JournalTicket) async -> LedgerError? {
    await withCheckedContinuation { sleeper in
      condition.lock()
      if ticket.isDone { sleeper.resume(returning: ticket.error) } else { ticket.sleeper = sleeper }
      condition.unlock()
    }
  }
}
