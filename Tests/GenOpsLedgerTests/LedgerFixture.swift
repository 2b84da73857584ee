import Foundation
import GenOpsGovernance
import GenOpsLedger
import GenOpsMetering
import GenOpsUnits
import Synchronization

@testable import GenOpsPostHog

/// A ledger in a folder of its own, which is removed with it.
final class LedgerFixture {
  let folder: URL
  var path: String { folder.appendingPathComponent("test.ledger").path }
  let clock = ManualClock("2027-01-10T12:00:00Z")
  let transport = RecordingTransport()

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("genops-ledger-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func open(_ acceptance: Ledger.Acceptance = .onDisk, mostPages: Int? = nil) throws -> Ledger {
    try Ledger(
      path: path, options: Ledger.Options(acceptance: acceptance, mostPages: mostPages))
  }

  func account(_ acceptance: Ledger.Acceptance = .onDisk) throws -> LedgerAccount {
    try open(acceptance).account("main", at: clock.now())
  }

  /// An adapter on the account whose anonymous events cost 0.00005 each.
  func adapter(
    _ account: LedgerAccount, limit: Int64 = 1 << 50, mode: GovernanceMode = .enforced,
    _ change: (inout AdapterConfiguration) -> Void = { _ in }
  ) throws -> PostHogAdapter {
    var opening = OpeningBalance.nothing
    opening.current[.events] = 1_000_000
    var configuration = AdapterConfiguration(
      attribution: Attribution(team: "growth", costCenter: "cc-7"),
      plan: GovernancePlan(
        mode: mode, budgets: [Budget(name: "day", limit: Money(nanos: limit), period: .day)]),
      opening: opening)
    configuration.use(account)
    configuration.renewsLeasesByItself = false
    change(&configuration)
    return try PostHogAdapter(configuration, transport: transport, clock: clock)
  }

  func event(_ number: Int, _ name: String = "$pageview", person: String? = nil) -> UsageEvent {
    UsageEvent(
      name: name, distinctID: person ?? "user-\(number)",
      uuid: EventUUID(high: 1, low: UInt64(number)), timestamp: clock.now(),
      processPersonProfile: false,
      properties: ["$process_person_profile": false, "number": .integer(number)])
  }
}

/// Keeps what is handed over.
final class RecordingTransport: Transport {
  private let sent = Mutex<[(event: UsageEvent, stamp: GovernanceStamp)]>([])

  func enqueue(_ event: UsageEvent, _ stamp: GovernanceStamp) {
    sent.withLock { $0.append((event, stamp)) }
  }

  var all: [(event: UsageEvent, stamp: GovernanceStamp)] { sent.withLock { $0 } }
}

/// A clock that a test moves.
final class ManualClock: WallClock {
  private let instant: Mutex<Timestamp>

  init(_ text: String) { instant = Mutex(Timestamp(text) ?? Timestamp(microseconds: 0)) }

  func now() -> Timestamp { instant.withLock { $0 } }
  func advance(bySeconds seconds: Double) {
    instant.withLock { $0 = $0.advanced(bySeconds: seconds) }
  }
}
