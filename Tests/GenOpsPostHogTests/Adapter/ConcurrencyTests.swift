import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Testing

@Suite("Captures from many tasks at once")
struct ConcurrencyTests {
  let base = AdapterFixture()

  @Test("never overspend a hard budget, lose no event and price each unit once")
  func neverOver() async throws {
    let (tasks, each) = (64, 200)
    let limit: Int64 = 50_000 * 7_001 + 1
    let adapter = try base.adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(limit)]), used: 999_000)
    let sent = await withTaskGroup(of: (count: Int, cost: Int64).self) { group in
      for task in 0..<tasks {
        group.addTask {
          var (count, cost) = (0, Int64(0))
          for number in 0..<each {
            let outcome = adapter.capture(base.event(task * each + number))
            if case .sent(let amount) = outcome {
              (count, cost) = (count + 1, cost + (amount?.nanos ?? 0))
            }
          }
          return (count, cost)
        }
      }
      return await group.reduce(into: (count: 0, cost: Int64(0))) {
        $0.count += $1.count
        $0.cost += $1.cost
      }
    }
    // 1,000 free events, then 7,001 that the budget pays for.
    #expect(sent.count == 8001 && sent.cost == 50_000 * 7_001)
    #expect(base.transport.all.count == 8001)
    let snapshot = adapter.snapshot()
    #expect(snapshot.budgets[0].window.spent.nanos == sent.cost)
    #expect(snapshot.usageClasses.reduce(0) { $0 + $1.offered } == Int64(tasks * each))
    #expect(snapshot.usageClasses.reduce(0) { $0 + $1.refused } == Int64(tasks * each - 8001))
  }

  @Test(
    "begin no other day while the clock jumps weeks ahead and back, and spend its budget to the last event"
  )
  func jumps() async throws {
    let adapter = try base.adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(50_000 * 1_001)]))
    let day = adapter.snapshot().budgets[0].window.start
    // Made before: an event is priced in the month of its own time.
    let events = (0..<3200).map { base.event($0) }
    let sent = await withTaskGroup(of: Int.self) { group in
      for task in 0..<16 {
        // Of several tasks the jumps add up, and in the end they are none.
        let seconds = 86_400.0 * [1, -3, 40, -70, 365, -365, 20, 0.5][task % 8]
        group.addTask {
          (0..<200).count { number in
            base.clock.jump(bySeconds: seconds)
            defer { base.clock.jump(bySeconds: -seconds) }
            return adapter.capture(events[task * 200 + number]).wasSent
          }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(sent == 1_001)
    #expect(adapter.snapshot().budgets[0].window.start == day)
    #expect(adapter.snapshot().budgets[0].window.spent.nanos == 50_000 * 1_001)
    #expect(adapter.costSummary().dailyCosts.nanos == 50_000 * 1_001)
  }

  @Test("count a copy once, whoever comes first")
  func duplicates() async throws {
    let adapter = try base.adapter()
    let sent = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<16 {
        group.addTask { (0..<100).count { adapter.capture(base.event($0)).wasSent } }
      }
      return await group.reduce(0, +)
    }
    #expect(sent == 100 && base.transport.all.count == 100)
  }
}
