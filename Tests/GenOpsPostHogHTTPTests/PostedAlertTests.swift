import Foundation
import GenOpsGovernance
import GenOpsLedger
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTelemetry
import GenOpsTestSupport
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsPostHog

/// A ledger, an adapter and a webhook, as a server has them.
@Suite("Alerts of an adapter with a ledger")
struct PostedAlertTests {
  let base = AdapterFixture()

  /// Answers with one status, and keeps the ids of what came.
  final class Receiver: HTTPExchange {
    private let state = Mutex<(status: Int, ids: [String])>((204, []))

    func send(_ request: WireRequest) async throws -> WireReply {
      state.withLock { state in
        let id = request.headers.first { $0.name == "X-GenOps-Id" }?.value ?? ""
        // The budget's name, first day and limit are the same for all of them.
        state.ids.append(String(id.dropFirst("day/2027-01-10/0.0005/".count)))
        return WireReply(status: state.status)
      }
    }

    func answer(_ status: Int) { state.withLock { $0.status = status } }
    /// What came since the last call.
    func take() -> [String] {
      state.withLock { state in
        defer { state.ids = [] }
        return state.ids
      }
    }
  }

  /// A process: what it needs until it ends.
  struct Process {
    let account: LedgerAccount
    let adapter: PostHogAdapter
    let webhook: AlertWebhook

    func capture(_ events: [UsageEvent]) {
      for event in events {
        adapter.account.renewLeases()
        #expect(adapter.capture(event).wasSent)
      }
    }

    func end(at instant: Timestamp) throws {
      try adapter.releaseLeases()
      try account.close(at: instant)
    }
  }

  func start(_ path: String, _ receiver: Receiver) throws -> Process {
    let account = try Ledger(path: path, options: .init(acceptance: .onDisk))
      .account("main", clock: base.clock)
    let webhook = AlertWebhook(
      url: "https://alerts.example/hook", exchange: receiver, attempts: 1, memory: account,
      clock: base.clock, pause: { _ in })
    // Ten events, at 0.00005 USD each.
    let plan = GovernancePlan(mode: .enforced, budgets: [base.dayBudget(500_000)])
    let adapter = try base.adapter(plan) {
      $0.use(account)
      $0.renewsLeasesByItself = false
      $0.onNotice = { webhook.add($0) }
    }
    return Process(account: account, adapter: adapter, webhook: webhook)
  }

  func withLedger(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("genops-alerts-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.appendingPathComponent("test.ledger").path)
  }

  @Test("are posted once over a restart, and the further ones then")
  func restart() async throws {
    try await withLedger { path in
      let receiver = Receiver()
      let first = try start(path, receiver)
      first.capture((0..<8).map { base.event($0) })
      await first.webhook.flush()
      #expect(receiver.take() == ["80//0"])
      try first.end(at: base.clock.now())
      let second = try start(path, receiver)
      second.capture((8..<10).map { base.event($0) })
      // It is raised again, as nothing of the process before is left, and not posted.
      #expect(second.webhook.waitingCount >= 3)
      await second.webhook.flush()
      #expect(receiver.take() == ["90//0", "95//0", "100//0"])
      #expect(await second.webhook.statistics.repeated >= 1)
      #expect(await second.webhook.statistics.unremembered == 0)
      try second.end(at: base.clock.now())
      // Another day's are others.
      base.clock.advance(bySeconds: 86_400)
      let third = try start(path, receiver)
      third.capture((20..<28).map { base.event($0) })
      await third.webhook.flush()
      #expect(receiver.take().count == 1)
      try third.end(at: base.clock.now())
    }
  }

  @Test("whose post failed are tried again after a restart")
  func failed() async throws {
    try await withLedger { path in
      let receiver = Receiver()
      receiver.answer(503)
      let first = try start(path, receiver)
      first.capture((0..<8).map { base.event($0) })
      await first.webhook.flush()
      #expect(receiver.take() == ["80//0"])
      try first.end(at: base.clock.now())
      receiver.answer(204)
      let second = try start(path, receiver)
      second.capture([base.event(8)])
      await second.webhook.flush()
      #expect(receiver.take() == ["80//0", "90//0"])
      try second.end(at: base.clock.now())
    }
  }

  @Test("are posted by one of two processes that raise them")
  func twoProcesses() async throws {
    try await withLedger { path in
      let receiver = Receiver()
      let (one, two) = (try start(path, receiver), try start(path, receiver))
      let notice = AlertNotice(
        id: "day/2027-01-10/0.0005/80", level: .warning, message: "80%", at: base.clock.now())
      for process in [one, two] {
        process.webhook.add(notice)
        await process.webhook.flush()
      }
      #expect(receiver.take() == ["80//0"])
      #expect(await two.webhook.statistics.repeated == 1)
      // A memory that cannot be written keeps nothing from being told.
      try one.end(at: base.clock.now())
      one.webhook.add(
        AlertNotice(
          id: "day/2027-01-10/0.0005/90", level: .warning, message: "90%", at: base.clock.now()))
      await one.webhook.flush()
      #expect(receiver.take() == ["90//0"])
      #expect(await one.webhook.statistics.unremembered == 1)
      try two.end(at: base.clock.now())
    }
  }
}
