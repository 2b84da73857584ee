package import GenOpsScenario
package import GenOpsUnits

/// Walks all futures through all options, on several threads, with the same result for any number
/// of them: a path depends on its number only, and everything is summed as integers or kept by path.
package struct Simulation: Sendable {
  package let plan: Plan
  package let paths: Int
  /// By option; the first is "as is".
  package let tables: [PathTable]
  /// The values of the plan's draws, by path.
  package let values: PathColumn<Double>
  /// Whether a day's usage was cut at the most that is counted.
  package let wasCut: Bool
  /// What each fault costs, and what the options leave of it; none where it was not studied.
  package let faults: [FaultResult]

  /// The first paths of "as is" and of each option that rests on an assumption, with everything that is
  /// assumed at its lower end: what is shown without it. Empty where no option does.
  let shown: [Int: PathTable]

  /// What recorded events came to, by option; nil where days are walked.
  let recorded: [RecordedOutcome?]

  init(
    _ plan: Plan, _ block: PathBlock, shown: [Int: PathTable], recorded: [RecordedOutcome?]
  ) {
    self.shown = shown
    self.recorded = recorded
    self.plan = plan
    paths = plan.scenario.paths
    tables = block.tables
    values = block.values
    wasCut = block.wasCut
    faults =
      block.faults.isEmpty
      ? [] : plan.faults.ids.map { FaultStudy.result(plan, $0, block.faults) }
  }

  /// Paths that one thread walks before it takes the next.
  static let blockSize = 64

  /// Runs the plan, and unless told otherwise walks the first paths once more without each fault, and with
  /// what is assumed at its lower end. With `atLow` all paths are walked with it there.
  /// `onProgress` gets a number from 0 to 1, from any thread, in no order.
  package static func run(
    _ plan: Plan, jobs: Int, studiesFaults: Bool = true, showsAssumed: Bool = true,
    atLow: Bool = false,
    onProgress: @escaping @Sendable (Double) -> Void
  ) async throws(FindingsError) -> Simulation {
    let paths = plan.scenario.paths
    // Made once here so that errors of the rules come before any thread starts, and so that recorded
    // events are walked once per option, not once per block of paths.
    let walked = try recorded(plan)
    let blocks = stride(from: 0, to: paths, by: blockSize).map {
      $0..<min(paths, $0 + blockSize)
    }
    let next = Counter()
    let done = Counter()
    typealias Part = (first: Int, block: Result<PathBlock, FindingsError>)
    let parts = await withTaskGroup(of: [Part].self) { group in
      for _ in 0..<max(1, min(jobs, blocks.count)) {
        group.addTask {
          var parts: [Part] = []
          do throws(FindingsError) {
            let worker = try PathWorker(
              plan, recorded: walked, studiesFaults: studiesFaults, atLow: atLow)
            while !Task.isCancelled {
              let number = next.increment() - 1
              guard number < blocks.count else { break }
              let block = Result { () throws(FindingsError) in try worker.walk(blocks[number]) }
              parts.append((blocks[number].lowerBound, block))
              onProgress(Double(done.increment()) / Double(blocks.count))
            }
          } catch {
            parts.append((0, .failure(error)))
          }
          return parts
        }
      }
      var all: [Part] = []
      for await parts in group { all += parts }
      return all.sorted { $0.first < $1.first }
    }
    var joined: PathBlock?
    for part in parts {
      let block = try part.block.get()
      if joined == nil { joined = block } else { joined?.append(block) }
    }
    guard let joined else { throw FindingsError("cancelled", "the run was cancelled") }
    return Simulation(
      plan, joined, shown: showsAssumed ? try shown(plan, walked) : [:], recorded: walked)
  }

  /// What recorded events come to, by option; nil where days are walked.
  static func recorded(_ plan: Plan) throws(FindingsError) -> [RecordedOutcome?] {
    var recorded: [RecordedOutcome?] = []
    for option in plan.options {
      recorded.append(try OptionRunner(plan: plan, option: option).recording)
    }
    return recorded
  }

  /// Enough for a mean beside a range that is a guess.
  private static let shownPaths = 200

  static func shown(
    _ plan: Plan, _ recorded: [RecordedOutcome?]
  ) throws(FindingsError) -> [Int: PathTable] {
    let assumed = plan.options.indices.dropFirst().filter { !plan.options[$0].assumptions.isEmpty }
    guard !assumed.isEmpty else { return [:] }
    let options = [0] + assumed
    let worker = try PathWorker(
      plan, recorded: recorded, studiesFaults: false, atLow: true, options: options)
    let tables = try worker.walk(0..<min(plan.scenario.paths, shownPaths)).tables
    return Dictionary(uniqueKeysWithValues: zip(options, tables))
  }
}
