package import GenOpsScenario
package import GenOpsUnits

extension Sweep {
  /// The scenarios of a sweep that have not run yet, and what is known of the others.
  package struct Waiting: Sendable {
    /// A plan stands here once, with its first place in the design.
    package var plans: [(point: Int, plan: Plan)]
    /// By place in the design.
    var digests: [String]
    var known: [Int: SweepRow]
    /// Of the first scenario.
    var findings: Findings
  }

  /// Plans all scenarios, and asks `journal` which of them have run.
  package func waiting(for journal: SweepJournal?) throws(FindingsError) -> Waiting {
    var waiting = Waiting(plans: [], digests: [], known: [:], findings: Findings())
    for point in design.points.indices {
      let plan = try plan(point)
      if point == 0 { waiting.findings = plan.findings }
      let source = ShardSource(plan)
      if let row = journal?.row(source) {
        waiting.known[point] = row
      } else if !waiting.digests.contains(source.plan) {
        waiting.plans.append((point, plan))
      }
      waiting.digests.append(source.plan)
    }
    return waiting
  }

  /// The sweep whose waiting scenarios were walked in `shards`: the same as of ``run(jobs:journal:onProgress:)``.
  ///
  /// - Throws: Where the shards are not all of them, each once, and none of another plan. Then nothing is remembered.
  package func merged(_ waiting: Waiting, _ shards: [Shard], journal: SweepJournal?)
    throws(FindingsError) -> Result
  {
    var byPlan = Dictionary(grouping: shards, by: \.source.plan)
    var rows: [String: SweepRow] = [:]
    for (point, plan) in waiting.plans {
      let own = byPlan.removeValue(forKey: waiting.digests[point]) ?? []
      let run = try ScenarioRun.merged(plan, own)
      rows[waiting.digests[point]] = SweepRow(run, values: design.points[point])
    }
    if let other = byPlan.values.first?.first {
      throw FindingsError(
        "shard-mismatch", "this shard is of another scenario",
        help: "give workers and merge the same program, scenario, files and settings",
        at: other.location)
    }
    for (point, _) in waiting.plans {
      if let row = rows[waiting.digests[point]] { try journal?.add(row) }
    }
    return Result(
      design: design,
      rows: design.points.indices.compactMap {
        waiting.known[$0] ?? rows[waiting.digests[$0]]
      }, known: waiting.known.count, findings: waiting.findings)
  }
}
