package import GenOpsScenario
package import GenOpsUnits

/// Runs the scenarios of a design, several at once; which ones run beside each other changes nothing.
package struct Sweep: Sendable {
  package let path: String
  /// The settings of the design come behind these.
  package let overrides: ScenarioReader.Overrides
  package let design: SweepDesign

  /// What came of it.
  package struct Result: Sendable {
    package var design: SweepDesign
    /// In the order of the design.
    package var rows: [SweepRow]
    /// Scenarios that had run before.
    package var known: Int
    /// Of the first scenario.
    package var findings: Findings
  }

  package init(path: String, overrides: ScenarioReader.Overrides, design: SweepDesign) {
    self.path = path
    self.overrides = overrides
    self.design = design
  }

  /// The overrides of a scenario.
  package func pointOverrides(_ point: Int) -> ScenarioReader.Overrides {
    var all = overrides
    all.settings += design.settings(point)
    return all
  }

  /// The plan of a scenario.
  func plan(_ point: Int) throws(FindingsError) -> Plan {
    try ScenarioRun.plan(path: path, overrides: pointOverrides(point))
  }

  /// Runs all that `journal` does not know, on `jobs` threads. `onProgress` gets a number from 0 to 1.
  ///
  /// - Throws: What is wrong with the first scenario that cannot be run. What has run before is in the journal.
  package func run(
    jobs: Int, journal: SweepJournal?, onProgress: @escaping @Sendable (Double) -> Void
  ) async throws(FindingsError) -> Result {
    let count = design.points.count
    let workers = max(1, min(jobs, count))
    let threads = max(1, jobs / workers)
    let next = Counter()
    let done = Counter()
    typealias Part = (point: Int, outcome: Swift.Result<Outcome, FindingsError>)
    let parts = await withTaskGroup(of: [Part].self) { group in
      for _ in 0..<workers {
        group.addTask {
          var parts: [Part] = []
          while !Task.isCancelled {
            let point = next.increment() - 1
            guard point < count else { break }
            do throws(FindingsError) {
              parts.append((point, .success(try await outcome(point, threads, journal))))
            } catch {
              parts.append((point, .failure(error)))
              // The others end what they have begun.
              next.skip(to: count)
            }
            onProgress(Double(done.increment()) / Double(count))
          }
          return parts
        }
      }
      var all: [Part] = []
      for await parts in group { all += parts }
      return all.sorted { $0.point < $1.point }
    }
    var result = Result(design: design, rows: [], known: 0, findings: Findings())
    for part in parts {
      let outcome = try part.outcome.get()
      if part.point == 0 { result.findings = outcome.findings }
      result.rows.append(outcome.row)
      if outcome.wasKnown { result.known += 1 }
    }
    guard result.rows.count == count else {
      throw FindingsError("cancelled", "the sweep was cancelled")
    }
    return result
  }

  private struct Outcome: Sendable {
    var row: SweepRow
    var wasKnown: Bool
    var findings: Findings
  }

  private func outcome(_ point: Int, _ threads: Int, _ journal: SweepJournal?)
    async throws(FindingsError) -> Outcome
  {
    let plan = try plan(point)
    if let row = journal?.row(ShardSource(plan)) {
      return Outcome(row: row, wasKnown: true, findings: plan.findings)
    }
    let run = try await ScenarioRun.run(plan, jobs: threads)
    let row = SweepRow(run, values: design.points[point])
    try journal?.add(row)
    return Outcome(row: row, wasKnown: false, findings: plan.findings)
  }
}
