import ArgumentParser
import Foundation
import GenOpsMetering
import GenOpsSimulation

struct Track: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Hold months against budget and forecast: what they landed at, and why.",
    discussion: """
      Reads a new export beside the scenario's history and says of each month its budget, what was said of
      it last, what it has cost and where it lands. The miss of a month that has ended is split into volume,
      mix, one-offs and price, to the nano-unit. What is said of the months ahead goes to the forecast
      ledger, NAME.forecasts.jsonl beside the scenario, and is judged when they have ended.

      Examples:
        genops track budget.yaml --usage november.csv
        genops track budget.yaml --usage november.csv --format html > november.html
        genops track budget.yaml --usage november.csv --fail-on 'landing.year > 60k USD'
        genops track budget.yaml --usage november.csv --fail-on 'miss(2026-11) > 10%'
        genops track budget.yaml --usage november.csv --ledger -

      --fail-on takes landing, miss, over_budget and coverage; landing and over_budget are of the year or, in
      brackets, of a month.
      """)

  @Argument(help: "The scenario file.") var scenario: String
  @Option(
    help: ArgumentHelp(
      "A new export of usage, as under history:. May be repeated.", valueName: "file"))
  var usage: [String]
  @Option(
    help: "The forecast ledger; by itself NAME.forecasts.jsonl beside the scenario. '-' keeps none."
  )
  var ledger: String?
  @Option(help: "The meter by which volume is measured; by itself events, else the dearest.")
  var volume: String?
  @OptionGroup var format: TestFormatOption
  @Option(help: "Exit with 1 when this holds: 'miss(2026-11) > 10%'. May be repeated.")
  var failOn: [String] = []
  @Option(help: "Another seed than the scenario's.") var seed: UInt64?
  @Option(help: "How many futures, 1 to 1,000,000.") var paths: Int?
  @Option(help: "Threads; the result is the same for any number.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount
  @Flag(help: "No progress on stderr.") var quiet = false
  @OptionGroup var settings: SettingsOption
  @OptionGroup var look: ColorOption

  func validate() throws {
    if usage.isEmpty { throw ValidationError("--usage names at least one export") }
    if let paths, !(1...1_000_000).contains(paths) {
      throw ValidationError("--paths is a whole number from 1 to 1,000,000")
    }
    if jobs < 1 { throw ValidationError("--jobs is at least 1") }
    if let volume, Meter(named: volume) == nil {
      throw ValidationError("--volume names a meter; 'genops kinds meters' lists them")
    }
  }

  func run() async throws {
    try await look.deliver { options in
      let progress = ProgressLine(isQuiet: quiet)
      defer { progress.end() }
      return await TrackCommand.run(
        .init(
          scenario: scenario, usage: usage,
          ledger: ledger == "-" ? nil : ledger ?? ForecastLedger.path(beside: scenario),
          volume: volume.flatMap { Meter(named: $0) }, format: format.format, seed: seed,
          paths: paths, jobs: jobs, failOn: failOn, settings: settings.set),
        options, onProgress: progress.report)
    }
  }
}
