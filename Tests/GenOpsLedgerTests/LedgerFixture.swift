import Foundation
import GenOpsGovernance
import GenOpsLedger
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits

@testable import GenOpsPostHog

/// A ledger in a folder of its own, which is removed with it.
final class LedgerFixture {
  let folder: URL
  var path: String { folder.appendingPathComponent("test.ledger").path }
  private let base = AdapterFixture()
  var clock: ManualClock { base.clock }
  var transport: RecordingTransport { base.transport }

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
    try open(acceptance).account("main", clock: clock)
  }

  /// An adapter on the account whose anonymous events cost 0.00005 each.
  func adapter(
    _ account: LedgerAccount, limit: Int64 = 1 << 50, mode: GovernanceMode = .enforced,
    _ change: (inout AdapterConfiguration) -> Void = { _ in }
  ) throws -> PostHogAdapter {
    try base.adapter(GovernancePlan(mode: mode, budgets: [base.dayBudget(limit)])) {
      $0.attribution = Attribution(team: "growth", costCenter: "cc-7")
      $0.use(account)
      $0.renewsLeasesByItself = false
      change(&$0)
    }
  }

  func event(_ number: Int, _ name: String = "$pageview", person: String? = nil) -> UsageEvent {
    UsageEvent(
      name: name, distinctID: person ?? "user-\(number)",
      uuid: EventUUID(high: 1, low: UInt64(number)), timestamp: clock.now(),
      processPersonProfile: false,
      properties: ["$process_person_profile": false, "number": .integer(number)])
  }
}
