import ArgumentParser
import Foundation

struct SweepVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Run many variants of a scenario, and tell them in one table.",
    discussion: """
      Each --vary names a place of the scenario, as --set does, and its values: every combination runs. With
      --samples the values may be ranges, and so many scenarios are drawn as a Latin hypercube: each range is cut in
      so many equal parts, and each part is met once. All scenarios meet the same futures.

      Examples:
        genops sweep budget.yaml --vary growth.events='1%,2%,3% per month'
        genops sweep budget.yaml --vary growth.events='1%,3% per month' --vary volatility=0.1,0.2 --format csv
        genops sweep budget.yaml --vary growth.events='1% to 5% per month' --samples 20
        genops sweep budget.yaml --vary mode=advisory,strict --paths 2000 --resume sweep.jsonl
        genops sweep budget.yaml --vary growth.events='1% to 5% per month' --samples 500 --engine spark

      With --resume each scenario is remembered in that file when it has run. The same command goes on where it was
      ended; what the program, the scenario or a file has changed is run again.
      """)

  @Argument(help: "The scenario file.") var scenario: String
  @Option(
    help: ArgumentHelp(
      "A place of the scenario and its values. May be repeated.", valueName: "place=values"))
  var vary: [String] = []
  @Option(help: "How many scenarios to draw, 1 to 10,000, in place of every combination.")
  var samples: Int?
  @OptionGroup var format: FormatOption
  @Option(help: "A file that remembers what has run.") var resume: String?
  @Option(help: "Another seed than the scenario's.") var seed: UInt64?
  @Option(help: "How many futures, 1 to 1,000,000.") var paths: Int?
  @Option(help: "Threads; the result is the same for any number.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount
  @Flag(help: "No progress on stderr.") var quiet = false
  @OptionGroup var engine: EngineOption
  @OptionGroup var settings: SettingsOption
  @OptionGroup var look: ColorOption

  func validate() throws {
    if vary.isEmpty {
      throw ValidationError("say what varies: --vary growth.events='1%,2%,3% per month'")
    }
    if let paths, !(1...1_000_000).contains(paths) {
      throw ValidationError("--paths is a whole number from 1 to 1,000,000")
    }
    if jobs < 1 { throw ValidationError("--jobs is at least 1") }
  }

  func run() async throws {
    try await look.deliver { options in
      let progress = ProgressLine(isQuiet: quiet)
      defer { progress.end() }
      return await SweepCommand.run(
        .init(
          scenario: scenario, axes: vary, samples: samples, format: format.format, seed: seed,
          paths: paths, jobs: jobs, journal: resume, settings: settings.set,
          engine: engine.request(parts: 1)),
        options, onProgress: progress.report)
    }
  }
}
