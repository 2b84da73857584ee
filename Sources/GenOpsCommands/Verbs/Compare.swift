import ArgumentParser
import Foundation
import GenOpsUnits

struct Compare: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Hold scenarios and their options against each other on the same futures.",
    discussion: """
      Every scenario meets the same futures, so a difference is taken future by future: its range is that of the
      difference, not of two forecasts, and so is the chance that one is cheaper.

      Examples:
        genops compare scenarios/posthog-budget.yaml
        genops compare budget.yaml cautious.yaml
        genops compare budget.yaml --what-if growth.events='1% to 3% per month'
        genops compare budget.yaml --against 'slow polling' --format html > options.html
      """)

  @Argument(help: "Scenario files; the first decides on seed and futures.")
  var scenarios: [String]
  @Option(
    help: ArgumentHelp(
      "The first scenario once more with another value in this place. May be repeated.",
      valueName: "place=value"))
  var whatIf: [String] = []
  @Option(help: "The choice that the others are held against; by itself the first scenario as is.")
  var against: String?
  @OptionGroup var format: FormatOption
  @Option(help: "Another seed than the first scenario's.") var seed: UInt64?
  @Option(help: "How many futures, 1 to 1,000,000.") var paths: Int?
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
      return await CompareCommand.run(
        .init(
          scenarios: scenarios, whatIf: whatIf, against: against, format: format.format, seed: seed,
          paths: paths, jobs: jobs, settings: settings.set),
        options, onProgress: progress.report)
    }
  }
}
