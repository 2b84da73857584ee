import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Synchronization

/// Apart from the adapter and never inlined into it: what the account holds is read here without a
/// count of references, of which each takes as long as twenty other instructions. The compiler
/// leaves them out where the account is a function's own, and not where it is a member of another.
extension Account {
  /// Whether the transport was shut down.
  @inline(never)
  var isClosed: Bool { transport.isClosed }

  /// Decides on an event under the lock, and carries the decision out after it.
  ///
  /// What it takes:
  /// * event: As it would leave.
  /// * adapter: The view that took it.
  /// * owner: The number of whose usage it is.
  /// * eventOwner: The same by name.
  /// * isForbidden: Whether a rule on data forbids to send it.
  /// * delivers: False when what is sent goes another way than the transport.
  /// * leastWeight: How many events it stands for at least.
  @inline(never)
  func decide(
    _ event: UsageEvent, by adapter: PostHogAdapter, _ owner: Int, _ eventOwner: EventOwner,
    session: AnalyticsSession?, consent: Bool?, isForbidden: Bool, delivers: Bool,
    leastWeight: Double
  ) -> CaptureOutcome {
    let instant = clock.now()
    let broken = hasEventRules ? brokenRules(by: event, eventOwner.attribution).first : nil
    var decision = Decision()
    state.withLock {
      $0.capture(
        event, owner: owner, session: session, consent: consent, isForbidden: isForbidden,
        broken: broken, isEvent: delivers, at: instant, into: &decision)
    }
    if decision.isOutOfTheOrdinary || isWatched || !delivers {
      return carryOut(
        decision, event, by: adapter, eventOwner, session: session, delivers: delivers,
        leastWeight: leastWeight, at: instant)
    }
    guard decision.verdict == .sent else { return decision.outcome }
    transport.enqueue(
      event,
      GovernanceStamp(
        owner: eventOwner, cost: decision.cost, weight: max(decision.weight, leastWeight)))
    return .sent(cost: decision.cost)
  }

  /// The rest of it, where more may have to be done than to hand the event on.
  @inline(never)
  private func carryOut(
    _ decision: Decision, _ event: UsageEvent, by adapter: PostHogAdapter,
    _ eventOwner: EventOwner, session: AnalyticsSession?, delivers: Bool, leastWeight: Double,
    at instant: Timestamp
  ) -> CaptureOutcome {
    var outcome = decision.outcome
    let weight = max(decision.weight, leastWeight)
    if case .sent(let cost) = outcome {
      let stamp = GovernanceStamp(owner: eventOwner, cost: cost, weight: weight)
      if let metered = decision.metered {
        outcome = writeAndSend(event, stamp, metered, isEvent: delivers, at: instant)
      } else if delivers {
        transport.enqueue(event, stamp)
      }
    } else if hasJournal {
      outcome = writeUnsent(event, outcome, owner: eventOwner, isEvent: delivers, at: instant)
    }
    if let alerts = decision.alerts { raise(alerts) }
    if decision.isNewDay { watchTrends() }
    if decision.isMemorySpent { giveMemoryBack() }
    if decision.isRenewalDue { renewal?.start(self) }
    if hasObservers {
      adapter.observe(
        event, outcome, session: session, attribution: eventOwner.attribution, weight: weight,
        began: instant)
    }
    return outcome
  }
}
