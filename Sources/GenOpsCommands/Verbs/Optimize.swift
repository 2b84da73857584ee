import ArgumentParser
import Foundation
import GenOpsSimulation

struct Optimize: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find the policy that costs least, or loses least, under conditions.",
    discussion: """
      Tries the combinations of what the scenario's optimize: lets it choose (sampling rates, polling, limits,
      …) on the same futures, and plays the best of them on fresh ones: the best policy as a line for options:,
      what it is better by than the runner-up, the front of cost against loss, and when the budget breaks with
      and without it. Without optimize: it decides what usually costs most.

      Examples:
        genops optimize budget.yaml
        genops optimize budget.yaml --objective 'cost and lost data'
        genops optimize budget.yaml --subject-to 'lost.critical == 0' --subject-to 'cost.p90 <= 60k USD'
        genops optimize budget.yaml --format html > policy.html

      Objectives: cost, cost.p90 (any quantile), cost and lost data, npv, lost data.
      """)

  @Argument(help: "The scenario file.") var scenario: String
  @Option(help: "What to make small, or of npv large, in place of the scenario's.")
  var objective: String?
  @Option(
    help: ArgumentHelp(
      "What has to hold, as under expect:, in place of the scenario's. May be repeated.",
      valueName: "condition"))
  var subjectTo: [String] = []
  @OptionGroup var format: TestFormatOption
  @Option(help: "Another seed than the scenario's.") var seed: UInt64?
  @Option(help: "How many fresh futures, 1 to 1,000,000.") var paths: Int?
  @Option(help: "Threads; the result is the same for any number.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount
  @Flag(help: "No progress on stderr.") var quiet = false
  @OptionGroup var settings: SettingsOption
  @OptionGroup var look: ColorOption

  func validate() throws {
    if let paths, !(1...1_000_000).contains(paths) {
      throw ValidationError("--paths is a whole number from 1 to 1,000,000")
    }
    if jobs < 1 { throw ValidationError("--jobs is at least 1") }
  }

  func run() async throws {
    try await look.deliver { options in
      let progress = ProgressLine(isQuiet: quiet)
      defer { progress.end() }
      return await OptimizeCommand.run(
        .init(
          scenario: scenario, objective: objective, conditions: subjectTo, format: format.format,
          seed: seed, paths: paths, jobs: jobs, settings: settings.set),
        options, onProgress: progress.report)
    }
  }
}
