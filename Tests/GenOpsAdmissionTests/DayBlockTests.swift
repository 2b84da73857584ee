import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsAdmission

@Suite("Days that are admitted together")
struct DayBlockTests {
  /// An account with columns of items for some months.
  private struct Days {
    var random: RandomCase
    var items: [(usage: Usage, usageClass: Int)] = []
    /// By column then day, and the survivors behind them.
    var counts: [Int64]
    let count = 70
    var isHistory: Bool
    var isSampled: [Bool] = []

    init(seed: UInt64) {
      var generator = SeededGenerator(seed &+ 1_000_000)
      random = RandomCase(
        seed: seed, mode: generator.pick([.advisory, .enforced]), cliffs: generator.chance(5))
      if generator.chance(30) {
        random = random.withPriceChanges(seed: seed, cliffs: false)
        for index in random.priceChanges.indices where generator.chance(50) {
          let period = BillingPeriod(
            containing: random.priceChanges[index].from, anchorDay: random.anchorDay)
          if random.priceChanges.contains(where: { $0.from == period.start }) { continue }
          random.priceChanges[index].from = period.start
        }
      }
      for index in random.plan.budgets.indices where generator.chance(80) {
        random.plan.budgets[index].scope = .none
        random.plan.budgets[index].limit = Money(nanos: generator.whole(1000...90_000))
      }
      if generator.chance(70) {
        for meter in RandomCase.meters where random.opening.current[meter] == nil {
          random.opening.current[meter] = generator.whole(0...40)
        }
      }
      isHistory = generator.chance(15)
      for _ in 0..<generator.whole(1...6) {
        items.append((RandomCase.usage(&generator), Int(generator.whole(0...2))))
        isSampled.append(generator.chance(30))
      }
      let most = generator.pick([3, 12, 60, 4000] as [Int64])
      let all = (0..<items.count * count).map { _ in
        generator.chance(10) ? 0 : generator.whole(0...most)
      }
      counts = all
      for column in items.indices where isSampled[column] {
        counts += all[column * count..<(column + 1) * count].map { generator.whole(0...$0) }
      }
    }

    /// Where each column's survivors begin.
    func firstKept() -> [Int] {
      var next = items.count
      return isSampled.indices.map { column in
        guard isSampled[column] else { return column * count }
        next += 1
        return (next - 1) * count
      }
    }

    func core() throws -> AdapterCore {
      var core = try random.core()
      core.isHistory = isHistory
      return core
    }

    func items(_ core: inout AdapterCore) -> [ItemID] {
      items.map { usage, usageClass in
        core.register(usage, usageClass: core.register(random.usageClasses[usageClass]))
      }
    }

    /// The columns; what is sampled is no other account's.
    func layOut(_ ids: [ItemID], _ core: inout AdapterCore, _ shared: MeterDays?) -> DayBlock {
      let kept = firstKept()
      return core.layOut(
        ids.indices.map {
          DayBlock.Offered(
            ids[$0], first: $0 * count, firstKept: kept[$0],
            source: isSampled[$0] ? nil : DayBlock.Source(number: $0, parts: 0...0))
        }, shared: shared)
    }

    /// Admits the days as an account that refuses nothing, as far as they can be admitted together.
    func admitFreely(_ shared: MeterDays) throws {
      var days = self
      days.random.plan.budgets = []
      days.random.plan.postHogLimits = []
      var core = try days.core()
      var block = days.layOut(days.items(&core), &core, shared)
      var costs = [Int64](repeating: 0, count: count)
      var (day, next) = (-1, 0)
      while next > day, next < count {
        day = next
        next = counts.withUnsafeBufferPointer { counts in
          costs.withUnsafeMutableBufferPointer {
            core.admitDays(
              &block, counts: counts, days: day..<count, from: random.start.day, costs: $0)
          }
        }
      }
    }

    /// Each slice of a day has its part of every column, one after the other; returns what the day costs.
    func admitInSlices(_ core: inout AdapterCore, _ ids: [ItemID], _ day: Int) -> Int64 {
      let date = random.start.day.advanced(by: day)
      let instant = Timestamp(startOf: date)
      core.advance(to: instant)
      let kept = firstKept()
      var cost: Int64 = 0
      for slice in 0..<DaySlices.count {
        for column in ids.indices {
          let all = counts[column * count + day]
          let survivors = counts[kept[column] + day]
          func before(_ slice: Int) -> (items: Int64, kept: Int64) {
            let items = DaySlices.items(of: all, before: slice)
            return (items, DaySlices.survivors(survivors, of: all, among: items))
          }
          let (first, last) = (before(slice), before(slice + 1))
          if first.items == last.items { continue }
          cost +=
            core.admit(
              ids[column], count: last.items - first.items, kept: last.kept - first.kept,
              eventDay: date, at: instant
            ).costNanos
        }
      }
      return cost
    }
  }

  @Test("end in the identical state as slice by slice, for random accounts")
  func identical() throws {
    var (together, alone, dropped, tiers) = (0, 0, 0, 0)
    let accounts = LongTests.cases(60, long: 1000)
    for seed in UInt64(0)..<UInt64(accounts) {
      let days = Days(seed: seed)
      var core = try days.core()
      let ids = days.items(&core)
      // Another account of the same traffic came first, without limits and budgets.
      let shared = seed % 2 == 0 ? MeterDays(days: days.count) : nil
      if let shared { try days.admitFreely(shared) }
      var block = days.layOut(ids, &core, shared)
      // Where nothing tells the classes apart, one of a meter's is said to pay for all.
      core.sharedMeters = seed % 3 == 0 ? 0 : .max
      var costs = [Int64](repeating: -1, count: days.count)
      var day = 0
      while day < days.count {
        let next = days.counts.withUnsafeBufferPointer { counts in
          costs.withUnsafeMutableBufferPointer {
            core.admitDays(
              &block, counts: counts, days: day..<days.count, from: days.random.start.day,
              costs: $0)
          }
        }
        together += next - day
        if next > day, block.columns.indices.contains(where: { block.columns[$0].isDropped }) {
          dropped += 1
        }
        if next > day {
          day = next
          continue
        }
        if !block.isPlain { break }
        costs[day] = days.admitInSlices(&core, ids, day)
        alone += 1
        day += 1
      }
      guard block.isPlain else { continue }
      var reference = try days.core()
      let others = days.items(&reference)
      for day in 0..<days.count {
        let cost = days.admitInSlices(&reference, others, day)
        #expect(cost == costs[day], "seed \(seed), day \(day)")
        if cost != costs[day] { return }
      }
      var (one, other) = (core.snapshot(), reference.snapshot())
      if core.sharedMeters == 0 {
        #expect(one.cost == other.cost, "seed \(seed)")
        one.forgetCosts()
        other.forgetCosts()
      }
      #expect(one == other, "seed \(seed)")
      if one != other { return }
      tiers += one.meters.reduce(0) { $0 + $1.segment }
    }
    // The cases must reach what they are meant to test.
    #expect(
      together > 12 * accounts && 4 * alone > accounts && 20 * dropped > accounts
        && 4 * tiers > 3 * accounts,
      "\(together) \(alone) \(dropped) \(tiers)")
  }
}

extension CoreSnapshot {
  /// What all usage classes cost together.
  fileprivate var cost: Int64 { usageClasses.reduce(0) { $0 + $1.cost } }

  fileprivate mutating func forgetCosts() {
    for index in usageClasses.indices { usageClasses[index].cost = 0 }
  }
}
