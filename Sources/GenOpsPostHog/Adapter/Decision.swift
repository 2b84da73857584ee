import GenOpsGovernance
import GenOpsUnits

/// What was decided on an event, and what is to be done after the lock is released.
///
/// A few words beside a ``CaptureOutcome``, which has room for everything that a refusal says: what
/// hardly any event has is behind a reference, nil being cheap to pass on and to let go.
struct Decision {
  enum Verdict: UInt8 {
    case duplicate
    case sent
    case sampled
    case refused
  }

  var verdict = Verdict.duplicate
  /// Whether it is the first decision of a UTC day.
  var isNewDay = false
  var isRenewalDue = false
  /// Whether the meter has memory to give back.
  var isMemorySpent = false
  /// Of what is sent; nil when it is unknown.
  private(set) var cost: Money?
  var weight = 1.0
  /// What else there is; nil for most events.
  private var rest: [Rest]?

  private enum Rest: Sendable {
    case refusal(Refusal)
    case alerts([Alert])
    case metered(MeteredForJournal)
  }

  /// Whether there is more to do than to hand on what is sent.
  @inline(__always)
  var isOutOfTheOrdinary: Bool { isNewDay || isRenewalDue || isMemorySpent || rest != nil }

  /// Alerts to be raised.
  var alerts: [Alert]? {
    rest?.lazy.compactMap { if case .alerts(let alerts) = $0 { alerts } else { nil } }.first
  }

  /// What a journal needs of a sent event; nil without a journal.
  var metered: MeteredForJournal? {
    rest?.lazy.compactMap { if case .metered(let metered) = $0 { metered } else { nil } }.first
  }

  @inline(never)
  mutating func add(alerts: [Alert]) { rest = (rest ?? []) + [.alerts(alerts)] }

  @inline(never)
  mutating func add(metered: MeteredForJournal) { rest = (rest ?? []) + [.metered(metered)] }

  mutating func send(for cost: Money?) {
    verdict = .sent
    self.cost = cost
  }

  @inline(never)
  mutating func refuse(_ refusal: Refusal) {
    verdict = .refused
    rest = (rest ?? []) + [.refusal(refusal)]
  }

  /// The same in full.
  var outcome: CaptureOutcome {
    switch verdict {
    case .duplicate: .duplicate
    case .sent: .sent(cost: cost)
    case .sampled: .sampled
    case .refused:
      // A verdict of that kind comes with what says why.
      rest?.lazy.compactMap {
        if case .refusal(let refusal) = $0 { CaptureOutcome.refused(refusal) } else { nil }
      }
      .first ?? .duplicate
    }
  }
}
