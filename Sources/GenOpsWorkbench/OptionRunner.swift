import Foundation
import GenOpsCosting
import GenOpsForecasting
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

private typealias AdmittedItems = GenOpsPostHog.Outcome

extension GenOpsPostHog.Outcome {
  /// Adds what became of one more item.
  fileprivate mutating func add(_ other: GenOpsPostHog.Outcome) {
    sent += other.sent
    refused += other.refused
    sampled += other.sampled
    notBillable += other.notBillable
    costNanos += other.costNanos
  }
}

/// Walks futures through one option's adapter core, binned: all alike items of a day at once.
final class OptionRunner {
  let plan: Plan
  let option: OptionPlan
  private var core: AdapterCore
  private let lineIDs: [LineID]
  private let keepRates: [Double]
  private let usages: [Usage]
  private let keepKeys: [RandomKey]
  private var stream = RandomStream()
  private let monthOfDay: [Int]
  private let meters: [Meter]

  /// What one path came to. Reused from path to path.
  struct Outcome {
    /// Nano-units of usage cost by month.
    var months: [Int64]
    /// Nano-units by day.
    var days: [Int64]
    /// By month then meter of ``OptionRunner/meterList``.
    var meterUnits: [Int64]
    var meterCosts: [Int64]
    /// By line: offered, refused, sampled.
    var offered: [Int64]
    var refused: [Int64]
    var sampled: [Int64]
    /// Nano-units by line.
    var lineCosts: [Int64]
    /// By line.
    var anonymised: Int64
    var darkDays: Int64
    /// By budget: the first breach as a day of the period, -1 for none; the overshoot in nano-units
    /// of the window that passed its limit most; the largest offered spend of a window, with fees.
    var firstBreach: [Int32]
    var overshoot: [Int64]
    var largestOffered: [Int64]
    /// By budget then month.
    var breachInMonth: [Bool]
    var overflowed: Bool
  }
  var outcome: Outcome

  var meterList: [Meter] { meters }

  init(plan: Plan, option: OptionPlan) throws(FindingsError) {
    self.plan = plan
    self.option = option
    let calculator = CostCalculator(book: option.book, addOns: option.addOns)
    var tables: [Meter: RateTable] = [:]
    for meter in Meter.allCases { tables[meter] = calculator.table(for: meter) }
    let rules = try Rules(
      plan: option.governance, tables: tables, billingAnchorDay: plan.billingDay)
    core = AdapterCore(
      rules: rules, start: Timestamp(startOf: plan.period.start), opening: plan.opening)
    var ids: [LineID] = []
    var rates: [Double] = []
    for line in option.lines {
      let entry = Line(
        attribution: line.attribution, eventClass: line.eventClass, isCritical: line.isCritical)
      ids.append(core.register(entry))
      rates.append(line.usage[.events] > 0 ? rules.samplingRate(for: entry) : 1)
    }
    lineIDs = ids
    keepRates = rates
    usages = option.lines.map(\.usage)
    let source = RandomSource(seed: plan.scenario.seed)
    keepKeys = option.lines.map {
      source.stream(plan.streams[$0.stream].name + "/" + $0.eventClass, purpose: "kept users")
    }
    let months = plan.period.months
    monthOfDay = months.enumerated().flatMap { index, month in
      [Int](repeating: index, count: month.dayCount)
    }
    let used = Set(option.lines.flatMap { line in Meter.allCases.filter { line.usage[$0] > 0 } })
    meters = Meter.allCases.filter(used.contains)
    let budgets = option.governance.budgets.count
    let lines = option.lines.count
    outcome = Outcome(
      months: .init(repeating: 0, count: months.count),
      days: .init(repeating: 0, count: plan.period.dayCount),
      meterUnits: .init(repeating: 0, count: months.count * meters.count),
      meterCosts: .init(repeating: 0, count: months.count * meters.count),
      offered: .init(repeating: 0, count: lines), refused: .init(repeating: 0, count: lines),
      sampled: .init(repeating: 0, count: lines), lineCosts: .init(repeating: 0, count: lines),
      anonymised: 0, darkDays: 0, firstBreach: .init(repeating: -1, count: budgets),
      overshoot: .init(repeating: 0, count: budgets),
      largestOffered: .init(repeating: 0, count: budgets),
      breachInMonth: .init(repeating: false, count: budgets * months.count), overflowed: false)
  }

  /// How a line's count follows from its stream's units, on one path. Plain numbers, because the
  /// day loop reads them hundreds of millions of times.
  private struct Portion {
    /// Where the stream's days begin in ``FuturePath/units``.
    var first = 0
    var half = Half.whole
    /// Cumulative shares of the parts before this one and up to it.
    var low = 0.0
    var high = 1.0
    var scale = 1.0
    var wasIdentified = false

    enum Half { case whole, identified, anonymous }

    /// The parts of a stream sum to its units: cumulative shares are rounded, not the parts.
    func count(_ units: Int64, _ identified: Int64) -> Int64 {
      var count = units
      if half != .whole {
        let part = Double(half == .identified ? identified : units - identified)
        count = Int64((part * high).rounded()) - Int64((part * low).rounded())
      }
      return scale == 1 ? count : Int64((Double(count) * scale).rounded())
    }
  }

  private func portions(_ future: FuturePath) -> [Portion] {
    option.lines.map { line in
      let law = plan.streams[line.stream]
      var portion = Portion(first: line.stream * future.dayCount)
      portion.wasIdentified = line.wasIdentified
      if let part = line.part, let isIdentified = line.identified {
        portion.half = isIdentified || line.wasIdentified ? .identified : .anonymous
        portion.low = cumulativeShare(law, part, future)
        portion.high = cumulativeShare(law, part + 1, future)
      }
      portion.scale = line.scale
      if let interval = line.pollInterval { portion.scale *= law.pollInterval / interval }
      return portion
    }
  }

  /// The share of the parts before `part`; 1 for all of them.
  private func cumulativeShare(_ law: PlanStream, _ part: Int, _ future: FuturePath) -> Double {
    if part > law.mix.count { return 1 }
    var sum = 0.0
    for index in 0..<part { sum += max(0, future.values[law.mix[index].share]) }
    return min(1, sum)
  }

  /// Walks one future.
  func run(_ future: FuturePath, path: Int) {
    clear()
    var kept = keepRates
    for index in kept.indices where keepRates[index] < 1 {
      kept[index] = keptShare(index, future, path: path)
    }
    var unitsBefore = [Int64](repeating: 0, count: meters.count)
    var costsBefore = unitsBefore
    let portions = portions(future)
    // Read through locals: each access to another object's array is checked and counted.
    let units = future.units
    let identified = future.identified
    let usages = usages
    let ids = lineIDs
    let isExact = plan.scenario.grain == .exact
    let lineCount = portions.count
    for day in 0..<future.dayCount {
      let date = plan.period.start.advanced(by: day)
      let instant = Timestamp(startOf: date)
      var spent: Int64 = 0
      var refusedToday = false
      for index in 0..<lineCount {
        let portion = portions[index]
        let count = portion.count(
          units[portion.first + day], identified[portion.first + day])
        guard count > 0 else { continue }
        let result =
          isExact
          ? admitSingly(index, count: count, on: date, at: instant)
          : core.admit(
            usages[index], line: ids[index], count: count,
            kept: kept[index] < 1 ? Int64((Double(count) * kept[index]).rounded()) : count,
            eventDay: date, at: instant)
        spent += result.costNanos
        if result.refused > 0 { refusedToday = true }
        if portion.wasIdentified { outcome.anonymised += result.sent }
      }
      outcome.days[day] = spent
      if refusedToday { outcome.darkDays += 1 }
      let month = monthOfDay[day]
      outcome.months[month] += spent
      if day + 1 == future.dayCount || monthOfDay[day + 1] != month {
        for (slot, meter) in meters.enumerated() {
          let total = core.total(of: meter)
          outcome.meterUnits[month * meters.count + slot] = total.units - unitsBefore[slot]
          outcome.meterCosts[month * meters.count + slot] = total.cost - costsBefore[slot]
          unitsBefore[slot] = total.units
          costsBefore[slot] = total.cost
        }
      }
    }
    readTallies()
    readBudgets()
    outcome.overflowed = core.overflowed
  }

  /// The items of a bin one by one, in order: what production does. Item `i` belongs to user
  /// `i mod users`, and sampling hashes that user as the adapter does.
  private func admitSingly(
    _ index: Int, count: Int64, on date: CalendarDay, at instant: Timestamp
  ) -> AdmittedItems {
    var sum = AdmittedItems()
    let line = option.lines[index]
    let users = max(1, count / 2)
    let owner = plan.streams[line.stream].name
    for item in 0..<count {
      let survives =
        keepRates[index] >= 1
        || SamplingHash.survives(distinctID: "\(owner)/\(item % users)", rate: keepRates[index])
      sum.add(
        core.admit(
          line.usage, line: lineIDs[index], count: 1, kept: survives ? 1 : 0, eventDay: date,
          at: instant))
    }
    return sum
  }

  private func clear() {
    core.reset()
    for index in outcome.months.indices { outcome.months[index] = 0 }
    for index in outcome.offered.indices {
      outcome.offered[index] = 0
      outcome.refused[index] = 0
      outcome.sampled[index] = 0
      outcome.lineCosts[index] = 0
    }
    for index in outcome.firstBreach.indices {
      outcome.firstBreach[index] = -1
      outcome.overshoot[index] = 0
      outcome.largestOffered[index] = 0
    }
    for index in outcome.breachInMonth.indices { outcome.breachInMonth[index] = false }
    outcome.anonymised = 0
    outcome.darkDays = 0
  }

  /// The part of this line's users that sampling keeps on this path: a binomial draw of users, as
  /// hashing the distinct id would give. The users are the monthly events over PostHog's middle
  /// figure of 40 events per user and month.
  private func keptShare(_ index: Int, _ future: FuturePath, path: Int) -> Double {
    let line = option.lines[index]
    let first = line.stream * future.dayCount
    let days = min(30, future.dayCount)
    let events = future.units[first..<(first + days)].reduce(0, +)
    let users = max(1, events / 40)
    stream.seek(keepKeys[index], path: path)
    return Double(stream.binomial(n: users, p: keepRates[index])) / Double(users)
  }

  /// What became of each line. Lines that the core does not tell apart (parts of one class and
  /// owner) share a tally, so it is read once, for the first of them.
  private func readTallies() {
    var seen: Set<LineID> = []
    for index in lineIDs.indices {
      let isFirst = seen.insert(lineIDs[index]).inserted
      let tally = core.tally(of: lineIDs[index])
      outcome.offered[index] = isFirst ? tally.offered : 0
      outcome.refused[index] = isFirst ? tally.refused : 0
      outcome.sampled[index] = isFirst ? tally.sampled : 0
      outcome.lineCosts[index] = isFirst ? tally.cost : 0
    }
  }

  private func readBudgets() {
    let budgets = option.governance.budgets
    let windows = core.closedWindows + budgets.indices.map { core.window(of: $0) }
    for window in windows {
      let budget = budgets[window.budget]
      let offered = window.offered.nanos + budget.committed.nanos
      outcome.largestOffered[window.budget] = max(outcome.largestOffered[window.budget], offered)
      outcome.overshoot[window.budget] = max(
        outcome.overshoot[window.budget], offered - budget.limit.nanos)
      guard let breach = window.breach else { continue }
      let day = max(0, plan.period.start.distance(to: breach.day))
      let month = monthOfDay[min(day, monthOfDay.count - 1)]
      outcome.breachInMonth[window.budget * plan.period.months.count + month] = true
      let first = outcome.firstBreach[window.budget]
      if first < 0 || Int32(day) < first { outcome.firstBreach[window.budget] = Int32(day) }
    }
  }
}
