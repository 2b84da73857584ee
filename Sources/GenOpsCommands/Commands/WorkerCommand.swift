import Foundation
package import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// `genops worker`.
package enum WorkerCommand {
  package struct Simulate: Sendable {
    package var path: String
    package var overrides: ScenarioReader.Overrides
    /// Which part, from 0, and of how many; nil where ``futures`` says it.
    package var shard: Int?
    package var of: Int?
    /// What `JOB_COMPLETION_INDEX` holds: the part where ``shard`` is nil.
    package var environmentIndex: String?
    /// `0-639`.
    package var futures: String?
    /// A folder; nil writes to stdout.
    package var out: String?
  }

  /// Walks one part and writes it.
  package static func simulate(_ request: Simulate, _ options: OutputOptions) -> CommandOutput {
    do throws(FindingsError) {
      let part = try part(request)
      let given = try request.futures.map { text throws(FindingsError) in try futures(text) }
      let plan = try ScenarioRun.plan(path: request.path, overrides: request.overrides)
      let paths = part?.range(of: plan.scenario.paths) ?? given ?? 0..<plan.scenario.paths
      try check(paths, of: plan.scenario.paths)
      let writer = try ShardOutput(request.out, part: part, paths: paths)
      do throws(FindingsError) {
        try ShardWalk(plan).run(paths, part: part, write: writer.write)
        try writer.finish()
      } catch {
        writer.discard()
        throw error
      }
      return CommandOutput()
    } catch { return CommandOutput(error.findings, color: options.errorColor) }
  }

  /// Walks each part that a line of stdin names, and writes it to stdout.
  package static func simulateJobs(_ options: OutputOptions) -> CommandOutput {
    do throws(FindingsError) {
      let writer = try ShardOutput(nil, part: nil, paths: 0..<0)
      var last: (job: WorkerJob, walk: ShardWalk)?
      var number = 0
      while let line = readLine() {
        number += 1
        guard line.utf8.contains(where: { $0 > 0x20 }) else { continue }
        let job = try WorkerJob(line, at: SourceLocation(file: "stdin", line: number, column: 1))
        // Parts of one scenario follow each other, and a plan is worth more than its walk where these are short.
        let walk: ShardWalk
        if let known = last, known.job.isOfSameRun(as: job) {
          walk = known.walk
        } else {
          walk = try ShardWalk(ScenarioRun.plan(path: job.scenario, overrides: job.overrides))
          last = (job, walk)
        }
        try check(job.paths, of: walk.source.paths)
        try walk.run(job.paths, write: writer.write)
      }
      try writer.finish()
      return CommandOutput()
    } catch { return CommandOutput(error.findings, color: options.errorColor) }
  }

  private static func part(_ request: Simulate) throws(FindingsError) -> ShardPart? {
    guard let count = request.of else { return nil }
    guard let index = request.shard ?? request.environmentIndex.flatMap({ Int($0) }) else {
      throw FindingsError(
        "not-a-shard",
        request.environmentIndex.map { "JOB_COMPLETION_INDEX is '\($0)', which is not a number" }
          ?? "--of \(count) does not say which part",
        help: "add --shard 0, or run it as an Indexed Job, which sets JOB_COMPLETION_INDEX")
    }
    guard let part = ShardPart(index, of: count) else {
      throw FindingsError(
        "not-a-shard", "there is no part \(index) of \(count)",
        help: count > 0 && count <= 1_000_000
          ? "parts are numbered from 0 to \(count - 1)" : "--of is 1 to 1,000,000")
    }
    return part
  }

  private static func futures(_ text: String) throws(FindingsError) -> Range<Int> {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard ends.count == 2, let first = ends[0], let last = ends[1], first <= last, last < 1_000_000
    else {
      throw FindingsError(
        "not-a-shard", "--futures '\(text)' is not a range of futures",
        help: "write the first and the last: --futures 0-639")
    }
    return first..<last + 1
  }

  private static func check(_ paths: Range<Int>, of all: Int) throws(FindingsError) {
    guard paths.upperBound > all else { return }
    throw FindingsError(
      "not-a-shard",
      "the run has \(all) futures, so there is none with the number \(paths.upperBound - 1)",
      help: "they are numbered from 0 to \(all - 1)")
  }
}
