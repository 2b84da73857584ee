import Dispatch
import Foundation
import GenOpsAdmission
import GenOpsCosting
import GenOpsGovernance
import GenOpsLedger
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import Synchronization

/// Captures events from many tasks on one ledger, as one process of several, and prints what it
/// sent.
///
///     ledger-load --file F --acceptance soon|disk|synced|none --limit NANOS --events PER_TASK
///                 [--tasks N] [--first NUMBER] [--tell] [--deliver FOLDER] [--pages N]
///     ledger-load --core EVENTS
///
/// Every event costs 50,000 nano-units. `--tell` prints the number of each event once it is sent,
/// for a test that kills this process. `--deliver` sends the events, with the ledger as the spool as
/// the documentation has it, to a ``FolderServer``; otherwise they are only counted. `--pages` is the
/// room of the disk. `--core` measures the core alone, to compare with.
@main
struct LedgerLoad {
  static func main() async throws {
    do { try await run() } catch let error as LedgerError {
      // Such as a disk without the room for a ledger at all.
      FileHandle.standardError.write(Data("ledger-load: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    func value(_ name: String) -> String? {
      arguments.firstIndex(of: name).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
    }
    if let events = value("--core").flatMap({ Int($0) }) { return try core(events) }
    guard let events = value("--events").flatMap({ Int($0) }),
      let limit = value("--limit").flatMap({ Int64($0) })
    else {
      print(
        "usage: ledger-load --file F --acceptance soon|disk|synced|none --limit NANOS --events N "
          + "[--tasks N] [--first NUMBER] [--tell] [--deliver FOLDER] [--pages N]")
      exit(2)
    }
    let tasks = value("--tasks").flatMap { Int($0) } ?? 1
    let first = value("--first").flatMap { UInt64($0) } ?? 0
    let tells = arguments.contains("--tell")
    let acceptances: [String: Ledger.Acceptance] = [
      "soon": .soon, "disk": .onDisk, "synced": .onDiskSynced,
    ]
    var opening = OpeningBalance.nothing
    opening.current[.events] = 1_000_000
    var configuration = AdapterConfiguration(
      attribution: Attribution(team: "load"),
      plan: GovernancePlan(
        mode: .enforced, budgets: [Budget(name: "day", limit: Money(nanos: limit), period: .day)]),
      opening: opening)
    var account: LedgerAccount?
    if let acceptance = acceptances[value("--acceptance") ?? "none"], let file = value("--file") {
      let pages = value("--pages").flatMap { Int($0) }
      account = try Ledger(
        path: file, options: .init(acceptance: acceptance, mostPages: pages)
      ).account("main")
    }
    if let account { configuration.use(account) }
    var delivery: EventDelivery?
    if let folder = value("--deliver") {
      var limits = DeliveryLimits()
      limits.firstBackoff = .milliseconds(50)
      limits.longestBackoff = .milliseconds(200)
      limits.flushInterval = .milliseconds(50)
      delivery = try EventDelivery(
        DeliveryConfiguration(
          endpoints: [DeliveryEndpoint(host: .us, key: Secret("phc_load"))], limits: limits),
        exchange: FolderServer(folder), spool: account)
    }
    let sending = Task { [delivery] in await delivery?.run() }
    // As the documentation has it for a process without a service group.
    signal(SIGTERM, SIG_IGN)
    let terminate = DispatchSource.makeSignalSource(signal: SIGTERM, queue: .global())
    terminate.setEventHandler { @Sendable [delivery] in delivery?.shutDown() }
    terminate.resume()
    let adapter = try PostHogAdapter(configuration, transport: delivery ?? CountingTransport())
    let start = ContinuousClock.now
    let total = await withTaskGroup(of: (sent: Int64, cost: Int64).self) { group in
      for task in 0..<tasks {
        group.addTask {
          run(adapter, events, from: first + UInt64(task * events), tells: tells)
        }
      }
      var sum = (sent: Int64(0), cost: Int64(0))
      for await part in group { sum = (sum.sent + part.sent, sum.cost + part.cost) }
      return sum
    }
    let seconds = ContinuousClock.now - start
    delivery?.shutDown()
    await sending.value
    if let counts = delivery?.counts {
      print(
        "delivered \(counts.accepted) copies \(counts.copies) lost \(counts.lost) "
          + "spooled \(counts.spooled) requests \(counts.requests)")
    }
    report("\(value("--acceptance") ?? "none")", Int64(tasks * events), total, seconds)
    try giveBack(adapter, account)
  }

  /// Gives leases and account back; both are tried. A full disk lets neither be noted, and that is an answer: the
  /// leases count as used up until the next process on the ledger finds this one gone and settles them.
  private static func giveBack(_ adapter: PostHogAdapter, _ account: LedgerAccount?) throws {
    var isFull = false
    do { try adapter.releaseLeases() } catch LedgerError.full { isFull = true }
    do { try account?.close(at: SystemClock().now()) } catch LedgerError.full { isFull = true }
    if isFull { print("the disk is full: the next process settles the leases of this one") }
  }

  static func run(_ adapter: PostHogAdapter, _ events: Int, from first: UInt64, tells: Bool) -> (
    sent: Int64, cost: Int64
  ) {
    var total = (sent: Int64(0), cost: Int64(0))
    var event = UsageEvent(
      name: "$pageview", distinctID: "user-\(first)", timestamp: SystemClock().now(),
      processPersonProfile: false, properties: ["$process_person_profile": false])
    for number in first..<first + UInt64(events) {
      event.uuid = EventUUID(high: 1, low: number)
      switch adapter.capture(event, session: nil) {
      case .sent(let cost):
        total.sent += 1
        total.cost += cost?.nanos ?? 0
        if tells { FileHandle.standardOutput.write(Data("\(number)\n".utf8)) }
      case .refused(let refusal) where refusal.reason == .closed: return total
      default:
        // The budget or the lease is used up; leave the processor to who renews it.
        if tells { Thread.sleep(forTimeInterval: 0.001) }
      }
    }
    return total
  }

  /// One admission after the other on the core alone.
  static func core(_ events: Int) throws {
    let limit = Budget(name: "day", limit: Money(units: 1_000_000), period: .day)
    let rules = try Rules(
      plan: GovernancePlan(mode: .enforced, budgets: [limit]), calculator: CostCalculator())
    let now = SystemClock().now()
    var opening = OpeningBalance.nothing
    opening.current[.events] = 1_000_000
    var core = AdapterCore(rules: rules, start: now, opening: opening)
    let line = core.register(UsageClass())
    let usage = Usage(.events)
    let start = ContinuousClock.now
    var total = (sent: Int64(0), cost: Int64(0))
    for _ in 0..<events {
      let outcome = core.admit(
        usage, usageClass: line, count: 1, kept: 1, eventDay: now.day, at: now)
      total.sent += outcome.sent
      total.cost += outcome.costNanos
    }
    report("core", Int64(events), total, ContinuousClock.now - start)
  }

  static func report(
    _ name: String, _ offered: Int64, _ total: (sent: Int64, cost: Int64), _ time: Duration
  ) {
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    let rate = Int(Double(offered) / max(seconds, 1e-9))
    print(
      "\(name): offered \(offered) sent \(total.sent) cost \(total.cost) "
        + "in \(Int(seconds * 1000)) ms, \(rate) events per second")
  }
}
