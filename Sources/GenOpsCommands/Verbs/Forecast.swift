import ArgumentParser
import Foundation
import GenOpsForecasting
import GenOpsHistory
import GenOpsReporting
import GenOpsUnits

/// What `forecast` and `backtest` take alike.
struct SeriesOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Files of series: rows unique_id,ds,y, a column for each series, or PostHog's export; '-' is stdin.",
      valueName: "history"))
  var history: [String]
  @Option(help: "Steps ahead; without it 28 days, 13 weeks, 12 months.") var horizon: Int?
  @Option(help: "Steps in a season; without it 7 days, 52 weeks of three years, 12 months, else 1.")
  var season: Int?
  @Option(help: "The parts in percent that intervals are to hold.") var level = "80,95"
  @Option(help: "A price book: what usage that PostHog bills costs, with tiers.") var prices:
    String?
  @Option(help: "Add-ons that the usage is billed with: group_analytics,…; for --prices.")
  var addOns: String = ""
  @Flag(help: "A series for each meter and project of an export, not one for each meter.")
  var byProject = false
  @Option(
    help:
      "Dates that move usage: codes of countries, days, rules (us,2027-06-14,12-24,easter-2,4th-thu-nov) beside what is found; 'none' for no other."
  )
  var holidays: String?
  @Option(
    help: ArgumentHelp(
      "A level that values saturate at, of all series or of one. May be repeated.",
      valueName: "[series=]level"))
  var cap: [String] = []
  @Option(help: "Of all draws.") var seed: UInt64 = 1
  @Option(help: "Threads; the result is the same for any number.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount
  @Flag(help: "No progress on stderr.") var quiet = false

  func validate() throws {
    if let horizon, !(1...10_000).contains(horizon) {
      throw ValidationError("--horizon is a whole number from 1 to 10,000")
    }
    if let season, !(1...10_000).contains(season) {
      throw ValidationError("--season is a whole number from 1 to 10,000")
    }
    if jobs < 1 { throw ValidationError("--jobs is at least 1") }
  }

  func request(_ models: [String]) -> SeriesRequestText {
    SeriesRequestText(
      paths: history, horizon: horizon, season: season, level: level, models: models, jobs: jobs,
      seed: seed, prices: prices,
      addOns: addOns.split(separator: ",").map(String.init), byProject: byProject,
      holidays: holidays, caps: cap)
  }
}

struct ForecastVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Forecast one series or many: days, weeks, months or numbered steps.",
    discussion: """
      Examples:
        genops forecast usage.csv
        genops forecast usage.csv --horizon 56 --prices posthog-2026-08
        genops forecast sales.csv --horizon 12 --format csv --out ahead.csv
        genops forecast seats.csv --cap 5000 --holidays de,06-14
        genops forecast series.csv.gz --horizon 24 --season 12 --format quantiles --out q.csv
        zcat series.csv.gz | genops forecast - --format json

      docs/forecast.md says how files are read.
      """)

  @OptionGroup var series: SeriesOptions
  @Option(help: "\(SeriesModels.registry.names.joined(separator: ", ")).") var model = "auto"
  @Option(help: "What to write: \(ForecastCommand.formats.joined(separator: ", ")).")
  var format = "text"
  @Option(help: "The file to write, in place of stdout.") var out: String?
  @Flag(help: "Write over a file that genops did not write.") var replace = false
  @OptionGroup var look: ColorOption

  func validate() throws {
    if out == nil || out == "-" { try Terminal.check(format, instead: "--out report.xlsx") }
  }

  func run() async throws {
    try await look.deliver { options in
      let progress = ProgressLine(isQuiet: series.quiet)
      defer { progress.end() }
      return await ForecastCommand.run(
        .init(series: series.request([model]), format: format, out: out, replaces: replace),
        options, onProgress: progress.report
      ) { Terminal.write($0, to: .output) }
    }
  }
}

struct BacktestVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract:
      "How well each kind would have forecast what has come, and whether to believe its intervals.",
    discussion: """
      Examples:
        genops backtest usage.csv
        genops backtest usage.csv --horizon 28 --origins 6 --prices posthog-2026-08
        genops backtest series.csv --model naive --format json
      """)

  @OptionGroup var series: SeriesOptions
  @Option(help: "Kinds to try; without it all. May be repeated.") var model: [String] = []
  @Option(help: "Stretches of each series, 1 to 1,000.") var origins = 4
  @OptionGroup var format: FormatOption
  @OptionGroup var look: ColorOption

  func validate() throws {
    if !(1...1000).contains(origins) {
      throw ValidationError("--origins is a whole number from 1 to 1,000")
    }
  }

  func run() async throws {
    try await look.deliver { options in
      let progress = ProgressLine(isQuiet: series.quiet)
      defer { progress.end() }
      return await BacktestCommand.run(
        .init(series: series.request(model), origins: origins, format: format.format), options,
        onProgress: progress.report)
    }
  }
}
