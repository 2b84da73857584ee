import Foundation
import GenOpsCosting
import GenOpsHistory
import GenOpsMetering
package import GenOpsScenario
package import GenOpsUnits
import Synchronization

/// Walks all futures through all options, on several threads, with the same result for any number
/// of them: a path depends on its number only, and everything is summed as integers or kept by
/// path.
package struct Simulation: Sendable {
  /// What one option came to over all paths, by path.
  package struct Columns: Sendable {
    /// Nano-units by path then month.
    var months: [Int64]
    /// Usage cost by path, nano-units.
    var total: [Int64]
    /// By path then month then meter; for "as is" only.
    var meterUnits: [Int64] = []
    var meterCosts: [Int64] = []
    /// Cumulative nano-units by path then day, of the first ``Simulation/fanPaths``; "as is" only.
    var fan: [Int64] = []
    /// Sums over paths by day of the period, nano-units. Whole numbers, so that the order in which
    /// chunks are added changes nothing; wide, because a sum over paths may pass `Int64`.
    var daySums: [Int128]
    /// Sums over paths by usage class.
    var offered: [Int64]
    var refused: [Int64]
    var sampled: [Int64]
    /// Sums over paths by month.
    var lost: [PathOutcome.MonthLoss]
    /// By path then usage class; "as is" only.
    var usageClassCosts: [Int64] = []
    var anonymised: Int64 = 0
    var darkDays: Int64 = 0
    /// Paths that came to a tier with an unknown price.
    var unknownTier: Int64 = 0
    /// By path then budget.
    var firstBreach: [Int32]
    var overshoot: [Int64]
    var largestOffered: [Int64]
    /// Paths with a breach, by budget then month.
    var breachInMonth: [Int64]
  }

  /// The fan needs a row per day; more paths than this change no pixel.
  static let fanPaths = 4_000

  package var paths: Int
  var columns: [Columns]
  /// Values of the plan's draws by path then draw.
  var values: [Double]
  var meterLists: [[Int]]
  var wasCut: Bool

  /// Runs the plan. `onProgress` gets a number from 0 to 1, from any thread, in no order.
  package static func run(
    _ plan: Plan, jobs: Int, onProgress: @escaping @Sendable (Double) -> Void
  ) async throws(FindingsError) -> Simulation {
    let paths = plan.scenario.paths
    let chunkSize = 64
    let chunks = (paths + chunkSize - 1) / chunkSize
    // Made once here so that errors of the rules come before any thread starts, and so that
    // recorded events are walked once per option, not once per chunk of paths.
    var recorded: [RecordedOutcome?] = []
    for option in plan.options {
      recorded.append(try OptionRunner(plan: plan, option: option).recording)
    }
    let walked = recorded
    let next = Counter()
    let done = Counter()
    let parts = await withTaskGroup(of: [(Int, Result<ChunkResult, FindingsError>)].self) { group in
      for _ in 0..<max(1, min(jobs, chunks)) {
        group.addTask {
          var results: [(Int, Result<ChunkResult, FindingsError>)] = []
          let worker = Worker(plan: plan, recorded: walked)
          while true {
            let chunk = next.increment() - 1
            if chunk >= chunks || Task.isCancelled { return results }
            let range = (chunk * chunkSize)..<min(paths, (chunk + 1) * chunkSize)
            results.append((chunk, worker.run(range)))
            onProgress(Double(done.increment()) / Double(chunks))
          }
        }
      }
      var all: [(Int, Result<ChunkResult, FindingsError>)] = []
      for await results in group { all += results }
      return all.sorted { $0.0 < $1.0 }
    }
    var simulation = Simulation(
      paths: paths, columns: [], values: [], meterLists: [], wasCut: false)
    for (_, part) in parts { simulation.append(try part.get()) }
    return simulation
  }

  private mutating func append(_ part: ChunkResult) {
    values += part.values
    wasCut = wasCut || part.wasCut
    guard !columns.isEmpty else {
      columns = part.columns
      meterLists = part.meterLists
      return
    }
    for index in columns.indices { columns[index].append(part.columns[index]) }
  }
}

/// Counts from 0, from any thread.
private final class Counter: Sendable {
  private let value = Mutex(0)

  /// The number after this one is counted.
  func increment() -> Int {
    value.withLock {
      $0 += 1
      return $0
    }
  }
}

/// The columns of a range of paths.
struct ChunkResult: Sendable {
  var columns: [Simulation.Columns]
  var values: [Double]
  var meterLists: [[Int]]
  var wasCut: Bool
}

extension Simulation.Columns {
  mutating func append(_ other: Simulation.Columns) {
    months += other.months
    total += other.total
    meterUnits += other.meterUnits
    meterCosts += other.meterCosts
    fan += other.fan
    usageClassCosts += other.usageClassCosts
    firstBreach += other.firstBreach
    overshoot += other.overshoot
    largestOffered += other.largestOffered
    anonymised += other.anonymised
    darkDays += other.darkDays
    unknownTier += other.unknownTier
    for index in daySums.indices { daySums[index] += other.daySums[index] }
    for index in offered.indices {
      offered[index] += other.offered[index]
      refused[index] += other.refused[index]
      sampled[index] += other.sampled[index]
    }
    for index in lost.indices { lost[index] += other.lost[index] }
    for index in breachInMonth.indices { breachInMonth[index] += other.breachInMonth[index] }
  }
}

/// One thread's future and runners.
private struct Worker {
  let plan: Plan
  /// By option: what recorded events came to.
  let recorded: [RecordedOutcome?]

  func run(_ range: Range<Int>) -> Result<ChunkResult, FindingsError> {
    do throws(FindingsError) { return .success(try walk(range)) } catch { return .failure(error) }
  }

  private func walk(_ range: Range<Int>) throws(FindingsError) -> ChunkResult {
    let future = FuturePath(plan: plan)
    var runners: [OptionRunner] = []
    for (option, recorded) in zip(plan.options, recorded) {
      runners.append(try OptionRunner(plan: plan, option: option, recorded: recorded))
    }
    var columns = runners.map { runner in
      Simulation.Columns(
        months: [], total: [], daySums: .init(repeating: 0, count: future.dayCount),
        offered: .init(repeating: 0, count: runner.option.usageClasses.count),
        refused: .init(repeating: 0, count: runner.option.usageClasses.count),
        sampled: .init(repeating: 0, count: runner.option.usageClasses.count),
        lost: .init(repeating: .init(), count: runner.outcome.lost.count), firstBreach: [],
        overshoot: [], largestOffered: [],
        breachInMonth: .init(repeating: 0, count: runner.outcome.breachInMonth.count))
    }
    var values: [Double] = []
    var wasCut = false
    for path in range {
      future.draw(path: path)
      values += future.values
      wasCut = wasCut || future.wasCut
      for (index, runner) in runners.enumerated() {
        runner.run(future, path: path)
        if runner.outcome.overflowed {
          throw FindingsError(
            "out-of-range",
            "the cost or usage of a future is beyond what money can count "
              + "(4.6 billion \(plan.scenario.book.currency))",
            help: "check the growth: 'genops plan' shows the levels")
        }
        columns[index].add(runner.outcome, isBase: index == 0, keepFan: path < Simulation.fanPaths)
      }
    }
    return ChunkResult(
      columns: columns, values: values,
      meterLists: runners.map { $0.meters.map(\.index) }, wasCut: wasCut)
  }
}

extension Simulation.Columns {
  fileprivate mutating func add(
    _ outcome: PathOutcome, isBase: Bool, keepFan: Bool
  ) {
    months += outcome.months
    total.append(outcome.months.reduce(0, +))
    var running: Int64 = 0
    for day in outcome.days.indices {
      running += outcome.days[day]
      daySums[day] += Int128(running)
      if isBase && keepFan { fan.append(running) }
    }
    if isBase {
      meterUnits += outcome.meterUnits
      meterCosts += outcome.meterCosts
      usageClassCosts += outcome.usageClassCosts
    }
    for index in offered.indices {
      offered[index] += outcome.offered[index]
      refused[index] += outcome.refused[index]
      sampled[index] += outcome.sampled[index]
    }
    for index in lost.indices { lost[index] += outcome.lost[index] }
    firstBreach += outcome.firstBreach
    overshoot += outcome.overshoot
    largestOffered += outcome.largestOffered
    anonymised += outcome.anonymised
    darkDays += outcome.darkDays
    if outcome.reachesUnknownTier { unknownTier += 1 }
    for (index, flag) in outcome.breachInMonth.enumerated() where flag { breachInMonth[index] += 1 }
  }
}
