import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsAdmission

/// Random accounts of which one or two usage classes have an allowance besides the plan's budgets.
@Suite("An allowance")
struct AllowanceTests {
  /// What is left for each usage class; `unlimited` for one that has none.
  static func allowances(_ seed: UInt64) -> [Allowance] {
    var random = SeededGenerator(seed ^ 0xA110)
    return (0..<3).map { number in
      if number > 0, random.chance(40) { return .unlimited }
      return random.chance(5) ? .nothing : Allowance(nanos: random.whole(0...4000))
    }
  }

  /// Runs the calls, whole or one item at a time, each within what the ones before left.
  func run(
    _ random: RandomCase, _ core: inout AdapterCore, _ left: inout [Allowance], singly: Bool,
    _ each: (RandomCase.Call, Allowance, Outcome) -> Void = { _, _, _ in }
  ) {
    let ids = random.usageClasses.map { core.register($0) }
    for call in random.calls {
      let parts =
        singly
        ? (0..<call.count).map { (Int64(1), $0 < call.kept ? Int64(1) : 0) }
        : [(call.count, call.kept)]
      for (count, kept) in parts {
        let before = left[call.usageClass]
        let outcome = core.admit(
          call.usage, usageClass: ids[call.usageClass], count: count, kept: kept,
          eventDay: call.day, at: call.at, within: before)
        left[call.usageClass] = before.less(outcome.costNanos)
        each(call, before, outcome)
      }
    }
  }

  @Test("decides on n items as on n single ones, in every mode, for 1200 random accounts")
  func bulkEqualsSingle() throws {
    var (beyond, byBudget) = (0, 0)
    for seed in 0..<1200 as Range<UInt64> {
      let random = RandomCase(seed: seed)
      // A call with no items moves the clock, and has no single ones.
      var calls = random
      calls.calls.removeAll { $0.count == 0 }
      var bulk = try calls.core()
      var single = try calls.core()
      var (left, leftSingly) = (Self.allowances(seed), Self.allowances(seed))
      run(calls, &bulk, &left, singly: false) { _, _, outcome in
        beyond += outcome.isBeyondAllowance ? 1 : 0
        byBudget += outcome.reason == .budget && !outcome.isBeyondAllowance ? 1 : 0
        #expect(outcome.isBeyondAllowance == false || outcome.refused > 0)
      }
      run(calls, &single, &leftSingly, singly: true)
      #expect(bulk.snapshot() == single.snapshot(), "seed \(seed)")
      #expect(left == leftSingly, "seed \(seed)")
    }
    // The cases must reach what they are meant to test.
    #expect(beyond > 1000 && byBudget > 200, "\(beyond) \(byBudget)")
  }

  @Test(
    "is never passed, and neither is a hard budget of the plan", arguments: GovernanceMode.allCases)
  func neverOver(mode: GovernanceMode) throws {
    var beyond = 0
    for seed in 0..<500 as Range<UInt64> {
      // Without cliffs: there a refund could make room, and what was spent at the peak would count.
      var random = RandomCase(seed: seed, mode: mode, cliffs: false)
      random.opening.spent = [:]
      var core = try random.core()
      let start = Self.allowances(seed)
      var left = start
      run(random, &core, &left, singly: false) { _, before, outcome in
        beyond += outcome.isBeyondAllowance ? 1 : 0
        if before.refusesAll { #expect(outcome.sent == 0 || !outcome.isCostKnown, "seed \(seed)") }
      }
      for (number, allowance) in left.enumerated() where !start[number].isUnlimited {
        #expect(allowance.nanos >= 0, "seed \(seed)")
      }
      if mode == .advisory { continue }
      for window in core.closedWindows + random.plan.budgets.indices.map({ core.window(of: $0) }) {
        let budget = random.plan.budgets[window.budget]
        guard budget.isHard else { continue }
        #expect(window.spent <= max(.zero, budget.limitForUsage), "seed \(seed)")
      }
    }
    #expect(beyond > 200, "\(beyond)")
  }

  @Test("of any size that is not reached changes nothing, and refuses nothing of others")
  func others() throws {
    for seed in 0..<400 as Range<UInt64> {
      let random = RandomCase(seed: seed)
      var plain = try random.core()
      var ample = try random.core()
      random.runInBulk(&plain)
      var left = [Allowance](repeating: Allowance(nanos: 1 << 60), count: 3)
      run(random, &ample, &left, singly: false)
      #expect(plain.snapshot() == ample.snapshot(), "seed \(seed)")
      // With nothing for one usage class, the others decide as if its items had never come.
      var without = random
      without.calls.removeAll { $0.usageClass == 0 }
      guard without.usageClasses[0] != without.usageClasses[1],
        without.usageClasses[0] != without.usageClasses[2], let last = random.calls.last,
        last.usageClass != 0
      else { continue }
      var alone = try without.core()
      var beside = try random.core()
      without.runInBulk(&alone)
      left = [.nothing, .unlimited, .unlimited]
      run(random, &beside, &left, singly: false)
      let (a, b) = (alone.snapshot(), beside.snapshot())
      #expect(a.budgets == b.budgets && a.alerts == b.alerts, "seed \(seed)")
      #expect(a.totals == b.totals, "seed \(seed)")
      // Those that end between two calls of others have no order.
      #expect(Set(a.closedWindows) == Set(b.closedWindows), "seed \(seed)")
      #expect(Array(a.usageClasses.dropFirst()) == Array(b.usageClasses.dropFirst()))
    }
  }

  @Test("lets through what costs nothing, unless it is nothing at all")
  func free() throws {
    let rules = try Rules(
      plan: .open,
      tables: [
        .events: RateTable([
          .init(upTo: 10, origin: 0, base: 0, unit: 0),
          .init(upTo: .max, origin: 10, base: 0, unit: 7),
        ])
      ])
    func sent(_ allowance: Allowance) -> (Int64, Int64) {
      var core = AdapterCore(rules: rules, start: Timestamp(microseconds: 0))
      let usageClass = core.register(UsageClass())
      let outcome = core.admit(
        Usage(.events), usageClass: usageClass, count: 20, kept: 20,
        eventDay: CalendarDay(number: 0),
        at: Timestamp(microseconds: 0), within: allowance)
      return (outcome.sent, outcome.costNanos)
    }
    // Ten are free, each further one costs 7.
    #expect(sent(Allowance(nanos: 0)) == (10, 0))
    #expect(sent(Allowance(nanos: -5)) == (10, 0))
    #expect(sent(Allowance(nanos: 20)) == (12, 14))
    #expect(sent(Allowance(nanos: 21)) == (13, 21))
    #expect(sent(.unlimited) == (20, 70))
    #expect(sent(.nothing) == (0, 0))
  }
}
