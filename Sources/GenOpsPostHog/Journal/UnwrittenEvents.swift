import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Synchronization

/// What a journal needs of a sent event besides the event. A class, so that decisions of accounts
/// without a journal stay small.
final class MeteredForJournal: Sendable {
  let usage: Usage
  let eventClass: String
  /// What the budgets were charged.
  let charged: Money

  init(usage: Usage, eventClass: String, charged: Money) {
    self.usage = usage
    self.eventClass = eventClass
    self.charged = charged
  }
}

/// Events that were decided on and paid for, and then could not be written.
struct UnwrittenEvents {
  /// The most that are remembered.
  private static let most = 10_000
  /// Refused because the disk failed. When offered again they are written without being charged again.
  private var waiting: [EventUUID: (GovernanceStamp, MeteredForJournal)] = [:]
  private(set) var refused: Int64 = 0
  private(set) var cost: Int64 = 0
  /// Forwarded all the same, in advisory mode.
  private(set) var forwarded: Int64 = 0
  private(set) var blocked: Int64 = 0

  mutating func refuse(_ uuid: EventUUID?, _ stamp: GovernanceStamp, _ metered: MeteredForJournal) {
    refused += 1
    cost = cost.addingClamped(stamp.cost?.nanos ?? 0)
    if let uuid, waiting.count < UnwrittenEvents.most { waiting[uuid] = (stamp, metered) }
  }

  /// Items that are not events and cannot be offered again.
  mutating func refuse(cost amount: Money?, count: Int64) {
    refused += count
    cost = cost.addingClamped(amount?.nanos ?? 0)
  }

  mutating func forward() { forwarded += 1 }

  /// Refused before anything was decided, because the journal was known to be unwritable.
  mutating func block() { blocked += 1 }

  /// What was decided about an event that could not be written before.
  mutating func take(_ uuid: EventUUID?) -> (GovernanceStamp, MeteredForJournal)? {
    guard let uuid, let found = waiting.removeValue(forKey: uuid) else { return nil }
    refused -= 1
    cost -= found.0.cost?.nanos ?? 0
    return found
  }

  var findings: Findings {
    var findings = Findings()
    if refused > 0 {
      findings.warning(
        "ledger-unwritten",
        "\(refused) events were refused because the ledger could not be written; their cost of "
          + "\(Money(nanos: cost)) stays counted in the budgets",
        help: "free the disk and offer them again: they are not paid for twice")
    }
    if blocked > 0 {
      findings.warning(
        "ledger-unavailable",
        "\(blocked) events were refused undecided because the ledger cannot be written",
        help: "free the disk; it is tried again by itself")
    }
    if forwarded > 0 {
      findings.warning(
        "ledger-forwarded", "\(forwarded) events were sent without being written to the ledger",
        help: "advisory mode never blocks; free the disk")
    }
    return findings
  }
}

extension Account {
  /// Why nothing can be accepted now: what is accepted must be on disk. Nothing is decided then, so
  /// that no budget is used up by events that never leave.
  func refusalWithoutJournal() -> Refusal? {
    guard let journal, !journal.isWritable, configuration.effectivePlan.mode != .advisory else {
      return nil
    }
    unwritten.withLock { $0.block() }
    return Refusal(.ledgerUnavailable)
  }

  /// Writes a sent event and hands it to the transport, with the same bytes. What cannot be written
  /// is refused, in advisory mode only counted.
  @inline(never)
  func writeAndSend(
    _ event: UsageEvent, _ stamp: GovernanceStamp, _ metered: MeteredForJournal, isEvent: Bool,
    at instant: Timestamp
  ) -> CaptureOutcome {
    do {
      if isEvent {
        // Written once: the journal stores these bytes and the transport sends them.
        let outgoing = transport.encoder.encode(
          event, stamp, uuid: event.uuid ?? .random(), at: instant)
        if let journal {
          let entry = JournalEntry(
            event: event, stamp: stamp, usage: metered.usage, eventClass: metered.eventClass,
            at: instant, outgoing: outgoing, charged: metered.charged)
          try journal.accept(entry) { state.withLock { $0.presentUse() } }
          transport.enqueue(event, stamp, written: outgoing, journal: journal)
        }
      } else {
        // Only metered by an event's rules: there is nothing to deliver.
        let one = RecordOutcome(
          sent: 1, refused: 0, cost: stamp.cost, refusal: nil, charged: metered.charged)
        try journal?.count(
          metered.usage, one, attribution: stamp.owner.attribution, at: instant
        ) { state.withLock { $0.presentUse() } }
      }
      return .sent(cost: stamp.cost)
    } catch {
      if configuration.effectivePlan.mode == .advisory {
        unwritten.withLock { $0.forward() }
        if isEvent { transport.enqueue(event, stamp) }
        return .sent(cost: stamp.cost)
      }
      unwritten.withLock { $0.refuse(event.uuid, stamp, metered) }
      return .refused(Refusal(.ledgerUnavailable))
    }
  }

  /// Writes items that are not events. What cannot be written is refused, in advisory mode only
  /// counted.
  @inline(never)
  func write(
    _ usage: Usage, _ outcome: RecordOutcome, _ attribution: Attribution, at instant: Timestamp
  ) -> RecordOutcome {
    do {
      try journal?.count(usage, outcome, attribution: attribution, at: instant) {
        state.withLock { $0.presentUse() }
      }
      return outcome
    } catch {
      if configuration.effectivePlan.mode == .advisory {
        unwritten.withLock { $0.forward() }
        return outcome
      }
      unwritten.withLock { $0.refuse(cost: outcome.cost, count: outcome.sent) }
      return RecordOutcome(
        sent: 0, refused: outcome.sent + outcome.refused, cost: .zero,
        refusal: Refusal(.ledgerUnavailable))
    }
  }

  /// Notes an event that is not sent. A copy of one that could not be written is written now.
  @inline(never)
  func writeUnsent(
    _ event: UsageEvent, _ outcome: CaptureOutcome, owner: EventOwner, isEvent: Bool,
    at instant: Timestamp
  ) -> CaptureOutcome {
    switch outcome {
    case .duplicate:
      guard let (stamp, metered) = unwritten.withLock({ $0.take(event.uuid) }) else {
        return outcome
      }
      return writeAndSend(event, stamp, metered, isEvent: isEvent, at: instant)
    case .refused(let refusal):
      journal?.refuse(event, refusal, attribution: owner.attribution, at: instant)
    case .sent, .sampled: break
    }
    return outcome
  }
}

extension AccountState {
  /// What was used of the leases by now; nil for an account that is not shared.
  mutating func presentUse() -> LeaseUse? {
    guard shared != nil else { return nil }
    shared?.book.sync(&core)
    return shared?.book.use(isLast: false)
  }
}
