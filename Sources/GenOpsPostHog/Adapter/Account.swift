import GenOpsMetering
import GenOpsUnits
import GenOpsGovernance
import Synchronization
import GenOpsAdmission

/// One billing account: its lock and what works outside of it.
final class Account: Sendable {
  let state: Mutex<AccountState>
  let transport: any Transport
  /// What the transport takes of one event; it does not change.
  let eventBytes: Int
  /// Its readings are held against the time that has passed.
  let clock: JudgedClock
  let configuration: AdapterConfiguration
  let preparation: CapturePreparation.Shared
  let desk: Mutex<AlertDesk>
  let observers: [any AdapterObserver]
  /// Looks at events before they are decided on; nil when nothing asks for it.
  let screen: EventScreen?
  let journal: (any EventJournal)?
  /// What is asked with every event is a flag: to compare the thing itself takes a reference to it.
  let hasJournal: Bool
  let hasScreen: Bool
  let hasLog: Bool
  let hasObservers: Bool
  /// Whether a journal or an observer takes every decision.
  let isWatched: Bool
  /// Whether the plan has rules on single events.
  let hasEventRules: Bool
  let renewal: LeaseRenewal?
  let unwritten = Mutex(UnwrittenEvents())
  /// Held from the decision on events that pass through until they are handed to the journal.
  let passing = Mutex(())
  /// Where the requests of delivery and flags may go.
  let hostRule: HostRule
  /// What the account says when it is made; see ``AdapterConfiguration/onFinding``.
  let remarks: Findings
  /// Nil without a logger.
  let log: AdapterLog?
  /// Calls that named a session which had ended.
  let afterSessions = Atomic<Int64>(0)

  init(_ configuration: AdapterConfiguration, transport: any Transport, clock: any WallClock)
    throws(FindingsError)
  {
    self.configuration = configuration
    self.transport = transport
    let clock = JudgedClock(clock)
    eventBytes = transport.eventBytes
    self.clock = clock
    preparation = CapturePreparation.Shared(hook: configuration.beforeSend)
    observers = configuration.observers + (configuration.tracing.map { [$0] } ?? [])
    desk = Mutex(AlertDesk(configuration.plan.alerting))
    screen = EventScreen(configuration)
    journal = configuration.journal
    hasJournal = journal != nil
    hasScreen = screen != nil
    hasObservers = !observers.isEmpty
    isWatched = hasJournal || hasObservers
    hasLog = configuration.logger != nil
    hasEventRules = !configuration.effectivePlan.eventRules.isEmpty
    renewal = configuration.budgetStore.map {
      LeaseRenewal(
        $0, isAutomatic: configuration.renewsLeasesByItself, timer: configuration.renewalTimer)
    }
    let plan = configuration.effectivePlan
    log = configuration.logger.map { AdapterLog($0) }
    hostRule = HostRule(plan.privacy.residency, refuses: plan.mode == .strict)
    var remarks = try Account.checkHosts(configuration, hostRule, transport)
    try EventScreen.checkAudit(configuration, &remarks)
    self.remarks = remarks
    transport.bind(hostRule)
    state = Mutex(try AccountState(configuration, start: clock.now()))
    try claimStore()
    renewLeases()
    var said = remarks
    state.withLock { OpeningFinding.add(of: $0, &said) }
    for finding in said.all where finding.severity != .note { configuration.onFinding(finding) }
    transport.tellLosses { [weak self] events in self?.takeBack(events) }
    if let log {
      clock.onNews { log.clock($0, at: $1) }
      transport.tellNews { [weak self] news in
        if let self { log.heard(news, at: self.clock.now()) }
      }
    }
  }

  deinit { log?.flush() }

  /// The system takes its time to take memory back, so it is let go of outside of the lock.
  @inline(never)
  func giveMemoryBack() { _ = state.withLock { $0.meter.takeSpentMemory() } }

  /// Whether data may go where settings and transport send it, and whether both name one host.
  private static func checkHosts(
    _ configuration: AdapterConfiguration, _ rule: HostRule, _ transport: any Transport
  ) throws(FindingsError) -> Findings {
    var findings = configuration.remarks
    let delivered = transport.hosts
    var hosts = configuration.host.map { [$0] } ?? []
    if let host = hosts.first, !delivered.isEmpty, !delivered.contains(host) {
      let names = delivered.map(\.description).joined(separator: ", ")
      findings.warning(
        "host-differs", "events go to \(names), and the settings say \(host)",
        help: "make the delivery of the settings: DeliveryConfiguration(settings)")
    }
    for host in delivered where !hosts.contains(host) { hosts.append(host) }
    rule.check(hosts, &findings)
    try findings.throwIfErrors()
    return findings
  }
}
