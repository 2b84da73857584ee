import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsAdmission

@Suite("What holds for every random account")
struct CorePropertyTests {
  @Test(
    "Everything offered is sent, refused, sampled or not billable",
    arguments: [1, 2] as [UInt64])
  func conservation(round: UInt64) throws {
    for seed in 0..<300 as Range<UInt64> {
      let random = RandomCase(seed: round << 32 | seed)
      var core = try random.core()
      var offered = [Int64](repeating: 0, count: random.usageClasses.count)
      var cost = Money.zero
      random.runInBulk(&core) { call, outcome in
        offered[call.usageClass] += call.count
        cost += outcome.cost
        let parts = outcome.sent + outcome.refused + outcome.sampled + outcome.notBillable
        #expect(parts == call.count && outcome.sent >= 0 && outcome.refused >= 0)
        #expect((outcome.reason != nil) == (outcome.refused > 0))
      }
      let ids = random.usageClasses.map { core.register($0) }
      let tallies = Set(ids).map { core.tally(of: $0) }
      #expect(tallies.reduce(0) { $0 + $1.offered } == offered.reduce(0, +), "seed \(seed)")
      #expect(core.totalCost == cost, "seed \(seed)")
      #expect(Money(nanos: tallies.reduce(0) { $0 + $1.cost }) == cost, "seed \(seed)")
    }
  }

  @Test("A hard budget is never overspent, in enforced and strict mode")
  func neverOver() throws {
    var refused = 0
    for seed in 0..<700 as Range<UInt64> {
      let mode: GovernanceMode = seed % 2 == 0 ? .enforced : .strict
      // Without cliffs: there a refund could make room, and what was spent at the peak would count.
      var random = RandomCase(seed: seed, mode: mode, cliffs: false)
      random.opening.spent = [:]
      var core = try random.core()
      random.runInBulk(&core) { _, outcome in refused += outcome.reason == .budget ? 1 : 0 }
      for window in core.closedWindows + random.plan.budgets.indices.map({ core.window(of: $0) }) {
        let budget = random.plan.budgets[window.budget]
        guard budget.isHard else { continue }
        // Fees beyond the limit leave less than nothing for usage: then nothing is spent.
        #expect(window.spent <= max(.zero, budget.limitForUsage), "seed \(seed)")
        if budget.limit == .zero { #expect(window.spent == .zero) }
      }
    }
    #expect(refused > 100)
  }

  @Test("With cliffs too, no item is sent that would cross the limit")
  func neverOverWithCliffs() throws {
    for seed in 0..<300 as Range<UInt64> {
      var random = RandomCase(seed: seed, mode: .enforced)
      random.opening.spent = [:]
      let ids = random.usageClasses.indices
      var core = try random.core()
      let usageClasses = ids.map { core.register(random.usageClasses[$0]) }
      for call in random.calls {
        for item in 0..<call.count {
          let outcome = core.admit(
            call.usage, usageClass: usageClasses[call.usageClass], count: 1,
            kept: item < call.kept ? 1 : 0,
            eventDay: call.day, at: call.at)
          guard outcome.sent > 0, outcome.cost > .zero else { continue }
          for (position, budget) in random.plan.budgets.enumerated()
          where budget.isHard
            && random.usageClasses[call.usageClass].attribution.matches(budget.scope)
          {
            let isInside = Meter.allCases.contains {
              call.usage[$0] > 0 && budget.meters?.contains($0) ?? true
            }
            let window = core.window(of: position)
            if isInside, budget.meters == nil {
              #expect(window.spent <= max(.zero, budget.limitForUsage), "seed \(seed)")
            }
          }
        }
      }
    }
  }

  @Test("Advisory costs at least what enforced costs, and offers as much as it sends")
  func advisoryCostsMore() throws {
    var cheaper = 0
    for seed in 0..<400 as Range<UInt64> {
      let advisory = RandomCase(seed: seed, mode: .advisory, cliffs: false, limits: false)
      var enforced = advisory
      enforced.plan.mode = .enforced
      var a = try advisory.core()
      var b = try enforced.core()
      advisory.runInBulk(&a)
      enforced.runInBulk(&b)
      #expect(a.totalCost >= b.totalCost, "seed \(seed)")
      if a.totalCost > b.totalCost { cheaper += 1 }
      for position in advisory.plan.budgets.indices {
        let (own, other) = (a.window(of: position), b.window(of: position))
        #expect(own.spent == own.offered, "seed \(seed)")
        #expect(own.offered == other.offered, "seed \(seed)")
      }
      #expect(a.snapshot().usageClasses.allSatisfy { $0.refused == 0 }, "seed \(seed)")
    }
    #expect(cheaper > 40)
  }

  @Test("A budget is breached in enforced mode when it is in advisory mode")
  func sameBreaches() throws {
    var breaches = 0
    for seed in 0..<400 as Range<UInt64> {
      // One budget alone: with more, one that refuses keeps another from being reached.
      var advisory = RandomCase(seed: seed, mode: .advisory, cliffs: false, limits: false)
      advisory.plan.budgets = Array(advisory.plan.budgets.prefix(1))
      guard advisory.plan.budgets.first?.limit != .zero else { continue }
      var enforced = advisory
      enforced.plan.mode = .enforced
      var a = try advisory.core()
      var b = try enforced.core()
      advisory.runInBulk(&a)
      enforced.runInBulk(&b)
      for position in advisory.plan.budgets.indices {
        #expect(a.window(of: position).breach == b.window(of: position).breach, "seed \(seed)")
        breaches += a.window(of: position).breach == nil ? 0 : 1
      }
    }
    #expect(breaches > 25)
  }

  @Test("Marginal costs add up to the cost of the whole period")
  func marginalCosts() throws {
    for seed in 0..<400 as Range<UInt64> {
      var random = SeededGenerator(seed)
      let table = RandomCase.table(cliff: seed % 3 == 0, &random)
      let rules = try Rules(plan: .open, tables: [.events: table])
      var core = AdapterCore(rules: rules, start: Timestamp(microseconds: 0))
      let usageClass = core.register(UsageClass())
      var sum = Money.zero
      var units: Int64 = 0
      while units < 300 {
        let count = random.whole(1...40)
        sum +=
          core.admit(
            Usage(.events), usageClass: usageClass, count: count, kept: count,
            eventDay: CalendarDay(number: 0), at: Timestamp(microseconds: 0)
          ).cost
        units += count
        #expect(sum == table.cost(of: units), "seed \(seed)")
      }
    }
  }

  @Test("An alert is raised once per threshold and period, in ascending order")
  func alertsOnce() throws {
    var raised = 0
    for seed in 0..<400 as Range<UInt64> {
      let random = RandomCase(seed: seed)
      var core = try random.core()
      random.runInBulk(&core)
      let keys = core.alerts.map { "\($0.budget) \($0.periodStart) \($0.percent)" }
      #expect(Set(keys).count == keys.count, "seed \(seed)")
      for (_, alerts) in Dictionary(grouping: core.alerts, by: { "\($0.budget) \($0.periodStart)" })
      {
        #expect(alerts.map(\.percent) == alerts.map(\.percent).sorted(), "seed \(seed)")
      }
      raised += keys.count
    }
    #expect(raised > 200)
  }

  @Test("Items given by id, a day at a time or one by one decide alike")
  func batches() throws {
    for seed in 0..<300 as Range<UInt64> {
      let random = RandomCase(seed: seed)
      var one = try random.core()
      var batch = try random.core()
      random.runInBulk(&one)
      let usageClasses = random.usageClasses.map { batch.register($0) }
      for call in random.calls {
        let item = batch.register(call.usage, usageClass: usageClasses[call.usageClass])
        let offers = [Offer(item, count: call.count, kept: call.kept)]
        _ = offers.withUnsafeBufferPointer { batch.admit($0, eventDay: call.day, at: call.at) }
      }
      #expect(one.snapshot() == batch.snapshot(), "seed \(seed)")
    }
  }
}
