import GenOpsLedger
import GenOpsMetering
import GenOpsPostHog
import GenOpsTelemetry
import GenOpsUnits
import Logging
import NIOPosix
import Synchronization

/// One billing account at work: its budgets, its part of the ledger, and where its events go.
final class BillingAccount: Sendable {
  let name: String
  /// The project of events that name none; nil where the settings have no key.
  let key: String?
  let adapter: PostHogAdapter
  let transport: LaneTransport
  let ledger: LedgerAccount
  let exporters: TelemetryExporters
  let recordings = KnownSessions()
  let logs = LogBytes()
  let alerts = RecentAlerts()
  private let logger: Logger
  /// Views by what they belong to.
  private let views = Mutex<[Attribution: PostHogAdapter]>([:])

  /// How many of the newest events a new process remembers, so that copies that clients send again are known.
  static let remembered = 100_000

  init(
    _ configuration: AccountConfiguration, of gateway: GatewayConfiguration, in ledger: Ledger,
    exchange: any HTTPExchange, logger: Logger, clock: any WallClock
  ) throws {
    name = configuration.name
    key = configuration.settings.apiKey?.revealed
    self.logger = logger
    self.ledger = try ledger.account(configuration.name, clock: clock)
    transport = LaneTransport(
      to: gateway.upstream, exchange: exchange, ledger: self.ledger, named: configuration.keys,
      limits: gateway.limits)
    exporters = try TelemetryExporters(configuration.settings, exchange: exchange, clock: clock)
    var plan = try configuration.settings.configuration(classifier: .standard, at: clock.now())
    // Where events go is the gateway's matter.
    plan.host = gateway.upstream
    plan.logger = logger
    plan.use(self.ledger)
    plan.onNotice = { [alerts] in alerts.add($0) }
    exporters.connect(&plan)
    adapter = try PostHogAdapter(plan, transport: transport, clock: clock)
    let yesterday = Timestamp(startOf: clock.now().day.advanced(by: -1))
    adapter.remember(
      try self.ledger.events(since: yesterday, limit: BillingAccount.remembered))
    try transport.resume()
  }

  /// The adapter for what belongs to `attribution` where it says something.
  func view(_ attribution: Attribution) -> PostHogAdapter {
    if attribution == .none { return adapter }
    return views.withLock { views in
      if let known = views[attribution] { return known }
      let made = adapter.view(attribution)
      views[attribution] = made
      return made
    }
  }

  /// Works until the application ends: sends, and then gives its budgets back.
  func run() async {
    let upkeep = Task { try await LedgerUpkeep(ledger, of: adapter).run() }
    let telling = Task { await exporters.run(adapter) }
    await withDiscardingTaskGroup { group in
      for await delivery in transport.made { group.addTask { await delivery.run() } }
    }
    upkeep.cancel()
    if case .failure(let error) = await upkeep.result {
      logger.error("the ledger could not be closed: \(error)", metadata: ["account": "\(name)"])
    }
    telling.cancel()
    await telling.value
    adapter.flushLog()
  }

  /// Counts usage that is not an event. The journal makes its caller wait for the disk, which a task of the
  /// server must not.
  func record(_ usage: Usage, className: String, by view: PostHogAdapter) async -> RecordOutcome? {
    try? await NIOThreadPool.singleton.runIfActive {
      view.record(usage, className: className, session: nil)
    }
  }
}
