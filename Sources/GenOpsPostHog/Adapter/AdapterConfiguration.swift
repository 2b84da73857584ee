public import GenOpsCosting
public import GenOpsGovernance
public import GenOpsMetering
public import GenOpsUnits
public import Logging

/// What a ``PostHogAdapter`` needs to know of one billing account.
public struct AdapterConfiguration: Sendable {
  /// What belongs to events that say nothing else.
  public var attribution: Attribution
  /// Labels that go out with every event as `genops_tag_…`, but for those of ``TagMeaning/configuring``.
  public var tags: [String: String]
  public var plan: GovernancePlan
  public var calculator: CostCalculator
  /// The day of the month (1…31) on which PostHog's billing period begins.
  public var billingAnchorDay: Int
  /// Usage before the adapter began. Unknown unless told: see `OpeningBalance`.
  public var opening: OpeningBalance
  public var classifier: EventClassifier
  public var memory: EventMeter.Limits
  /// Moves the fingerprints in the event memory; a server that strangers can reach picks one.
  public var memorySeed: UInt64
  /// False sends everything and still meters it.
  public var isGovernanceEnabled: Bool
  /// Whether ``onAlert`` is called.
  public var areCostAlertsEnabled: Bool
  /// Called once per threshold and budget period, after the adapter's lock is released.
  public var onAlert: @Sendable (Alert, Budget) -> Void
  /// Told what ``onAlert`` is, and of trends, as a message with its recipient.
  public var onNotice: @Sendable (AlertNotice) -> Void
  /// Where events go, for telemetry; the transport knows it by itself.
  public var host: PostHogHost?
  /// Look on after each decision.
  public var observers: [any AdapterObserver] = []
  /// Spans of what the adapter does; nil makes none.
  public var tracing: AdapterTracing?
  /// What the account cost before the adapter began, for trends.
  public var history = CostHistory()
  /// Changes each event before it is metered and decided on; nil keeps it back. Called outside of
  /// the adapter's lock, on the thread that captures.
  public var beforeSend: (@Sendable (UsageEvent) -> UsageEvent?)?
  /// Where processes that share the account get their leases. Nil keeps the budgets to this
  /// process.
  public var budgetStore: (any BudgetStore)?
  /// Writes down what was decided. Nil keeps nothing.
  public var journal: (any EventJournal)?
  /// Whether decisions must be written down, whatever the sets of rules say. Strict mode then does
  /// not start without ``journal``.
  public var needsAudit = false
  /// Which alerts were posted, over restarts. For those who post them; the adapter itself does not ask it.
  public var notices: (any NoticeMemory)?
  /// Who agreed to be tracked, for events that do not say it themselves.
  public var consents: (any ConsentRegistry)?
  /// Distinct ids whose person is known before the adapter begins: their anonymous events are
  /// billed as identified ones.
  public var knownPeople: [String] = []
  /// Whether enforced mode judges meters whose usage before is unknown at their first paid price. False in
  /// a replay, whose options must not differ by what is not known.
  package var judgesUnknownOpenings = true
  /// Called when the adapter is created, with each consequence of something missing, such as an
  /// `OpeningBalance`. By default it writes to ``logger``, without one a line to standard error. The same
  /// findings are in ``PostHogAdapter/findings()``.
  public var onFinding: @Sendable (Finding) -> Void {
    get {
      if let chosenOnFinding { return chosenOnFinding }
      guard let logger else { return { StandardError.tell($0) } }
      return { AdapterLog.tell($0, to: logger) }
    }
    set { chosenOnFinding = newValue }
  }
  private var chosenOnFinding: (@Sendable (Finding) -> Void)?
  /// Told of refusals, of events that have certainly not arrived, and of PostHog when it cannot be reached and
  /// when it is back: the first of a kind at once, then at most one line a minute for each kind with the number
  /// since, and the rest when delivery ends or ``PostHogAdapter/flushLog()`` is called. A line names the reason
  /// and one event, and no person. Nil writes none.
  public var logger: Logger?
  /// Whether the adapter only tries a configuration out whose journal was left out.
  var isTrial = false
  /// What was odd in the settings that it was made of.
  var remarks = Findings()
  /// What the names of teams, customers and features that usage is counted by may take; see ``OwnerTable``.
  var mostOwnerBytes = 64 << 20
  /// What the accounts of open sessions' own budgets may take: 32,000 of them; see ``SessionTable``.
  var mostSessionBytes = 16 << 20
  /// False in tests that renew leases by hand.
  var renewsLeasesByItself = true
  var renewalTimer = RenewalTimer.system

  /// Everything has a standard, so that only what differs is named.
  public init(
    attribution: Attribution = .none, tags: [String: String] = [:], plan: GovernancePlan = .open,
    calculator: CostCalculator = CostCalculator(), billingAnchorDay: Int = 1,
    opening: OpeningBalance = .unknown, classifier: EventClassifier = .standard,
    memory: EventMeter.Limits = .init(), memorySeed: UInt64 = 0, isGovernanceEnabled: Bool = true,
    areCostAlertsEnabled: Bool = true,
    onAlert: @escaping @Sendable (Alert, Budget) -> Void = { _, _ in },
    onNotice: @escaping @Sendable (AlertNotice) -> Void = { _ in },
    beforeSend: (@Sendable (UsageEvent) -> UsageEvent?)? = nil,
    budgetStore: (any BudgetStore)? = nil, journal: (any EventJournal)? = nil,
    consents: (any ConsentRegistry)? = nil
  ) {
    self.attribution = attribution
    self.tags = tags
    self.plan = plan
    self.calculator = calculator
    self.billingAnchorDay = billingAnchorDay
    self.opening = opening
    self.classifier = classifier
    self.memory = memory
    self.memorySeed = memorySeed
    self.isGovernanceEnabled = isGovernanceEnabled
    self.areCostAlertsEnabled = areCostAlertsEnabled
    self.onAlert = onAlert
    self.onNotice = onNotice
    self.beforeSend = beforeSend
    self.budgetStore = budgetStore
    self.journal = journal
    self.consents = consents
  }

  /// The plan that is carried out: without governance it refuses, drops and samples nothing. What
  /// must not leave is taken out of events all the same.
  var effectivePlan: GovernancePlan {
    guard !isGovernanceEnabled else { return plan }
    var open = GovernancePlan(mode: .advisory, budgets: plan.budgets, privacy: plan.privacy)
    open.alerting = plan.alerting
    return open
  }
}
