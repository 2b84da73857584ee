import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsAdmission

@Suite("Budgets decide")
struct BudgetDecisionTests {
  private func plan(_ mode: GovernanceMode, _ budget: Budget) -> GovernancePlan {
    GovernancePlan(mode: mode, budgets: [budget])
  }

  private func budget(_ nanos: Int64, _ period: BudgetPeriod = .day) -> Budget {
    Budget(name: "b", limit: Money(nanos: nanos), period: period)
  }

  @Test("Enforced sends what fits and names the budget that refused")
  func enforced() throws {
    var account = try CoreCase(plan(.enforced, budget(105)))
    let outcome = try account.offer(20, at: "2027-01-10T08:00:00Z")
    #expect(outcome.sent == 10 && outcome.refused == 10 && outcome.cost.nanos == 100)
    #expect(outcome.reason == .budget && outcome.budget == 0)
    let window = account.core.window(of: 0)
    #expect(window.spent.nanos == 100 && window.offered.nanos == 200 && window.refused == 10)
    #expect(window.overshoot(of: budget(105)).nanos == 95)
    #expect(window.breach == Timestamp("2027-01-10T08:00:00Z"))
  }

  @Test("Advisory sends everything and notes the crossing")
  func advisory() throws {
    var account = try CoreCase(plan(.advisory, budget(105)))
    try account.offer(10, at: "2027-01-10T08:00:00Z")
    #expect(account.core.window(of: 0).breach == nil)
    let outcome = try account.offer(10, at: "2027-01-10T09:00:00Z")
    #expect(outcome.sent == 10 && outcome.refused == 0)
    #expect(account.core.window(of: 0).breach == Timestamp("2027-01-10T09:00:00Z"))
    #expect(account.core.alerts.map(\.percent) == [80, 90, 95, 100])
  }

  @Test("A soft budget only alerts, in every mode", arguments: GovernanceMode.allCases)
  func soft(mode: GovernanceMode) throws {
    var soft = budget(105)
    soft.isHard = false
    var account = try CoreCase(plan(mode, soft))
    #expect(try account.offer(20, at: "2027-01-10T08:00:00Z").sent == 20)
    #expect(account.core.alerts.count == 4)
  }

  @Test("Strict keeps the last part for critical items")
  func reserve() throws {
    var account = try CoreCase(plan(.strict, budget(1000)))
    let critical = account.core.register(UsageClass(eventClass: "purchase", isCritical: true))
    #expect(try account.offer(100, at: "2027-01-10T08:00:00Z").sent == 95)
    #expect(try account.offer(100, at: "2027-01-10T08:00:00Z", usageClass: critical).sent == 5)
    #expect(account.core.window(of: 0).spent.nanos == 1000)
  }

  @Test("A budget of zero blocks everything billable, even what is free, and nothing else")
  func zero() throws {
    var account = try CoreCase(plan(.enforced, budget(0)), unit: 0)
    #expect(try account.offer(3, at: "2027-01-10T08:00:00Z").refused == 3)
    let free = try account.offer(3, at: "2027-01-10T08:00:00Z", of: .none)
    #expect(free.notBillable == 3 && free.refused == 0)
  }

  @Test("What costs a used-up budget nothing still passes")
  func freeItems() throws {
    let tables = [
      Meter.events: RateTable([.init(upTo: .max, origin: 0, base: 0, unit: 10)]),
      .surveyResponses: .free,
    ]
    var account = try CoreCase(plan(.enforced, budget(50)), tables: tables)
    #expect(try account.offer(9, at: "2027-01-10T08:00:00Z").sent == 5)
    #expect(try account.offer(9, at: "2027-01-10T08:00:00Z", of: Usage(.surveyResponses)).sent == 9)
  }

  @Test("Fees are taken off what usage may spend, and alerts count them")
  func committed() throws {
    var withFees = budget(1000)
    withFees.committed = Money(nanos: 400)
    var account = try CoreCase(plan(.enforced, withFees))
    try account.offer(39, at: "2027-01-10T08:00:00Z")
    #expect(account.core.alerts.count == 0)
    try account.offer(1, at: "2027-01-10T08:00:00Z")
    #expect(account.core.alerts.map(\.percent) == [80])
    #expect(try account.offer(100, at: "2027-01-10T08:00:00Z").sent == 20)
  }

  @Test("Only matching scopes and meters are judged")
  func scopes() throws {
    var growth = budget(50)
    growth.scope = Attribution(team: "growth")
    growth.meters = [.sessionRecordings]
    var account = try CoreCase(plan(.enforced, growth))
    let team = account.core.register(UsageClass(attribution: Attribution(team: "growth")))
    let recordings = Usage(.sessionRecordings)
    #expect(try account.offer(20, at: "2027-01-10T08:00:00Z", usageClass: team).sent == 20)
    #expect(try account.offer(20, at: "2027-01-10T08:00:00Z", of: recordings).sent == 20)
    #expect(
      try account.offer(20, at: "2027-01-10T08:00:00Z", of: recordings, usageClass: team).sent == 5)
  }

  @Test("In strict mode what is unknown is refused, by the first reason that applies")
  func strictReasons() throws {
    var all = plan(.strict, budget(1000))
    all.requiredDimensions = ["team"]
    let owner = Attribution(team: "growth")
    let flat = RateTable([
      .init(upTo: 5, origin: 0, base: 0, unit: 0), .init(upTo: .max, origin: 5, base: 0, unit: 1),
    ])
    var account = try CoreCase(all, opening: .unknown, tables: [.events: flat])
    func reason(_ usageClass: UsageClass, _ usage: Usage, day: String? = nil) throws
      -> RefusalReason?
    {
      let id = account.core.register(usageClass)
      return try account.offer(2, at: "2027-01-10T08:00:00Z", day: day, of: usage, usageClass: id)
        .reason
    }
    #expect(try reason(UsageClass(), Usage(.events)) == .attribution)
    let blocked = UsageClass(attribution: owner, isConsentKnown: false, isCompliant: false)
    #expect(try reason(blocked, Usage(.events)) == .compliance)
    #expect(
      try reason(UsageClass(attribution: owner, isConsentKnown: false), Usage(.events))
        == .consentUnknown
    )
    let known = UsageClass(attribution: owner)
    #expect(try reason(known, Usage(.llmEvents)) == .priceUnknown)
    #expect(try reason(known, Usage(.events)) == .monthToDateUnknown)
    #expect(try reason(known, Usage(.events), day: "2026-11-30") == .lateBeyondPeriod)
    #expect(try reason(known, .none) == nil)
  }

  @Test("Outside strict mode what is unknown is sent and marked")
  func unknownElsewhere() throws {
    var account = try CoreCase(.open, opening: .unknown, tables: [:])
    let outcome = try account.offer(4, at: "2027-01-10T08:00:00Z", kept: 3)
    #expect(outcome.sent == 3 && outcome.sampled == 1 && !outcome.isCostKnown)
    #expect(account.tally.unpriced == 3)
    #expect(account.core.marginalCost(of: Usage(.events)) == nil)
  }

  @Test("In enforced mode an unknown month to date is judged at the first paid price, tier or not")
  func judgedOpening() throws {
    let table = RateTable([
      .init(upTo: 100, origin: 0, base: 0, unit: 0),
      .init(upTo: 200, origin: 100, base: 0, unit: 3),
      .init(upTo: .max, origin: 200, base: 300, unit: 1),
    ])
    func core(_ mode: GovernanceMode, judges: Bool) throws -> AdapterCore {
      let rules = try Rules(plan: plan(mode, budget(1000)), tables: [.events: table])
      return AdapterCore(
        rules: rules, start: Timestamp(startOf: try #require(CalendarDay("2027-01-10"))),
        opening: .unknown, judgesUnknown: judges)
    }
    func offer(_ core: inout AdapterCore, _ count: Int64) -> Outcome {
      core.admit(
        Usage(.events), usageClass: core.register(UsageClass()), count: count, kept: count,
        eventDay: core.now.day, at: core.now)
    }
    for (mode, judges, sent, spent) in [
      (GovernanceMode.enforced, true, 333, 999), (.enforced, false, 900, 1000),
      (.advisory, true, 400, 500),
    ] as [(GovernanceMode, Bool, Int64, Int64)] {
      var one = try core(mode, judges: judges)
      let outcome = offer(&one, mode == .advisory ? 400 : 2000)
      #expect(outcome.sent == sent && !outcome.isCostKnown, "\(mode)")
      #expect(one.window(of: 0).spent.nanos == spent, "\(mode)")
    }
    // n calls and one call for n end alike.
    var single = try core(.enforced, judges: true)
    var bulk = try core(.enforced, judges: true)
    for _ in 0..<400 { _ = offer(&single, 1) }
    _ = offer(&bulk, 400)
    #expect(single.snapshot() == bulk.snapshot())
    single.learn([.events: 150])
    #expect(single.marginalCost(of: Usage(.events)) == Money(nanos: 1))
    single.learn([.events: 0])
    #expect(single.usage(of: .events) == 333)
  }

  @Test("Where every unit costs the same, the month to date need not be known")
  func flatPrice() throws {
    var account = try CoreCase(.open, opening: .unknown)
    #expect(try account.offer(4, at: "2027-01-10T08:00:00Z").isCostKnown)
  }

  @Test("Opening usage and spending are where counting begins")
  func opening() throws {
    let table = RateTable([
      .init(upTo: 100, origin: 0, base: 0, unit: 0),
      .init(upTo: .max, origin: 100, base: 0, unit: 3),
    ])
    var opening = OpeningBalance.nothing
    opening.current[.events] = 98
    opening.spent["b"] = Money(nanos: 90)
    var account = try CoreCase(
      plan(.enforced, budget(100)), opening: opening, tables: [.events: table])
    let outcome = try account.offer(10, at: "2027-01-10T08:00:00Z")
    #expect(outcome.sent == 5 && outcome.cost.nanos == 9)
    #expect(account.core.total(of: .events) == MeterTotal(units: 5, cost: 9))
    #expect(account.core.usage(of: .events) == 103)
    // 80 and 90 percent were reached before; 95 and, by the refusal, 100 are new.
    #expect(account.core.alerts.map(\.percent) == [95, 100])
  }

  @Test("A count that would leave Int64 is refused and said, not wrapped")
  func overflow() throws {
    var account = try CoreCase(.open, unit: 1_000_000)
    #expect(try account.offer(.max, at: "2027-01-10T08:00:00Z").reason == .overflow)
    let overflowed = account.core.overflowed
    #expect(overflowed)
    #expect(
      try account.offer(4_000_000_000_000, at: "2027-01-10T08:00:00Z").sent == 4_000_000_000_000)
    #expect(try account.offer(4_000_000_000_000, at: "2027-01-10T08:00:00Z").reason == .overflow)
    #expect(account.core.totalCost == Money(units: 4_000_000_000))
    account.core.reset()
    let overflowedAfterReset = account.core.overflowed
    #expect(!overflowedAfterReset)
  }
}
