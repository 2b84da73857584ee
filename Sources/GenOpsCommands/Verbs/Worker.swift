import ArgumentParser
import Foundation
import GenOpsScenario
import GenOpsSimulation

/// Parts of a run, for programs that run many of them on many machines.
struct Worker: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Do one part of a run, for an engine that has many machines.",
    subcommands: [Simulate.self])

  struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Walk some futures of a scenario; 'genops run --shards' puts them together.",
      discussion: """
        Writes lines of JSON: the futures in blocks, and a last line with their number, hash, version, seed and how
        this machine's mathematics answer. It opens no connection and writes nothing else. The exit status is 0
        where everything was written, else 2, and then what was written is not a shard.

        Examples:
          genops worker simulate budget.yaml --shard 0 --of 8 > shards/0.jsonl
          genops worker simulate budget.yaml --shard 0 --of 8 --out shards
          JOB_COMPLETION_INDEX=3 genops worker simulate budget.yaml --of 8 --out /shards
          genops worker simulate budget.yaml --futures 0-639
          genops worker simulate < jobs.jsonl
          genops run budget.yaml --shards shards

        Without a scenario each line of stdin is one part, and each is written as a shard of its own:
          {"scenario": "budget.yaml", "set": ["growth.events=3% per month"], "first": 0, "count": 640}
        """)

    @Argument(help: "The scenario file; without it, parts are read from stdin.")
    var scenario: String?
    @Option(
      help: "Which part, from 0; by itself what JOB_COMPLETION_INDEX says.") var shard: Int?
    @Option(help: "In how many parts the futures are cut, 1 to 1,000,000.") var of: Int?
    @Option(help: "The futures, in place of a part: 0-639.") var futures: String?
    @Option(help: "A folder for the part, as a file that appears when it is whole.")
    var out: String?
    @Option(help: "Another seed than the scenario's.") var seed: UInt64?
    @Option(help: "How many futures the whole run has, 1 to 1,000,000.") var paths: Int?
    @OptionGroup var settings: SettingsOption
    @OptionGroup var look: ColorOption

    func validate() throws {
      if let paths, !(1...1_000_000).contains(paths) {
        throw ValidationError("--paths is a whole number from 1 to 1,000,000")
      }
      if scenario == nil {
        if shard != nil || of != nil || futures != nil || out != nil || seed != nil
          || paths != nil || !settings.set.isEmpty
        {
          throw ValidationError("without a scenario the lines of stdin say what to do")
        }
      } else if (of == nil) == (futures == nil) {
        throw ValidationError("say which futures: --shard N --of M, or --futures 0-639")
      }
      if shard != nil, of == nil { throw ValidationError("--shard goes with --of") }
    }

    func run() throws {
      try look.deliver { options in
        guard let scenario else { return WorkerCommand.simulateJobs(options) }
        return WorkerCommand.simulate(
          .init(
            path: scenario,
            overrides: .init(seed: seed, paths: paths, settings: settings.set),
            shard: shard, of: of,
            environmentIndex: ProcessInfo.processInfo.environment["JOB_COMPLETION_INDEX"],
            futures: futures, out: out), options)
      }
    }
  }
}
