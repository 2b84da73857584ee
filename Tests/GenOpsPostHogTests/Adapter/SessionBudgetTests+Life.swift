import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsPostHog

/// While sessions come and go.
extension SessionBudgetTests {
  @Test("leaves nothing behind, and takes a bounded memory")
  func memory() throws {
    let adapter = try base.adapter(GovernancePlan(mode: .enforced)) {
      $0.mostSessionBytes = 2 * (SessionTable.bytesEach + 6)
    }
    weak var spending: SessionSpending?
    for _ in 0..<100 {
      adapter.withSession("import", budget: budget(events: 1)) {
        spending = $0.spending
        #expect(adapter.account.state.withLock { $0.sessions.count } == 1)
      }
    }
    #expect(spending == nil && adapter.account.state.withLock { $0.sessions.count } == 0)
    #expect(!adapter.findings().all.contains { $0.code == "session-budgets-full" })
    // A third one at a time finds no place: it may cost nothing, whatever its limit.
    adapter.withSession("first1", budget: budget(events: 9)) { _ in
      adapter.withSession("second", budget: budget(events: 9)) { second in
        adapter.withSession("third3", budget: budget(events: 9)) { third in
          #expect(sent(0..<1, third) == [false] && sent(1..<2, third, "purchase") == [true])
          #expect(sent(2..<3, second) == [true])
        }
      }
    }
    let finding = try #require(adapter.findings().all.first { $0.code == "session-budgets-full" })
    #expect(finding.message.hasPrefix("1 sessions with a budget began while"))
  }

  @Test("gets back what was lost on its way, while the session is open")
  func losses() throws {
    let adapter = try base.adapter(GovernancePlan(mode: .enforced))
    adapter.withSession("import", budget: budget(events: 2)) { session in
      #expect(sent(0..<3, session) == [true, true, false])
      adapter.account.takeBack([base.transport.all[0].outgoing])
      #expect(session.budgetStanding?.spent.nanos == 50_000)
      #expect(sent(3..<5, session) == [true, false])
    }
    adapter.account.takeBack([base.transport.all[1].outgoing])
  }

  @Test("is never passed by several threads, in one account or in two")
  func threads() async throws {
    let plan = GovernancePlan(mode: .enforced)
    for accounts in [1, 2] {
      let adapters = try (0..<accounts).map { _ in try base.adapter(plan) }
      let room = 3001
      try await adapters[0].withSession("import", budget: budget(events: Int64(room))) { session in
        let sent = await withTaskGroup(of: Int.self) { group in
          for task in 0..<8 {
            let adapter = adapters[task % accounts]
            group.addTask {
              (0..<1000).count {
                adapter.capture(base.event(task * 1000 + $0), session: session).wasSent
              }
            }
          }
          return await group.reduce(0, +)
        }
        #expect(sent == room)
        let standing = try #require(session.budgetStanding)
        #expect(standing.spent.nanos == Int64(room) * 50_000 && standing.refused == 8000 - 3001)
        #expect(session.summary.cost == standing.spent)
      }
    }
  }

  @Test("holds in an account whose processes share budgets by leases")
  func leases() throws {
    let shared = SharedFixture()
    let store = MemoryStore(largest: 2)
    let adapter = try shared.adapter(store.handle(1), shared.plan(50_000 * 100))
    adapter.account.renewLeases()
    adapter.withSession("import", budget: budget(events: 9)) { session in
      // Two units to a lease, so that the walk goes on in the next ones.
      let outcomes = (0..<20).map { number in
        adapter.account.renewLeases()
        return session.capture(base.event(number))
      }
      #expect(outcomes.count { $0.wasSent } == 9)
      #expect(
        session.budgetStanding?.spent.nanos == 450_000 && session.budgetStanding?.refused == 11)
      #expect(session.record(.flagRequest, count: 2).refusal?.reason != .budget)
    }
    adapter.account.renewLeases()
    #expect(adapter.capture(base.event(9)).wasSent)
  }
}
