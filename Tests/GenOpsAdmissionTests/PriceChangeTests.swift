import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsAdmission

@Suite("Prices that change while traffic runs")
struct PriceChangeTests {
  @Test("n single decisions and one on n still end in the identical state")
  func identicalState() throws {
    var (changed, unpriced, refused) = (0, 0, 0)
    for seed in 0..<900 as Range<UInt64> {
      let random = RandomCase(seed: seed).withPriceChanges(seed: seed)
      var bulk = try random.core()
      var single = try random.core()
      random.runInBulk(&bulk)
      random.runSingly(&single)
      let (a, b) = (bulk.snapshot(), single.snapshot())
      #expect(a == b, "seed \(seed)")
      if a != b { return }
      bulk.reset()
      random.runInBulk(&bulk)
      #expect(bulk.snapshot() == a, "seed \(seed), after a reset")
      changed += random.priceChanges.isEmpty ? 0 : 1
      unpriced += a.usageClasses.contains { $0.unpriced > 0 } ? 1 : 0
      refused += a.usageClasses.contains { $0.refused > 0 } ? 1 : 0
    }
    #expect(changed > 400 && unpriced > 200 && refused > 200)
  }

  @Test("a change to the same prices on any day changes nothing")
  func samePrices() throws {
    for seed in 0..<400 as Range<UInt64> {
      let whole = RandomCase(seed: seed)
      var split = whole
      var random = SeededGenerator(seed)
      split.priceChanges = (0..<random.whole(1...3)).map { number in
        Rules.PriceChange(
          from: whole.start.day.advanced(by: Int(number) * 9 + Int(random.whole(0...8))),
          tables: Meter.allCases.map { whole.tables[$0] })
      }
      var a = try whole.core()
      var b = try split.core()
      whole.runInBulk(&a)
      split.runInBulk(&b)
      #expect(a.snapshot() == b.snapshot(), "seed \(seed)")
    }
  }

  @Test("usage goes on through the tiers of the new prices from the first instant of the day")
  func exactSplit() throws {
    for seed in 0..<300 as Range<UInt64> {
      var random = SeededGenerator(seed)
      let (old, new) = (
        RandomCase.table(cliff: seed % 3 == 0, &random), RandomCase.table(cliff: false, &random)
      )
      let day = CalendarDay(number: 20_015)
      var tables = [RateTable?](repeating: nil, count: Meter.count)
      tables[Meter.events.index] = new
      let rules = try Rules(
        plan: .open, tables: [.events: old], priceChanges: [.init(from: day, tables: tables)],
        billingAnchorDay: CalendarDay(number: 20_000).civil.day)
      let start = CalendarDay(number: 20_000)
      var core = AdapterCore(rules: rules, start: Timestamp(startOf: start))
      let usageClass = core.register(UsageClass())
      let (before, after) = (random.whole(0...150), random.whole(0...150))
      // The last microsecond before the change, and its first.
      let change = Timestamp(startOf: day)
      core.admit(
        Usage(.events), usageClass: usageClass, count: before, kept: before,
        eventDay: day.advanced(by: -1),
        at: Timestamp(microseconds: change.microseconds - 1))
      core.admit(
        Usage(.events), usageClass: usageClass, count: after, kept: after, eventDay: day, at: change
      )
      let expected =
        try #require(old.cost(of: before)) + #require(new.cost(of: before + after))
        - #require(new.cost(of: before))
      #expect(core.totalCost == expected, "seed \(seed)")
    }
  }

  @Test("an unknown tier: advisory counts it as unpriced, strict refuses what would reach it")
  func unknownTier() throws {
    let table = RateTable(
      [
        .init(upTo: 10, origin: 0, base: 0, unit: 5),
        .init(upTo: .max, origin: 10, base: 50, unit: 0),
      ], knownUpTo: 10)
    var advisory = try CoreCase(GovernancePlan(mode: .advisory), tables: [.events: table])
    let known = try advisory.offer(8, at: "2027-01-10T01:00:00Z")
    #expect(known.isCostKnown)
    let outcome = try advisory.offer(8, at: "2027-01-10T02:00:00Z")
    #expect(outcome.sent == 8 && !outcome.isCostKnown && outcome.cost == Money(nanos: 10))
    #expect(advisory.tally.unpriced == 6)
    var strict = try CoreCase(GovernancePlan(mode: .strict), tables: [.events: table])
    let refused = try strict.offer(16, at: "2027-01-10T01:00:00Z")
    #expect(refused.sent == 10 && refused.refused == 6 && refused.reason == .priceUnknown)
  }
}
