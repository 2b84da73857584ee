import GenOpsTestSupport
import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsAdmission

@Suite("Which prices are read after a change")
struct PriceStageTests {
  static func flat(_ unit: Int64) -> RateTable {
    RateTable([.init(upTo: .max, origin: 0, base: 0, unit: unit)])
  }

  /// 100 units cost nothing, each further one `unit`.
  static func tiered(_ unit: Int64) -> RateTable {
    RateTable([
      .init(upTo: 100, origin: 0, base: 0, unit: 0),
      .init(upTo: .max, origin: 100, base: 0, unit: unit),
    ])
  }

  /// A core of one meter whose price changes on `day`.
  static func core(
    _ before: RateTable?, then after: RateTable?, from day: String, start: String,
    opening: OpeningBalance = .nothing
  ) throws -> AdapterCore {
    var tables = [RateTable?](repeating: nil, count: Meter.count)
    tables[Meter.events.index] = after
    let change = Rules.PriceChange(from: try #require(CalendarDay(day)), tables: tables)
    let rules = try Rules(
      plan: .open, tables: before.map { [.events: $0] } ?? [:], priceChanges: [change])
    return AdapterCore(
      rules: rules, start: Timestamp(startOf: try #require(CalendarDay(start))), opening: opening)
  }

  /// One event decided on `day`, with its own timestamp on `eventDay` or the same day.
  @discardableResult
  static func event(_ core: inout AdapterCore, on day: String, eventDay: String? = nil) throws
    -> Outcome
  {
    let usageClass = core.register(UsageClass())
    let instant = Timestamp(startOf: try #require(CalendarDay(day)))
    return core.admit(
      Usage(.events), usageClass: usageClass, count: 1, kept: 1,
      eventDay: try #require(CalendarDay(eventDay ?? day)), at: instant)
  }

  @Test("The next event costs what the prices in force say, before and from the day of a change")
  func marginalCost() throws {
    var core = try Self.core(
      Self.flat(10), then: Self.flat(30), from: "2027-01-15", start: "2027-01-10")
    try Self.event(&core, on: "2027-01-14")
    #expect(core.marginalCost(of: Usage(.events)) == Money(nanos: 10))
    try Self.event(&core, on: "2027-01-15")
    #expect(core.marginalCost(of: Usage(.events)) == Money(nanos: 30))
    // Begun after the change: no decision is needed to know it.
    let late = try Self.core(
      Self.flat(10), then: Self.flat(30), from: "2027-01-15", start: "2027-01-20")
    #expect(late.marginalCost(of: Usage(.events)) == Money(nanos: 30))
  }

  @Test("A price that becomes known or unknown is so from its day on")
  func marginalCostUnknown() throws {
    var known = try Self.core(nil, then: Self.flat(30), from: "2027-01-15", start: "2027-01-10")
    #expect(known.marginalCost(of: Usage(.events)) == nil)
    try Self.event(&known, on: "2027-01-15")
    #expect(known.marginalCost(of: Usage(.events)) == Money(nanos: 30))
    var unknown = try Self.core(Self.flat(10), then: nil, from: "2027-01-15", start: "2027-01-10")
    #expect(unknown.marginalCost(of: Usage(.events)) == Money(nanos: 10))
    try Self.event(&unknown, on: "2027-01-15")
    #expect(unknown.marginalCost(of: Usage(.events)) == nil)
  }

  @Test("What the next event is said to cost is what it costs, on either side of random changes")
  func marginalCostIsCost() throws {
    var changed = 0
    for seed in 0..<300 as Range<UInt64> {
      var random = SeededGenerator(seed)
      var core = try Self.core(
        RandomCase.table(cliff: seed % 3 == 0, &random),
        then: RandomCase.table(cliff: false, &random), from: "2027-01-15", start: "2027-01-10")
      for day in 10...20 {
        for _ in 0..<random.whole(1...20) {
          let said = core.marginalCost(of: Usage(.events))
          let stage = core.clock.stage
          let outcome = try Self.event(&core, on: "2027-01-\(day)")
          // The first decision on the day of the change is the one that takes up the new prices.
          if core.clock.stage != stage {
            changed += 1
            continue
          }
          let cost = outcome.isCostKnown ? outcome.cost : nil
          #expect(said == cost, "seed \(seed)")
          if said != cost { return }
        }
      }
    }
    #expect(changed == 300)
  }

  @Test("A late event of a month without decisions costs what held at that month's end")
  func lateOverAGap() throws {
    var core = try Self.core(
      Self.flat(10), then: Self.flat(30), from: "2027-02-15", start: "2027-01-10")
    try Self.event(&core, on: "2027-01-11")
    let late = try Self.event(&core, on: "2027-03-10", eventDay: "2027-02-20")
    #expect(late.cost == Money(nanos: 30))
    // As it does in a core that began after the gap.
    var fresh = try Self.core(
      Self.flat(10), then: Self.flat(30), from: "2027-02-15", start: "2027-03-10")
    #expect(
      try Self.event(&fresh, on: "2027-03-10", eventDay: "2027-02-20").cost == Money(nanos: 30))
  }

  @Test(
    "An unknown month to date matters where the prices of the month have tiers, not those of others"
  )
  func unknownOpening() throws {
    func isKnown(_ before: RateTable, _ after: RateTable, from day: String) throws -> Bool {
      var core = try Self.core(
        before, then: after, from: day, start: "2027-01-10", opening: .unknown)
      let outcome = try Self.event(&core, on: "2027-01-10")
      #expect((core.marginalCost(of: Usage(.events)) != nil) == outcome.isCostKnown)
      return outcome.isCostKnown
    }
    // Tiers that ended before, and tiers that begin in a later month, have no unit of this one.
    #expect(try isKnown(Self.tiered(5), Self.flat(10), from: "2027-01-05"))
    #expect(try isKnown(Self.flat(10), Self.tiered(5), from: "2027-02-01"))
    #expect(try !isKnown(Self.flat(10), Self.tiered(5), from: "2027-01-31"))
    #expect(try !isKnown(Self.tiered(5), Self.flat(10), from: "2027-01-11"))
  }

  @Test("The same for a lease whose opening nobody knows")
  func unknownLease() throws {
    func isKnown(_ before: RateTable, _ after: RateTable, from day: String) throws -> Bool {
      var core = try Self.core(before, then: after, from: day, start: "2027-01-10")
      core.beginLeasing(binds: true)
      let axis = MeterAxis(.events, period: CalendarDay(number: core.clock.currentStart))
      core.install(
        MeterLease(id: 1, axis: axis, next: 0, end: 100, isOpeningKnown: false),
        at: Meter.events.index)
      return try Self.event(&core, on: "2027-01-10").isCostKnown
    }
    #expect(try isKnown(Self.tiered(5), Self.flat(10), from: "2027-01-05"))
    #expect(try !isKnown(Self.flat(10), Self.tiered(5), from: "2027-01-31"))
  }
}
