import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// Everything of one billing account that changes, behind its lock. A pure state: what has to be
/// done outside comes back as a ``Decision``.
struct AccountState: ~Copyable {
  var core: AdapterCore
  var meter: EventMeter
  private let rates: [Double]
  /// While traffic is high; the same without traffic sampling.
  private let highRates: [Double]
  private var traffic: TrafficLevel?
  private let needsConsent: Bool
  private let currency: String
  let isGoverned: Bool
  let slotsPerOwner: Int
  // By owner, flat: their usage classes by class and consent (-1 until first used), and their
  // spending.
  var lineNumbers = FlatBuffer<Int32>([])
  let items = ItemTable()
  private let places = SamplingPlaces()
  var spending = FlatBuffer<Spending>([])
  var owners: OwnerTable
  var activeSessions = 0
  var sessions: SessionTable
  /// Items refused since the start, by ``RefusalReason``.
  private(set) var refusals = [Int64](repeating: 0, count: RefusalReason.count)
  /// The account's cost by complete day.
  private(set) var history: CostHistory
  /// The day that is not complete yet, and what everything had cost when it began.
  private var today = Int32.min
  private var costBefore: Int64 = 0
  /// The last budget windows that ended.
  private(set) var pastWindows: [BudgetWindow] = []
  /// Rules on single events; nil without.
  var gate: EventGate?
  /// Set when processes share the account.
  var shared: SharedAccount?
  /// Items that were sent, were lost on their way, and left the budgets.
  var takenBack: Int64 = 0
  /// Whether leases should be asked for; reset when they are.
  var isRenewalDue = false
  private let hasJournal: Bool

  init(_ configuration: AdapterConfiguration, start: Timestamp) throws(FindingsError) {
    let rules = try Rules(
      plan: configuration.effectivePlan, calculator: configuration.calculator,
      billingAnchorDay: configuration.billingAnchorDay)
    let classifier = configuration.classifier
    core = AdapterCore(
      rules: rules, start: start, opening: configuration.opening,
      judgesUnknown: configuration.judgesUnknownOpenings)
    meter = EventMeter(
      classifier: classifier, limits: configuration.memory, seed: configuration.memorySeed)
    for person in configuration.knownPeople { meter.know(person: person) }
    rates = classifier.rules.map {
      rules.plan.sampling.rate(ofClass: $0.name, isCritical: $0.isCritical)
    }
    let high = rules.plan.trafficSampling
    highRates = zip(classifier.rules, rates).map { rule, rate in
      min(rate, high?.rates.rate(ofClass: rule.name, isCritical: rule.isCritical) ?? 1)
    }
    traffic = high.map { TrafficLevel(highPerMinute: $0.highPerMinute) }
    history = configuration.history
    gate = EventGate(rules.plan.eventRules)
    needsConsent = rules.plan.needsConsent
    currency = configuration.calculator.book.currency
    isGoverned = configuration.isGovernanceEnabled
    hasJournal = configuration.journal != nil
    slotsPerOwner = 3 * classifier.count
    owners = OwnerTable(
      rules.plan, mostBytes: configuration.mostOwnerBytes,
      bytesPerOwner: 4 * slotsPerOwner + 512)
    sessions = SessionTable(mostBytes: configuration.mostSessionBytes)
    if configuration.budgetStore != nil {
      core.beginLeasing(binds: rules.plan.mode != .advisory)
      shared = SharedAccount(core, opening: configuration.opening, at: start)
    }
    _ = owner(configuration.attribution)
  }

  /// Attributions that are counted together, because they would have taken too much memory.
  var foldedOwners: Int { owners.folded }

  /// What all owners within `scope` have spent together.
  func spending(in scope: Attribution, on today: CalendarDay) -> Spending {
    var sum = Spending().present(on: today)
    for (number, owner) in owners.owners.enumerated() where owner?.matches(scope) == true {
      sum.add(spending[number].present(on: today))
    }
    return sum
  }

  /// Decides on one event. `isEvent` is false for what is only metered by an event's rules, such as
  /// a recording. The decision is written in place: a copy of it out of the lock was a sixth of the
  /// time of an event.
  mutating func capture(
    _ event: UsageEvent, owner: Int, session: AnalyticsSession?, consent: Bool?,
    isForbidden: Bool = false, broken: RefusalReason? = nil, isEvent: Bool,
    at instant: Timestamp, into decision: inout Decision
  ) {
    let metered = meter.meter(event)
    decide(
      metered, owner: owner, session: session, consent: consent,
      isForbidden: isForbidden, broken: broken, isEvent: isEvent, at: instant, into: &decision
    ) { $0.place(of: event.distinctID, metered.distinctID) }
  }

  /// The same for a recorded event of which the facts are known, at its own instant; `owner` is a number of the account's.
  /// Rules that look at more than its facts have no part in it.
  mutating func capture(
    _ event: EventFacts, _ name: KnownName, owner: Int, into decision: inout Decision
  ) {
    decide(
      meter.meter(event, name), owner: owner, session: nil, consent: nil, isEvent: true,
      at: Timestamp(microseconds: event.microseconds), into: &decision
    ) { _ in event.samplingPlace }
  }

  /// Decides on what was metered. `place` is where its distinct id stands among those that sampling keeps.
  @inline(__always)
  private mutating func decide(
    _ metered: MeteredEvent, owner: Int, session: AnalyticsSession?, consent: Bool?,
    isForbidden: Bool = false, broken: RefusalReason? = nil, isEvent: Bool,
    at instant: Timestamp, into decision: inout Decision,
    place: (borrowing SamplingPlaces) -> Double
  ) {
    if metered.isDuplicate {
      // As it is when nothing is decided.
    } else if gate != nil,
      let reason = pass(metered.usage, count: 1, owner: owner, broken: broken, at: instant).refused
    {
      decision.refuse(Refusal(reason))
    } else {
      traffic?.note(at: instant)
      var rate =
        traffic?.isHigh == true
        ? highRates[metered.eventClass.index] : rates[metered.eventClass.index]
      if let session, session.isBound {
        rate = min(rate, sessionRate(metered.eventClass, session))
      }
      if rate < 1 { decision.weight = SamplingHash.weight(rate: rate) }
      let survives = rate >= 1 || place(places) < rate
      let usageClass = usageClass(
        metered.eventClass, owner: owner, consent: consent, isForbidden: isForbidden)
      let outcome = admit(metered, usageClass, isKept: survives, at: instant, in: session)
      let today = core.now.day
      if outcome.sent > 0 || outcome.notBillable > 0 {
        decision.isMemorySpent = meter.commit(metered)
        decision.send(for: outcome.isCostKnown ? outcome.cost : nil)
        spending[owner].add(
          outcome.costNanos, events: isEvent ? 1 : 0, flags: 0, operations: 1, on: today)
        if hasJournal {
          decision.add(
            metered: MeteredForJournal(
              usage: metered.usage, eventClass: meter.classifier.name(of: metered.eventClass),
              charged: outcome.cost))
        }
      } else if let reason = outcome.reason {
        refusals[Int(reason.rawValue)] &+= 1
        decision.refuse(refusal(reason, outcome, metered.usage, usageClass, session))
      } else {
        decision.verdict = .sampled
      }
      if outcome.alerts > 0 || !core.closedWindows.isEmpty { decision.add(alerts: takeLogs()) }
      if today.number != self.today { decision.isNewDay = beginDay(outcome.costNanos) }
    }
    if let session { session.note(decision.outcome, metered.usage, isEvent: isEvent) }
    decision.isRenewalDue = isRenewalDue
  }

  /// Decides on `count` items alike that are not events; none of them is sampled.
  mutating func record(
    _ usage: Usage, eventClass: EventClass, owner: Int, session: AnalyticsSession?,
    consent: Bool?, count: Int64, broken: RefusalReason? = nil, at instant: Timestamp
  ) -> (RecordOutcome, [Alert]?, isRenewalDue: Bool) {
    let offered = count
    var (count, kept) = (count, RefusalReason?.none)
    if gate != nil {
      (count, kept) = pass(usage, count: count, owner: owner, broken: broken, at: instant)
    }
    let usageClass = usageClass(eventClass, owner: owner, consent: consent, isForbidden: false)
    let outcome = admit(
      usage, usageClass: usageClass, count: count, kept: count, eventDay: instant.day, at: instant,
      in: session)
    if let reason = outcome.reason { refusals[Int(reason.rawValue)] &+= outcome.refused }
    if core.now.day.number != today { _ = beginDay(outcome.costNanos) }
    spending[owner].add(
      outcome.costNanos, events: 0,
      flags: usage[.featureFlagRequests].multipliedClamped(outcome.sent),
      operations: outcome.sent + outcome.notBillable, on: core.now.day)
    let result = RecordOutcome(
      sent: outcome.sent + outcome.notBillable, refused: outcome.refused + (offered - count),
      cost: outcome.isCostKnown ? outcome.cost : nil,
      refusal: kept.map { Refusal($0) }
        ?? outcome.reason.map {
          refusal($0, outcome, usage, usageClass, session)
        },
      charged: outcome.cost)
    let alerts = outcome.alerts > 0 || !core.closedWindows.isEmpty ? takeLogs() : nil
    return (result, alerts, isRenewalDue)
  }

  /// The usage class of a class and owner, registered when it is first used. Consent counts only
  /// where a compliance framework asks for it.
  mutating func usageClass(
    _ eventClass: EventClass, owner: Int, consent: Bool?, isForbidden: Bool
  ) -> UsageClassID {
    let consentCode =
      isForbidden ? 2 : needsConsent ? (consent == nil ? 1 : consent == true ? 0 : 2) : 0
    let slot = owner * slotsPerOwner + eventClass.index * 3 + consentCode
    let known = lineNumbers[slot]
    if known >= 0 { return UsageClassID(number: known) }
    let id = core.register(
      UsageClass(
        attribution: owners[owner],
        eventClass: meter.classifier.name(of: eventClass),
        isCritical: meter.classifier.isCritical(eventClass),
        isConsentKnown: consentCode != 1, isCompliant: consentCode != 2))
    lineNumbers[slot] = id.number
    return id
  }

  /// Counts an item that was refused before anything was decided on it.
  mutating func countRefusal(_ reason: RefusalReason, count: Int64 = 1) {
    refusals[Int(reason.rawValue)] &+= count
  }

  /// Whose usage an owner's number stands for.
  func attribution(of owner: Int) -> Attribution { owners[owner] }

  /// Takes the cost of an item that was lost off what its owner has spent.
  mutating func takeOff(_ cost: Int64, owner: Int) {
    spending[owner].add(-cost, events: 0, flags: 0, operations: 0, on: core.now.day)
  }

  /// Closes the day before, of which `cost` is no longer part. False for the very first day.
  private mutating func beginDay(_ cost: Int64) -> Bool {
    let before = core.totalCost.nanos &- cost
    defer {
      today = core.now.day.number
      costBefore = before
    }
    guard today != .min else { return false }
    dropIdleOwners()
    history.add(Money(nanos: before &- costBefore), on: CalendarDay(number: today))
    // Days on which nothing was decided cost nothing.
    let yesterday = core.now.day.advanced(by: -1)
    if yesterday.number > today { history.add(.zero, on: yesterday) }
    return true
  }

  private borrowing func refusal(
    _ reason: RefusalReason, _ outcome: Outcome, _ usage: Usage, _ usageClass: UsageClassID,
    _ session: AnalyticsSession?
  ) -> Refusal {
    if reason == .leaseExhausted { return Refusal(reason, shortage: shortage(outcome)) }
    guard reason == .budget else { return Refusal(reason) }
    if outcome.isBeyondAllowance {
      return Refusal(reason, budget: exceeded(usage, usageClass, session, currency: currency))
    }
    let budget = core.rules.plan.budgets[Int(outcome.budget)]
    let window = core.window(of: Int(outcome.budget))
    return Refusal(
      reason,
      budget: BudgetExceeded(
        name: budget.name, scope: budget.scope, limit: budget.limitForUsage,
        currency: budget.currency, spent: window.spent, cost: core.marginalCost(of: usage),
        resetsAt: Timestamp(startOf: window.end)))
  }

  /// The alerts of this decision. Moves the core's logs out, so that a server that runs for years
  /// does not grow.
  mutating func takeLogs() -> [Alert] {
    let alerts = core.alerts
    if shared != nil {
      for window in core.closedWindows { shared?.book.close(window) }
    }
    pastWindows += core.closedWindows
    if pastWindows.count > 1000 { pastWindows.removeFirst(pastWindows.count - 500) }
    core.removeLogs()
    return alerts
  }
}
