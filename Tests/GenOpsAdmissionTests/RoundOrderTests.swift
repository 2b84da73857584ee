import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsAdmission

@Suite("Rounds that can be admitted in any order")
struct RoundOrderTests {
  private static let day = CalendarDay(year: 2027, month: 1, day: 4) ?? CalendarDay(number: 0)

  /// What is offered each round after some random calls, at the instant of the last.
  private struct Rounds {
    var offers: [RoundOffer] = []
    var at: Timestamp

    init(_ random: RandomCase, _ core: inout AdapterCore, _ generator: inout SeededGenerator) {
      at = Timestamp(microseconds: core.now.microseconds + generator.whole(0...48) * 3_600_000_000)
      for _ in 0..<generator.whole(1...5) {
        let usageClass = random.usageClasses[Int(generator.whole(0...2))]
        let item = core.register(
          RandomCase.usage(&generator), usageClass: core.register(usageClass))
        offers.append(
          RoundOffer(
            item, kept: generator.whole(0...6),
            eventDay: at.day.advanced(by: generator.chance(10) ? -30 : 0)))
      }
    }

    func admit(_ core: inout AdapterCore, _ offer: RoundOffer, rounds: Int64) {
      let count = offer.kept * rounds
      core.admit(offer.item, count: count, kept: count, eventDay: offer.eventDay, at: at)
    }
  }

  @Test("end in the identical state, for random accounts", arguments: [false, true])
  func anyOrder(isHistory: Bool) throws {
    var (bounded, unbounded, refused) = (0, 0, 0)
    let accounts = LongTests.cases(1500, long: 20_000)
    for seed in UInt64(0)..<UInt64(accounts) {
      // One class after the other, the other way round, and round by round from the end.
      let random = RandomCase(seed: seed)
      var (count, before) = (Int64(0), Int64(0))
      var ends: [CoreSnapshot] = []
      for way in 0..<3 {
        var core = try random.core()
        core.isHistory = isHistory
        random.runInBulk(&core)
        var generator = SeededGenerator(seed)
        let rounds = Rounds(random, &core, &generator)
        if way == 0 {
          before = core.snapshot().usageClasses.reduce(0) { $0 + $1.refused }
          count = min(20, core.roundsInAnyOrder(rounds.offers, parts: 1, at: rounds.at))
          if count == 20 { unbounded += 1 } else if count > 0 { bounded += 1 }
        }
        let offers = way == 0 ? rounds.offers : rounds.offers.reversed()
        for _ in 0..<(way == 2 ? count : 1) {
          for offer in offers { rounds.admit(&core, offer, rounds: way == 2 ? 1 : count) }
        }
        ends.append(core.snapshot())
      }
      if count == 0 { continue }
      let areEqual = ends.dropFirst().allSatisfy { $0 == ends[0] }
      #expect(areEqual, "seed \(seed)")
      if !areEqual { return }
      refused += ends[0].usageClasses.reduce(0) { $0 + $1.refused } > before ? 1 : 0
    }
    // The cases must reach what they are meant to test.
    #expect(20 * bounded > accounts && 6 * unbounded > accounts, "\(bounded) \(unbounded)")
    #expect(isHistory == (refused == 0) && (isHistory || 20 * refused > accounts), "\(refused)")
  }

  /// Two teams on events and one on exceptions, at 2 nano-units a piece after the free ones.
  private func core(_ plan: GovernancePlan, free: Int64 = 100) throws -> AdapterCore {
    let table = RateTable([
      .init(upTo: free, origin: 0, base: 0, unit: 0),
      .init(upTo: .max, origin: free, base: 0, unit: 2),
    ])
    var core = AdapterCore(
      rules: try Rules(plan: plan, tables: [.events: table, .exceptions: table]),
      start: Timestamp(startOf: Self.day))
    _ = items(&core)
    return core
  }

  private func items(_ core: inout AdapterCore) -> [ItemID] {
    var items: [ItemID] = []
    for team in ["a", "b", "c"] {
      let id = core.register(UsageClass(attribution: Attribution(team: team)))
      items.append(core.register(Usage(team == "c" ? .exceptions : .events), usageClass: id))
    }
    return items
  }

  private func rounds(_ core: inout AdapterCore, _ kept: [Int64], _ parts: Int64 = 1) -> Int64 {
    let items = items(&core)
    return core.roundsInAnyOrder(
      offers(items, kept), parts: parts, at: Timestamp(startOf: Self.day))
  }

  private func offers(_ items: [ItemID], _ kept: [Int64]) -> [RoundOffer] {
    zip(items, kept).map { RoundOffer($0, kept: $1, eventDay: Self.day) }
  }

  @Test("go up to the tier that two classes share, less an item of each")
  func tier() throws {
    var core = try core(.open)
    // 100 free units are 5 rounds of 20; of parts of a whole, each may be an item larger.
    #expect(rounds(&core, [10, 10, 0]) == 5)
    #expect(rounds(&core, [100, 100, 0], 24) == 11)
    // Alone on its meter a class meets no other at the tier.
    #expect(rounds(&core, [0, 70, 70]) == .max)
  }

  @Test("go up to the budget that refuses; what it refuses already counts no longer")
  func budget() throws {
    var plan = GovernancePlan(mode: .enforced)
    plan.budgets = [
      Budget(name: "all", limit: Money(nanos: 101), period: .month, isHard: true),
      Budget(
        name: "a", limit: Money(nanos: 30), period: .month, scope: Attribution(team: "a"),
        isHard: true),
    ]
    var core = try core(plan, free: 1)
    let items = items(&core)
    let at = Timestamp(startOf: Self.day)
    core.admit(items[0], count: 1, kept: 1, eventDay: Self.day, at: at)
    core.admit(items[2], count: 1, kept: 1, eventDay: Self.day, at: at)
    // Each item costs 2: team a's 30 allow 30 / 10, all of them 101 / 20.
    #expect(rounds(&core, [5, 3, 2]) == 3)
    core.admit(items[0], count: 15, kept: 15, eventDay: Self.day, at: at)
    // Team a is refused; the others have 71, of which an item of team a keeps 2, so that it is team a's own
    // budget that goes on to refuse it: 69 / 10 rounds.
    #expect(rounds(&core, [5, 3, 2]) == 6)
    core.admit(items[1], count: 35, kept: 35, eventDay: Self.day, at: at)
    // 1 is left, which is less than any price.
    #expect(rounds(&core, [5, 3, 2]) == .max)
    core.isHistory = true
    #expect(rounds(&core, [5, 3, 2]) == .max)
  }

  @Test("go up to PostHog's limit; days of grace end with a day, so they bound nothing")
  func limit() throws {
    for grace in [0, 2] {
      var plan = GovernancePlan(mode: .advisory)
      plan.postHogLimits = [PostHogLimit(meter: .events, cap: .units(40), graceDays: grace)]
      var core = try core(plan, free: 1000)
      let rounds = rounds(&core, [5, 3, 2])
      // 39 / 8, as the one that reaches it is not alone; the free units allow 1000 / 8.
      #expect(rounds == (grace == 0 ? 4 : 125))
    }
  }
}
