import GenOpsScenario
import GenOpsUnits

extension Simulation {
  /// The simulation of `plan` whose futures were walked in `shards`: bit for bit the one that ``run(_:jobs:)`` gives.
  ///
  /// - Throws: Every reason not to put them together: another source, a future that is there twice or not at all.
  ///   Then nothing is.
  static func merged(_ plan: Plan, _ shards: [Shard]) throws(FindingsError) -> Simulation {
    try ShardCover(ShardSource(plan), shards).check()
    let recorded = try recorded(plan)
    let worker = try PathWorker(plan, recorded: recorded, studiesFaults: true)
    let empty = worker.emptyBlock
    var joined = empty
    for shard in shards.sorted(by: { $0.paths.lowerBound < $1.paths.lowerBound }) {
      for row in shard.rows {
        var block = empty
        guard block.unpack(row.paths, of: plan, from: row.bytes) else {
          throw FindingsError(
            "shard-truncated",
            "the futures from \(row.paths.lowerBound) on do not hold what the plan has",
            help: "run its worker again", at: shard.location)
        }
        joined.append(block)
      }
    }
    return Simulation(
      plan, joined, shown: try shown(plan, recorded), recorded: recorded)
  }
}
