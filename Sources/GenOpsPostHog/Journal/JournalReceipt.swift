public import GenOpsAdmission

/// Says when events that a journal took in together are written.
public struct JournalReceipt: Sendable {
  private let wait: @Sendable () async -> (any Error)?
  private let hand: @Sendable () -> Void

  /// `wait` returns when they are written, or why they could not be; `handedOn` is called when the transport has
  /// them. A journal that is a spool gives none of them before.
  public init(
    handedOn: @escaping @Sendable () -> Void = {},
    _ wait: @escaping @Sendable () async -> (any Error)?
  ) {
    hand = handedOn
    self.wait = wait
  }

  /// Tells that the transport has them, or will never have them.
  public func handedOn() { hand() }

  /// Returns when all of them are as safe as the journal promises.
  /// - Throws: When they could not be written. None of them counts as accepted then.
  public func written() async throws {
    if let error = await wait() { throw error }
  }
}

extension EventJournal {
  /// One after the other, on the thread of the caller.
  public func begin(
    _ entries: [JournalEntry], use: @escaping @Sendable () -> LeaseUse?
  ) -> JournalReceipt {
    do {
      for entry in entries { try accept(entry, use: use) }
      return JournalReceipt { nil }
    } catch { return JournalReceipt { error } }
  }
}
