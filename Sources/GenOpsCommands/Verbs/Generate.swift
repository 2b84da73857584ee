import ArgumentParser
import GenOpsSimulation

struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the events of a scenario as recorded files, to try out what reads such.",
    discussion: """
      Examples:
        genops generate scenarios/people.yaml --days 7 --out week.jsonl.gz
        genops generate budget.yaml --from 2027-02 --to 2027-03 --out events/ --pack zst
        genops generate budget.yaml --scale 10 --seed 7 --out big.jsonl --usage usage.csv
        genops generate budget.yaml --days 1 --out - | genops replay -

      The files are batch exports (JSON lines): the first future of "as is", before any governance. A day has
      the same bytes whichever days are written with it. What no export of events holds, such as flag requests and
      recordings, goes to --usage; in a folder to usage.csv. Nothing is written over a file but with --replace.
      """)

  @Argument(help: "The scenario file.") var scenario: String
  @Option(
    help:
      "A file, packed as its name says (.gz, .zst); a folder, with a file for each day; '-' for stdout."
  )
  var out: String
  @Option(help: "How the files of a folder are packed: none, gz or zst.") var pack = "none"
  @Option(help: "A CSV for the usage that no export of events holds.") var usage: String?
  @Option(help: "The first day, or its month; by itself the first of the period.") var from: String?
  @Option(help: "The last day, or its month; by itself the last of the period.") var to: String?
  @Option(help: "How many days, in place of --to.") var days: Int?
  @Option(help: "Another seed than the scenario's.") var seed: UInt64?
  @Option(help: "What events, users and all other usage are multiplied by.") var scale = 1.0
  @Flag(help: "Write over files that are there already.") var replace = false
  @OptionGroup var format: FormatOption
  @Flag(help: "No progress on stderr.") var quiet = false
  @OptionGroup var settings: SettingsOption
  @OptionGroup var look: ColorOption

  func validate() throws {
    if let days, days < 1 { throw ValidationError("--days is at least 1") }
    if days != nil, to != nil { throw ValidationError("--days and --to say the same: give one") }
    if !(scale > 0 && scale <= 1_000_000) {
      throw ValidationError("--scale is a number above 0, at most 1,000,000")
    }
    if !GenerateCommand.packings.contains(pack) {
      throw ValidationError("--pack is \(GenerateCommand.packings.joined(separator: ", "))")
    }
  }

  func run() throws {
    let progress = ProgressLine(isQuiet: quiet)
    defer { progress.end() }
    try look.deliver {
      GenerateCommand.run(
        .init(
          scenario: scenario, out: out, pack: pack, usage: usage, from: from, to: to, days: days,
          seed: seed, scale: scale, replaces: replace, format: format.format,
          settings: settings.set), $0, onProgress: progress.report)
    }
  }
}
