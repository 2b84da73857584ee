import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Synchronization

/// Refusals before anything is decided, so that no budget is used up by what does not leave.
extension PostHogAdapter {
  /// Decides on an event whose form has to be looked at.
  @inline(never)
  func decideOdd(
    _ event: UsageEvent, session: AnalyticsSession?, consent: Bool?, isForbidden: Bool,
    leastWeight: Double
  ) -> CaptureOutcome {
    let verdict = EventForm.judge(event, eventBytes: account.eventBytes) {
      account.size(of: event, owner: session?.place(in: self).eventOwner ?? eventOwner)
    }
    var formed = event
    switch verdict {
    case .asItIs: break
    case .changed(let changed): formed = changed
    case .refused(let reason): return .refused(refuseUndecided(event, reason, session: session))
    }
    return decide(
      formed, session: session, consent: consent, isForbidden: isForbidden, delivers: true,
      leastWeight: leastWeight, isFormed: true)
  }

  /// Refuses an event that is as it may be kept: counted, in its session, the journal and what looks
  /// on.
  @inline(never)
  func refuseUndecided(_ event: UsageEvent, _ reason: RefusalReason, session: AnalyticsSession?)
    -> Refusal
  {
    let refusal = Refusal(reason)
    let instant = account.clock.now()
    let owner = session?.place(in: self).eventOwner ?? eventOwner
    account.state.withLock { $0.countRefusal(reason) }
    session?.note(.refused(refusal), .none, isEvent: true)
    account.journal?.refuse(event, refusal, attribution: owner.attribution, at: instant)
    if !account.observers.isEmpty {
      observe(
        event, .refused(refusal), session: session, attribution: owner.attribution, weight: 1,
        began: instant)
    }
    return refusal
  }
}

extension PostHogAdapter {
  /// Why an event cannot be accepted while the ledger cannot be written, told to what looks on; nil where it can.
  @inline(never)
  func refusalWithoutJournal(_ event: UsageEvent, session: AnalyticsSession?) -> Refusal? {
    guard let refusal = account.refusalWithoutJournal() else { return nil }
    if !account.observers.isEmpty {
      let owner = session?.place(in: self).eventOwner ?? eventOwner
      observe(
        event, .refused(refusal), session: session, attribution: owner.attribution, weight: 1,
        began: account.clock.now())
    }
    return refusal
  }
}

extension Account {
  /// Bytes of an event as it would leave. The cost is not known yet: it has twenty at most.
  func size(of event: UsageEvent, owner: EventOwner) -> Int {
    let stamp = GovernanceStamp(owner: owner, cost: nil, weight: 1)
    let uuid = event.uuid ?? EventUUID(high: 0, low: 0)
    return transport.encoder.encode(event, stamp, uuid: uuid, at: clock.now()).size + 128
  }
}
