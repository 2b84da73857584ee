import ArgumentParser
import Foundation
import GenOpsHistory
import GenOpsSimulation

struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a scenario: cost by month, budget, options, value.",
    discussion: """
      Examples:
        genops run scenarios/posthog-budget.yaml
        genops run budget.yaml --format json --paths 2000
        genops run budget.yaml --fail-on 'breach.probability(year) > 5%'
        genops run recorded.yaml --mode exact --decisions decisions.jsonl
        genops run budget.yaml --set growth.events='1% to 3% per month'
        genops run budget.yaml --remember
        genops run budget.yaml --shards shards
        genops run budget.yaml --engine spark --master spark://host:7077

      The files (HTML, XLSX, JSON, Markdown, CSV) go to notebooks-out/<scenario>/, all or none. A second scenario
      of that name gets a folder of its own; files that genops did not write stay, but for --replace.
      """)

  @Argument(help: "The scenario file.") var scenario: String
  @OptionGroup var format: RunFormatOption
  @Option(help: "The folder for files; '-' writes none.") var out = "notebooks-out"
  @Flag(help: "Write over files that genops did not write.") var replace = false
  @Option(help: "Another seed than the scenario's.") var seed: UInt64?
  @Option(help: "How many futures, 1 to 1,000,000.") var paths: Int?
  @Option(help: "Threads; the result is the same for any number.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount
  @Option(help: "Exit with 1 when this holds: 'cost.p95 > 70000 USD'. May be repeated.")
  var failOn: [String] = []
  @Option(
    help: "binned (a day's items at once) or exact (each by itself), for the scenario's mode.")
  var mode: String?
  @Option(help: "A file for every decision on recorded events, a JSON line each; needs exact.")
  var decisions: String?
  @Flag(help: "Add what is said of the months ahead to the forecast ledger, for 'genops track'.")
  var remember = false
  @Option(help: "The forecast ledger; by itself NAME.forecasts.jsonl beside the scenario.")
  var ledger: String?
  @Option(
    help: ArgumentHelp(
      "Futures that 'genops worker simulate' walked, in place of walking them: a file or folder. May be repeated.",
      valueName: "path"))
  var shards: [String] = []
  @OptionGroup var engine: EngineOption
  @Flag(help: "List every metric with its value and stop.") var metrics = false
  @Flag(help: "No progress on stderr.") var quiet = false
  @OptionGroup var settings: SettingsOption
  @OptionGroup var look: ColorOption

  /// Parts of a run on an engine: few enough that planning, which each does, is little of their time.
  private static let engineParts = 16

  func validate() throws {
    if engine.engine != nil, !shards.isEmpty {
      throw ValidationError("--shards and --engine say the same: give one")
    }
    if let paths, !(1...1_000_000).contains(paths) {
      throw ValidationError("--paths is a whole number from 1 to 1,000,000")
    }
    if ledger != nil, !remember { throw ValidationError("--ledger goes with --remember") }
    if jobs < 1 { throw ValidationError("--jobs is at least 1") }
  }

  func run() async throws {
    try await look.deliver { options in
      let progress = ProgressLine(isQuiet: quiet)
      defer { progress.end() }
      return await RunCommand.run(
        .init(
          path: scenario, format: format.format, out: out == "-" ? nil : out, replaces: replace,
          seed: seed, paths: paths, jobs: jobs, failOn: failOn, showMetrics: metrics,
          settings: settings.set + (mode.map { ["mode=\($0)"] } ?? []), decisions: decisions,
          ledger: remember ? ledger ?? ForecastLedger.path(beside: scenario) : nil,
          shards: shards, engine: engine.request(parts: Run.engineParts)),
        options, onProgress: progress.report)
    }
  }
}

struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check a scenario and everything it names, without running it.",
    discussion: "Example:\n  genops validate scenarios/posthog-budget.yaml")

  @Argument(help: "The scenario file.") var scenario: String
  @OptionGroup var settings: SettingsOption
  @OptionGroup var look: ColorOption

  func run() throws {
    try look.deliver {
      RunCommand.validate(
        path: scenario, settings: settings.set, $0)
    }
  }
}

/// Values put over those of the scenario file.
struct SettingsOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Another value for a place in the scenario; items of lists by name. May be repeated.",
      valueName: "place=value"))
  var set: [String] = []
}
