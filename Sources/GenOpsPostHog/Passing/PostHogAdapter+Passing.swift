import GenOpsAdmission
import GenOpsGovernance
package import GenOpsMetering
import GenOpsUnits
import Synchronization

extension PostHogAdapter {
  /// Whether anything of the plan looks at properties. Where nothing does, events may come without them.
  package var readsProperties: Bool {
    let plan = account.configuration.effectivePlan
    return !plan.privacy.data.isEmpty || account.hasEventRules || account.hasObservers
  }

  /// Makes the meter remember events of an earlier process, so that their copies are known.
  package func remember(_ events: [UsageEvent]) {
    account.state.withLock { state in
      for event in events { _ = state.meter.commit(state.meter.meter(event)) }
    }
  }

  /// Decides on events that pass through, in their order, as ``capture(_:session:consent:)`` does, and writes
  /// those that may be sent to the journal together. When it returns, what is `sent` is as safe as the journal
  /// promises, and so is what it is a `duplicate` of.
  ///
  /// - Parameters:
  ///   - events: With uuids.
  ///   - forward: Takes over each that may be sent, in order, after it is written; false where the journal has
  ///     failed and advisory mode sends all the same.
  /// - Returns: What became of each, in their order.
  package func pass(
    _ events: [PassingEvent], forward: (OutgoingEvent, _ isKept: Bool) -> Void
  ) async -> [CaptureOutcome] {
    // The journal keeps it, and is kept by the account.
    let use = { @Sendable [weak account = self.account] in
      account?.state.withLock { $0.presentUse() }
    }
    // One after the other up to the journal: who finds a duplicate waits for what it is one of.
    let (judged, receipt) = account.passing.withLock { _ in
      let judged = events.map { judge($0) }
      let receipt = account.journal?.begin(judged.compactMap(\.entry), use: use)
      return (judged, receipt)
    }
    for one in judged { account.conclude(one.decision) }
    var failure: (any Error)?
    do { try await receipt?.written() } catch { failure = error }
    let outcomes = judged.map { settle($0, isWritten: failure == nil, forward) }
    receipt?.handedOn()
    if account.hasLog {
      for (one, outcome) in zip(judged, outcomes) {
        guard case .refused(let refusal) = outcome else { continue }
        account.logRefusal(refusal, name: one.event.name, at: account.clock.now())
      }
    }
    if account.hasObservers {
      let now = account.clock.now()
      for (one, outcome) in zip(judged, outcomes) where !one.isUndecided {
        observe(
          one.event, outcome, session: nil, attribution: attribution, weight: one.decision.weight,
          began: now)
      }
    }
    return outcomes
  }

  /// What was decided on an event, before it is written.
  struct Judged {
    var event: UsageEvent
    var outcome: CaptureOutcome
    var decision = Decision()
    var entry: JournalEntry?
    var metered: MeteredForJournal?
    /// What is sent without a journal.
    var outgoing: OutgoingEvent?
    /// Whether it was refused before anything was decided, and is told already.
    var isUndecided = false
  }

  private func judge(_ passing: PassingEvent) -> Judged {
    func refused(_ refusal: Refusal) -> Judged {
      Judged(event: passing.event, outcome: .refused(refusal), isUndecided: true)
    }
    if account.isClosed {
      return refused(transportRefusal(passing.event, .closed, session: nil, consent: nil))
    }
    if isStrict,
      let refusal = strictRefusal(passing.event, session: nil, consent: nil, delivers: true)
    {
      return refused(refusal)
    }
    if let refusal = refusalWithoutJournal(passing.event, session: nil) { return refused(refusal) }
    if let fault = passing.fault {
      return refused(refuseUndecided(passing.event, fault, session: nil))
    }
    var screened = EventScreen.Screened(event: passing.event, consent: nil)
    var isChanged = false
    if let screen = account.screen, !screen.isIdle(for: passing.event) {
      screened = screen.screen(passing.event, consent: nil)
      isChanged = screened.event != passing.event
    }
    if !EventForm.isOrdinary(screened.event, eventBytes: account.eventBytes) {
      switch EventForm.judge(screened.event, eventBytes: account.eventBytes, size: { 0 }) {
      case .asItIs: break
      case .changed(let changed): (screened.event, isChanged) = (changed, true)
      case .refused(let reason):
        return refused(refuseUndecided(screened.event, reason, session: nil))
      }
    }
    return judge(passing, screened, isChanged: isChanged)
  }

  private func judge(_ passing: PassingEvent, _ screened: EventScreen.Screened, isChanged: Bool)
    -> Judged
  {
    let event = screened.event
    let instant = account.clock.now()
    let broken = account.hasEventRules ? account.brokenRules(by: event, attribution).first : nil
    var decision = Decision()
    account.state.withLock {
      $0.capture(
        event, owner: owner, session: nil, consent: screened.consent,
        isForbidden: screened.isForbidden, broken: broken, isEvent: true, at: instant,
        into: &decision)
    }
    var judged = Judged(event: event, outcome: decision.outcome, decision: decision)
    var stamp = GovernanceStamp(owner: eventOwner, cost: decision.cost, weight: decision.weight)
    var metered = decision.metered
    switch decision.verdict {
    case .sampled: return judged
    case .refused:
      if case .refused(let refusal) = judged.outcome {
        account.journal?.refuse(event, refusal, attribution: attribution, at: instant)
      }
      return judged
    case .duplicate:
      // A copy of one that could not be written is written now, and is not paid for twice.
      guard let found = account.unwritten.withLock({ $0.take(event.uuid) }) else { return judged }
      (stamp, metered) = found
      judged.outcome = .sent(cost: stamp.cost)
    case .sent: break
    }
    let outgoing = passing.write(isChanged ? event : nil, stamp, instant)
    judged.outgoing = outgoing
    judged.metered = metered
    if let metered {
      judged.entry = JournalEntry(
        event: event, stamp: stamp, usage: metered.usage, eventClass: metered.eventClass,
        at: instant, outgoing: outgoing, charged: metered.charged)
    }
    return judged
  }

  private func settle(
    _ one: Judged, isWritten: Bool, _ forward: (OutgoingEvent, _ isKept: Bool) -> Void
  ) -> CaptureOutcome {
    guard let outgoing = one.outgoing else {
      // It is a copy of one that was not written either.
      if case .duplicate = one.outcome, !isWritten,
        account.configuration.effectivePlan.mode != .advisory
      {
        return .refused(Refusal(.ledgerUnavailable))
      }
      return one.outcome
    }
    if isWritten {
      forward(outgoing, one.entry != nil)
      return one.outcome
    }
    if account.configuration.effectivePlan.mode == .advisory {
      account.unwritten.withLock { $0.forward() }
      forward(outgoing, false)
      return one.outcome
    }
    if let entry = one.entry, let metered = one.metered {
      account.unwritten.withLock { $0.refuse(one.event.uuid, entry.stamp, metered) }
    }
    return .refused(Refusal(.ledgerUnavailable))
  }
}

extension Account {
  /// What a decision asks for besides handing the event on.
  func conclude(_ decision: Decision) {
    guard decision.isOutOfTheOrdinary else { return }
    if let alerts = decision.alerts { raise(alerts) }
    if decision.isNewDay { watchTrends() }
    if decision.isMemorySpent { giveMemoryBack() }
    if decision.isRenewalDue { renewal?.start(self) }
  }
}
