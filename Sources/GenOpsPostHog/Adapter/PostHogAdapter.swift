public import GenOpsMetering
public import GenOpsUnits

package import GenOpsGovernance
import Synchronization
public import GenOpsAdmission

/// Governs, meters and prices analytics traffic before it is sent to PostHog.
///
/// ```swift
/// let adapter = try PostHogAdapter(
///   AdapterConfiguration(
///     attribution: Attribution(team: "growth", project: "shop"),
///     plan: GovernancePlan(
///       mode: .enforced,
///       budgets: [Budget(name: "day", limit: Money(units: 100), period: .day)])),
///   transport: transport)
/// adapter.capture(event)                     // never throws, never waits
/// try adapter.capture(event).get()           // throws BudgetExceeded
/// ```
///
/// There is one lock per billing account. A call decides under it, synchronously and in order, and
/// hands events and alerts on after it is released. Views of tenants, projects or environments
/// share the account, because PostHog bills the organization: its projects share tiers.
public final class PostHogAdapter: Sendable {
  /// Whose events these are unless they say otherwise.
  public let attribution: Attribution
  let account: Account
  let owner: Int
  let eventOwner: EventOwner
  let preparation: CapturePreparation
  let tags: [String: String]
  /// Whether the strict mode holds for this view.
  let isStrict: Bool

  /// Fails with every error of the configuration at once.
  public convenience init(
    _ configuration: AdapterConfiguration, transport: any Transport,
    clock: any WallClock = SystemClock()
  ) throws(FindingsError) {
    let account = try Account(configuration, transport: transport, clock: clock)
    self.init(
      account: account, attribution: configuration.attribution, owner: 0, tags: configuration.tags)
  }

  private init(
    account: Account, attribution: Attribution, owner: Int, tags: [String: String],
    superProperties: [JSONValue.Member] = []
  ) {
    self.account = account
    self.attribution = attribution
    self.owner = owner
    self.tags = tags
    eventOwner = EventOwner(attribution, tags: tags)
    isStrict = account.configuration.effectivePlan.mode(for: attribution) == .strict
    preparation = CapturePreparation(
      shared: account.preparation, superProperties: superProperties)
  }

  deinit { account.state.withLock { $0.release(owner: owner) } }

  /// A view for a tenant, project or environment: `attribution` where it is set, this adapter's
  /// elsewhere. The budgets whose scope it matches apply to it, and the mode of its scope. `tags`
  /// join this adapter's and win.
  public func view(_ attribution: Attribution, tags: [String: String] = [:]) -> PostHogAdapter {
    let full = attribution.filling(from: self.attribution)
    let owner = account.state.withLock { $0.owner(full) }
    return PostHogAdapter(
      account: account, attribution: full, owner: owner,
      tags: self.tags.merging(tags) { _, own in own }, superProperties: preparation.members)
  }

  /// Sends `event` if governance lets it.
  ///
  /// - Parameters:
  ///   - event: What happened. Its timestamp decides the billing period.
  ///   - session: The session it counts for; by default the task's current one.
  ///   - consent: Whether the person agreed; nil is unknown. It counts only where a compliance
  ///     framework of the plan asks for it.
  /// - Returns: What became of it. Discardable: refusals are counted whether it is read or not.
  @discardableResult
  public func capture(
    _ event: UsageEvent, session: AnalyticsSession? = AnalyticsSession.current,
    consent: Bool? = nil
  ) -> CaptureOutcome {
    capture(event, session: session, consent: consent, leastWeight: 1)
  }

  /// The same for an event that stands for `leastWeight` others at least, because it was sampled
  /// before.
  @inline(__always)
  func capture(
    _ event: UsageEvent, session: AnalyticsSession?, consent: Bool?, leastWeight: Double
  ) -> CaptureOutcome {
    let outcome = offer(event, session: session, consent: consent, leastWeight: leastWeight)
    if account.hasLog, case .refused(let refusal) = outcome {
      account.logRefusal(refusal, name: event.name, at: account.clock.now())
    }
    return outcome
  }

  /// As it is decided, without a word in the log.
  @inline(__always)
  private func offer(
    _ event: UsageEvent, session: AnalyticsSession?, consent: Bool?, leastWeight: Double
  ) -> CaptureOutcome {
    if preparation.isNothing {
      return decide(
        event, session: session, consent: consent, delivers: true, leastWeight: leastWeight)
    }
    switch preparation.prepare(event) {
    case .ready(let prepared):
      return decide(
        prepared, session: session, consent: consent, delivers: true, leastWeight: leastWeight)
    case .withheld(let reason):
      let outcome = CaptureOutcome.refused(Refusal(reason))
      session?.note(outcome, .none, isEvent: true)
      return outcome
    }
  }

  /// Decides under the lock, and acts after it. `delivers` is false when what is sent goes another
  /// way than the transport.
  func decide(
    _ event: UsageEvent, session: AnalyticsSession?, consent: Bool?, delivers: Bool,
    leastWeight: Double = 1
  ) -> CaptureOutcome {
    if delivers, account.isClosed {
      return .refused(transportRefusal(event, .closed, session: session, consent: consent))
    }
    if isStrict || account.hasScreen {
      return decideWatched(
        event, session: session, consent: consent, delivers: delivers, leastWeight: leastWeight)
    }
    return decide(
      event, session: session, consent: consent, isForbidden: false, delivers: delivers,
      leastWeight: leastWeight)
  }

  /// The same where strict mode or a screen looks at events before.
  @inline(never)
  private func decideWatched(
    _ event: UsageEvent, session: AnalyticsSession?, consent: Bool?, delivers: Bool,
    leastWeight: Double
  ) -> CaptureOutcome {
    if isStrict,
      let refusal = strictRefusal(event, session: session, consent: consent, delivers: delivers)
    {
      return .refused(refusal)
    }
    if let screen = account.screen {
      if let refusal = refusalWithoutJournal(event, session: session) { return .refused(refusal) }
      if !screen.isIdle(for: event) {
        let screened = screen.screen(event, consent: consent)
        return decide(
          screened.event, session: session, consent: screened.consent,
          isForbidden: screened.isForbidden, delivers: delivers, leastWeight: leastWeight)
      }
    }
    return decide(
      event, session: session, consent: consent, isForbidden: false, delivers: delivers,
      leastWeight: leastWeight)
  }

  /// Decides on an event as it would leave, and carries the decision out. `isFormed` when its form is
  /// one that PostHog takes.
  @inline(__always)
  func decide(
    _ event: UsageEvent, session: AnalyticsSession?, consent: Bool?, isForbidden: Bool,
    delivers: Bool, leastWeight: Double, isFormed: Bool = false
  ) -> CaptureOutcome {
    // What goes another way than the transport has a form of its own.
    if delivers, !isFormed, !EventForm.isOrdinary(event, eventBytes: account.eventBytes) {
      return decideOdd(
        event, session: session, consent: consent, isForbidden: isForbidden,
        leastWeight: leastWeight)
    }
    guard let session else {
      return account.decide(
        event, by: self, owner, eventOwner, session: nil, consent: consent,
        isForbidden: isForbidden, delivers: delivers, leastWeight: leastWeight)
    }
    let place = session.place(in: self)
    return account.decide(
      event, by: self, place.owner, place.eventOwner, session: session, consent: consent,
      isForbidden: isForbidden, delivers: delivers, leastWeight: leastWeight)
  }

  /// Counts `count` items alike that are not events, such as flag requests or recordings, and
  /// decides how many of them may be made.
  ///
  /// - Parameters:
  ///   - usage: What one item uses: `Usage.flagRequest`.
  ///   - count: How many.
  ///   - className: The event class that losses are counted under.
  ///   - session: As for ``capture(_:session:consent:)``.
  ///   - consent: As for ``capture(_:session:consent:)``.
  /// - Returns: How many may be made, and what they cost.
  @discardableResult
  public func record(
    _ usage: Usage, count: Int64 = 1, className: String = EventClassifier.otherName,
    session: AnalyticsSession? = AnalyticsSession.current, consent: Bool? = nil
  ) -> RecordOutcome {
    if let refusal = account.refusalWithoutJournal() {
      account.logRefusal(refusal, name: className, count: count, at: account.clock.now())
      return RecordOutcome(sent: 0, refused: count, cost: .zero, refusal: refusal)
    }
    let instant = account.clock.now()
    let place = session?.place(in: self)
    let owner = place?.owner ?? owner
    let team = (place?.eventOwner.attribution ?? attribution).team
    let broken =
      account.hasEventRules
      ? account.configuration.effectivePlan.eventRules.broken(
        team: team, name: className, properties: .null) : nil
    var (outcome, alerts, isRenewalDue, isNewDay) = account.state.withLock { state in
      let classifier = state.meter.classifier
      let daysBefore = state.history.count
      let (outcome, alerts, isRenewalDue) = state.record(
        usage, eventClass: classifier.eventClass(named: className) ?? classifier.other,
        owner: owner, session: session, consent: consent, count: count, broken: broken,
        at: instant)
      return (outcome, alerts, isRenewalDue, state.history.count > daysBefore)
    }
    session?.note(outcome, usage)
    if let refusal = outcome.refusal {
      account.logRefusal(refusal, name: className, count: outcome.refused, at: instant)
    }
    if account.hasJournal {
      outcome = account.write(
        usage, outcome, place?.eventOwner.attribution ?? attribution, at: instant)
    }
    if let alerts { account.raise(alerts) }
    if isNewDay { account.watchTrends() }
    if isRenewalDue { account.renewal?.start(account) }
    if account.hasObservers {
      observe(
        usage, count: count, outcome, session: session,
        attribution: place?.eventOwner.attribution ?? attribution, began: instant)
    }
    return outcome
  }

  /// Logs what was counted since the last line of each kind. Delivery does it when it ends; call it at the
  /// end of a program without one.
  public func flushLog() { account.log?.flush() }

  /// What the account is governed by.
  package var plan: GovernancePlan { account.configuration.plan }

  /// The whole state of the account's core. Slow: for tests and for showing.
  public func snapshot() -> CoreSnapshot { account.state.withLock { $0.core.snapshot() } }
}
