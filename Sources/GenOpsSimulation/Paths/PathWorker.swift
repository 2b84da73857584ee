import GenOpsCosting
import GenOpsScenario
import GenOpsUnits

/// One thread's future with a runner for each option: makes the block of any range of paths.
struct PathWorker {
  let plan: Plan
  private let future: FuturePath
  private let runners: [OptionRunner]

  private let studiesFaults: Bool

  /// `recorded` is what recorded events came to, by option; `atLow` takes everything that is assumed
  /// at its lower end. Of `options` the first is "as is"; nil walks all.
  init(
    _ plan: Plan, recorded: [RecordedOutcome?], studiesFaults: Bool, atLow: Bool = false,
    options: [Int]? = nil
  ) throws(FindingsError) {
    self.plan = plan
    self.studiesFaults = studiesFaults && !plan.faults.isEmpty
    future = FuturePath(plan: plan, atLow: atLow)
    let counts = DayCounts(days: plan.period.dayCount)
    var runners: [OptionRunner] = []
    for option in options ?? Array(plan.options.indices) {
      runners.append(
        try OptionRunner(
          plan: plan, option: plan.options[option], recorded: recorded[option],
          counts: counts))
    }
    self.runners = runners
  }

  /// A block without paths.
  var emptyBlock: PathBlock {
    let slices = plan.slices
    return PathBlock(
      tables: runners.map {
        PathTable(
          $0.option, meters: $0.meters, streams: plan.streams.count,
          months: plan.period.months.count, days: future.dayCount, slices: slices)
      }, values: PathColumn([.draw: plan.draws.count]))
  }

  func walk(_ range: Range<Int>) throws(FindingsError) -> PathBlock {
    var block = emptyBlock
    for path in range {
      future.draw(path: path)
      block.values.append(future.values)
      block.wasCut = block.wasCut || future.wasCut
      for (index, runner) in runners.enumerated() {
        runner.run(future, path: path)
        if runner.outcome.overflowed { throw overflow }
        block.tables[index].append(
          runner.outcome, isBase: index == 0, keepsFan: path < PathTable.fanPaths)
      }
      if studiesFaults, path < FaultStudy.paths {
        block.faults.append(FaultStudy.samples(plan, future, path, runners))
      }
    }
    return block
  }

  private var overflow: FindingsError {
    FindingsError(
      "out-of-range",
      "the cost or usage of a future is beyond what money can count "
        + "(4.6 billion \(plan.scenario.book.currency))",
      help: "check the growth: 'genops plan' shows the levels")
  }
}
