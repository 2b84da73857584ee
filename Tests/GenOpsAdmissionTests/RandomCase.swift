import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits

@testable import GenOpsAdmission

/// A random account with random traffic: tables with and without cliffs, budgets of every period
/// and scope, limits, opening balances, late and sampled items, days that roll over.
struct RandomCase {
  struct Call {
    var usage: Usage
    var usageClass: Int
    var count: Int64
    var kept: Int64
    var day: CalendarDay
    var at: Timestamp
  }

  var plan: GovernancePlan
  var tables: [Meter: RateTable]
  var anchorDay: Int
  var opening: OpeningBalance
  var start: Timestamp
  var usageClasses: [UsageClass]
  var calls: [Call]
  var priceChanges: [Rules.PriceChange] = []

  static let meters: [Meter] = [.events, .identifiedEvents, .featureFlagRequests]
  static let teams = ["growth", "mobile", nil]

  init(
    seed: UInt64, mode: GovernanceMode? = nil, cliffs: Bool = true, limits: Bool = true,
    meterScopes: Bool = true
  ) {
    var random = SeededGenerator(seed)
    let mode = mode ?? random.pick(GovernanceMode.allCases)
    tables = [:]
    for meter in RandomCase.meters where random.chance(95) {
      tables[meter] = RandomCase.table(cliff: cliffs && random.chance(30), &random)
    }
    plan = GovernancePlan(mode: mode)
    for number in 0..<random.whole(0...4) {
      plan.budgets.append(
        RandomCase.budget("budget \(number)", meterScopes: meterScopes, &random))
    }
    if random.chance(30) { plan.requiredDimensions = ["team"] }
    if limits, random.chance(40), tables[.events] != nil {
      plan.postHogLimits = [
        PostHogLimit(
          meter: .events, amount: Money(nanos: random.whole(0...4000)),
          graceDays: Int(random.whole(0...2)))
      ]
    }
    anchorDay = Int(random.pick([1, 1, 15, 31] as [Int64]))
    opening = .nothing
    if random.chance(30) {
      opening.current[.events] = random.chance(50) ? random.whole(0...60) : nil
      opening.previous[.events] = random.whole(0...60)
      opening.spent["budget 0"] = Money(nanos: random.whole(0...500))
    }
    let first = CalendarDay(number: Int32(20_000 + random.whole(0...400)))
    start = Timestamp(startOf: first)
    usageClasses = (0..<3).map { _ in
      UsageClass(
        attribution: Attribution(team: random.pick(RandomCase.teams)), eventClass: "view",
        isCritical: random.chance(30), isConsentKnown: random.chance(95))
    }
    calls = []
    var now = start.microseconds
    for _ in 0..<random.whole(1...25) {
      let hours = random.chance(10) ? 24 * random.whole(1...70) : random.whole(0...30)
      now += hours * 3_600_000_000
      let count = random.chance(10) ? 0 : random.whole(1...60)
      let kept = random.chance(70) ? count : random.whole(0...count)
      let day = Timestamp(microseconds: now).day
      calls.append(
        Call(
          usage: RandomCase.usage(&random), usageClass: Int(random.whole(0...2)), count: count,
          kept: kept,
          day: day.advanced(by: random.chance(15) ? -Int(random.whole(-40...80)) : 0),
          at: Timestamp(microseconds: now - (random.chance(10) ? 7_200_000_000 : 0))))
    }
  }

  static func usage(_ random: inout SeededGenerator) -> Usage {
    if random.chance(5) { return .none }
    if random.chance(25) { return Usage(.featureFlagRequests, random.pick([1, 10])) }
    var usage = Usage(.events)
    if random.chance(50) { usage.add(.identifiedEvents) }
    return usage
  }

  /// Small bounds, so that every run crosses tiers.
  static func table(cliff: Bool, _ random: inout SeededGenerator) -> RateTable {
    var segments: [RateTable.Segment] = []
    var (origin, base): (Int64, Int64) = (0, 0)
    for _ in 0..<random.whole(0...4) {
      let bound = origin + random.whole(1...60)
      let unit = random.pick([0, 1, 5, 17, 40] as [Int64])
      segments.append(
        cliff
          ? .init(
            upTo: bound, origin: 0, base: random.chance(30) ? random.whole(0...90) : 0, unit: unit)
          : .init(upTo: bound, origin: origin, base: base, unit: unit))
      base += (bound - origin) * unit
      origin = bound
    }
    let unit = random.pick([0, 2, 9, 30] as [Int64])
    segments.append(
      cliff
        ? .init(upTo: .max, origin: 0, base: 0, unit: unit)
        : .init(upTo: .max, origin: origin, base: base, unit: unit))
    return RateTable(segments)
  }

  static func budget(_ name: String, meterScopes: Bool, _ random: inout SeededGenerator) -> Budget {
    Budget(
      name: name, limit: Money(nanos: random.chance(5) ? 0 : random.whole(1...6000)),
      period: random.pick(BudgetPeriod.allCases), fiscalStart: Int(random.whole(1...12)),
      scope: random.chance(40) ? Attribution(team: random.pick(["growth", "mobile"])) : .none,
      meters: meterScopes && random.chance(30) ? [random.pick(meters)] : nil,
      isHard: random.chance(75), alertPercents: random.pick([[80, 90, 95, 100], [50, 120], []]),
      committed: Money(nanos: random.chance(20) ? random.whole(0...800) : 0))
  }

  func core() throws -> AdapterCore {
    let rules = try Rules(
      plan: plan, tables: tables, priceChanges: priceChanges, billingAnchorDay: anchorDay)
    var core = AdapterCore(rules: rules, start: start, opening: opening)
    for one in usageClasses { _ = core.register(one) }
    return core
  }

  /// Each call as it stands.
  func runInBulk(_ core: inout AdapterCore, each: (Call, Outcome) -> Void = { _, _ in }) {
    let ids = usageClasses.map { core.register($0) }
    for call in calls {
      let outcome = core.admit(
        call.usage, usageClass: ids[call.usageClass], count: call.count, kept: call.kept,
        eventDay: call.day,
        at: call.at)
      each(call, outcome)
    }
  }

  /// Each item by itself: the kept ones first, as items alike have no order.
  func runSingly(_ core: inout AdapterCore) {
    let ids = usageClasses.map { core.register($0) }
    for call in calls {
      if call.count == 0 {
        core.admit(
          call.usage, usageClass: ids[call.usageClass], count: 0, kept: 0, eventDay: call.day,
          at: call.at)
      }
      for item in 0..<call.count {
        core.admit(
          call.usage, usageClass: ids[call.usageClass], count: 1, kept: item < call.kept ? 1 : 0,
          eventDay: call.day, at: call.at)
      }
    }
  }
}
