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
  let clock: any WallClock
  let configuration: AdapterConfiguration
  let preparation: CapturePreparation.Shared
  let desk: Mutex<AlertDesk>
  let observers: [any AdapterObserver]
  /// Looks at events before they are decided on; nil when nothing asks for it.
  let screen: EventScreen?
  let journal: (any EventJournal)?
  /// Asked with every event that is not sent; the journal itself would be copied to be compared.
  let hasJournal: Bool
  let renewal: LeaseRenewal?
  let unwritten = Mutex(UnwrittenEvents())
  /// Calls that named a session which had ended.
  let afterSessions = Atomic<Int64>(0)

  init(_ configuration: AdapterConfiguration, transport: any Transport, clock: any WallClock)
    throws(FindingsError)
  {
    self.configuration = configuration
    self.transport = transport
    eventBytes = transport.eventBytes
    self.clock = clock
    preparation = CapturePreparation.Shared(hook: configuration.beforeSend)
    observers = configuration.observers + (configuration.tracing.map { [$0] } ?? [])
    desk = Mutex(AlertDesk(configuration.plan.alerting))
    screen = EventScreen(configuration)
    journal = configuration.journal
    hasJournal = journal != nil
    renewal = configuration.budgetStore.map {
      LeaseRenewal($0, isAutomatic: configuration.renewsLeasesByItself)
    }
    try EventScreen.checkAudit(configuration)
    state = Mutex(try AccountState(configuration, start: clock.now()))
    try claimStore()
    renewLeases()
    transport.tellLosses { [weak self] events in self?.takeBack(events) }
  }
}
