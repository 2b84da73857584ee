import Dispatch
import Foundation
import GenOpsAdmission
import GenOpsCosting
import GenOpsForecasting
import GenOpsNumerics
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import Synchronization

/// A year of futures, priced: paths × 365 days × 4 meters of geometric Brownian growth with a weekly
/// season, through `AdapterCore`'s bulk grain with a daily and a monthly budget, then the quantiles of
/// the months. The same work as `peers/year_numpy.py`, which draws and prices the same distributions.
func benchmarkYear(paths: Int, threads: Int) throws {
  let year = try Year()
  let (cpu, wall) = (cpuSeconds(), wallSeconds())
  let result = year.run(paths: paths, threads: threads)
  let (walked, walkedWall) = (cpuSeconds() - cpu, wallSeconds() - wall)
  let quantiles = year.quantiles(result)
  let (allCPU, allWall) = (cpuSeconds() - cpu, wallSeconds() - wall)
  let each = allCPU / Double(paths * 365 * 4) * 1e9
  print(
    "genops P=\(paths) T=\(threads): cpu \(text(allCPU, 3)) s wall \(text(allWall, 3)) s  "
      + "\(text(each, 2)) ns each; walk \(text(walked, 3)) s (wall \(text(walkedWall, 3))), "
      + "quantiles \(text(allCPU - walked, 3)) s; p50 Dec \(text(quantiles.p50)) "
      + "p95 \(text(quantiles.p95)) bp Dec \(text(quantiles.breach, 4)) days "
      + "\(text(quantiles.days, 3)); peak \(peakMegabytes()) MB")
}

/// Where the time of one path goes, in ns per meter-day.
func benchmarkYearParts() throws {
  let year = try Year()
  let paths = 4_000
  func each(_ seconds: Double) -> String { text(seconds / Double(paths * 365 * 4) * 1e9, 2) }
  let draws = medianCPU { year.drawOnly(paths: paths) }
  let all = medianCPU { _ = year.run(paths: paths, threads: 1) }
  print("  of these, drawing usage: \(each(draws)) ns, admitting it: \(each(all - draws)) ns")
}

private struct Columns: Sendable {
  /// Nano-units by path then month.
  var months: [Int64] = []
  var breached: [Bool] = []
  var daysOver = 0
}

private struct Year: Sendable {
  let start = CalendarDay(number: 20_454)  // 2026-01-01
  let generators: [PathGenerator]
  let rules: Rules
  let monthOfDay: [Int]
  let usages = [
    Usage(.events), Usage(.identifiedEvents), Usage(.featureFlagRequests),
    Usage(.sessionRecordings),
  ]

  init() throws {
    let season = [1.08, 1.12, 1.10, 1.09, 1.05, 0.78, 0.78]
    let distributions: [(level: Double, mu: Double, sigma: Double)] = [
      (90_000, 0.0015, 0.05), (30_000, 0.0012, 0.06), (150_000, 0.0020, 0.07), (900, 0.0010, 0.08),
    ]
    let source = RandomSource(seed: 1)
    generators = distributions.enumerated().map { index, distribution in
      let growth = GeometricBrownianGrowth(
        driftPerMonth: .constant(expm1(distribution.mu * 30.4375)),
        volatility: .constant(distribution.sigma * 365.25.squareRoot()))
      return PathGenerator(
        StreamModel(
          name: "meter \(index)", level: distribution.level,
          profile: (0..<365).map { season[$0 % 7] },
          growth: growth), source: source)
    }
    rules = try Rules(
      plan: GovernancePlan(budgets: [
        Budget(name: "day", limit: Money(units: 70), period: .day, alertPercents: []),
        Budget(name: "month", limit: Money(units: 1_500), period: .month, alertPercents: []),
      ]), calculator: CostCalculator())
    let first = start.month
    let start = start
    monthOfDay = (0..<365).map { first.distance(to: start.advanced(by: $0).month) }
  }

  func drawOnly(paths: Int) {
    var random = RandomGenerator()
    var units = [Double](repeating: 0, count: 365)
    for path in 0..<paths {
      for generator in generators {
        units.withUnsafeMutableBufferPointer {
          generator.sample(path: path, into: $0, using: &random)
        }
      }
    }
    keep(Int64(units[364]))
  }

  func run(paths: Int, threads: Int) -> Columns {
    let parts = Mutex([Int: Columns]())
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      let from = paths * thread / threads
      let columns = walk(from..<(paths * (thread + 1) / threads))
      parts.withLock { $0[thread] = columns }
    }
    return parts.withLock { parts in
      var all = parts[0] ?? Columns()
      for thread in 1..<max(1, threads) where threads > 1 {
        guard let part = parts[thread] else { continue }
        all.months += part.months
        all.breached += part.breached
        all.daysOver += part.daysOver
      }
      return all
    }
  }

  private func walk(_ paths: Range<Int>) -> Columns {
    var core = AdapterCore(rules: rules, start: Timestamp(startOf: start))
    var offers = usages.enumerated().map { position, usage in
      Offer(
        core.register(
          usage, usageClass: core.register(UsageClass(eventClass: "class \(position)"))),
        count: 0)
    }
    var random = RandomGenerator()
    var units = [Double](repeating: 0, count: 4 * 365)
    var columns = Columns()
    columns.months.reserveCapacity(paths.count * 12)
    columns.breached.reserveCapacity(paths.count * 12)
    for path in paths {
      for (meter, generator) in generators.enumerated() {
        units.withUnsafeMutableBufferPointer {
          generator.sample(
            path: path,
            into: UnsafeMutableBufferPointer(rebasing: $0[(meter * 365)..<(meter * 365 + 365)]),
            using: &random)
        }
      }
      core.reset()
      var before: Int64 = 0
      for day in 0..<365 {
        let today = start.advanced(by: day)
        offers.withUnsafeMutableBufferPointer { offers in
          units.withUnsafeBufferPointer { units in
            for meter in 0..<4 {
              let count = Int64(units[meter * 365 + day])
              offers[meter].count = count
              offers[meter].kept = count
            }
          }
          core.admit(
            UnsafeBufferPointer(offers), eventDay: today, at: Timestamp(startOf: today))
        }
        if day == 364 || monthOfDay[day + 1] != monthOfDay[day] {
          let total = core.totalCost.nanos
          columns.months.append(total - before)
          columns.breached.append(core.window(of: 1).breach != nil)
          before = total
        }
      }
      for window in core.closedWindows where window.budget == 0 && window.breach != nil {
        columns.daysOver += 1
      }
    }
    return columns
  }

  func quantiles(_ columns: Columns) -> (p50: Double, p95: Double, breach: Double, days: Double) {
    let count = columns.months.count / 12
    var last: [Double] = []
    for month in 0..<12 {
      let sample = (0..<count).map { columns.months[$0 * 12 + month] }
      last = Statistics.quantiles(of: sample, at: [0.05, 0.25, 0.5, 0.75, 0.95, 0.99])
    }
    let breached = (0..<count).count { columns.breached[$0 * 12 + 11] }
    return (
      last[2] / 1e9, last[4] / 1e9, Double(breached) / Double(count),
      Double(columns.daysOver) / Double(count)
    )
  }
}

private func peakMegabytes() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss / 1024
}
