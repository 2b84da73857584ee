import ArgumentParser
import Foundation
import GenOpsHistory
import GenOpsMetering

struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Recorded events through the production adapter: outcomes and cost, event by event.",
    discussion: """
      Takes batch exports (JSON lines), bodies of /batch/, pages of the events API, results of a query
      and CSV of events, plain or packed (gz, zst, br); Parquet where duckdb is installed.

      Examples:
        genops replay scenarios/data/events.jsonl
        genops replay events.jsonl.gz --scenario budget.yaml --format json
        genops replay events.csv --columns event=action,distinct_id=user,timestamp=at
        genops replay events.jsonl --opening events=1.2M --max-errors 0
        genops replay events.jsonl --scenario budget.yaml --decisions decisions.jsonl
        genops replay events.jsonl --scenario scenarios/policies/daily-budget.yaml
        genops replay events.jsonl --what-if weekly.yaml --what-if sampled.yaml
        genops replay month/*.jsonl.zst --usage usage.csv
        genops replay month/*.jsonl.zst --by team=squad,customer=$group_0
        genops replay month/*.jsonl.zst --usage usage.csv --history days.csv
        genops replay month/*.jsonl.zst --scale 3 --scenario budget.yaml
        genops replay month/*.jsonl.zst --thin 5%
        genops replay month.parquet --block-bootstrap 7
        genops replay month/*.jsonl.zst --pseudonymize --out safe.jsonl.zst --key-file key
        genops replay month/*.jsonl.zst --no-dedup --jobs 2
        zcat month/*.jsonl.gz | grep checkout | genops replay -
      """)

  @Argument(help: "Files of recorded events; '-' is standard input.") var files: [String]
  @Option(
    help: "A scenario or a policy file with tests, for its governance:, prices and billing day.")
  var scenario: String?
  @Option(help: "The same under another scenario or policy file, side by side. May be repeated.")
  var whatIf: [String] = []
  @Option(help: "A price book's name, or a YAML or JSON file.") var book: String?
  @Option(help: "Usage since the billing period began, such as events=1.2M.") var opening: String?
  @Option(
    help:
      "An export of usage (CSV, JSON, or a folder), for what no export of events holds. May be repeated."
  )
  var usage: [String] = []
  @Option(
    help:
      "Which properties say whose an event is: team=squad,customer=$group_0. Costs are by owner then."
  )
  var by: String?
  @Option(help: "A CSV for the usage of each day, which scenarios take as their history:.")
  var history: String?
  @Option(help: "As many times the users: each gets twins who do the same, or is left out.")
  var scale = 1.0
  @Option(help: "Look at this part of the users, each for many: 5%. The standard error is said.")
  var thin: String?
  @Option(help: "What a month of such days costs, drawn from whole days, this many in a row.")
  var blockBootstrap: Int?
  @Option(help: "What columns of a table are called, such as event=action,timestamp=at.")
  var columns: String?
  @Option(help: "The most malformed elements of a file before it is refused.") var maxErrors: Int?
  @OptionGroup var format: FormatOption
  @Option(help: "A file for every decision, a JSON line each.") var decisions: String?
  @Flag(help: "Write the events to --out, with hashes in place of people, sessions and groups.")
  var pseudonymize = false
  @Option(help: "The file for --pseudonymize, packed as its name says (.gz, .zst).") var out:
    String?
  @Option(
    help: "A file whose bytes are the key of the hashes; without it a random one is used once.")
  var keyFile: String?
  @Option(help: "Properties that --pseudonymize keeps besides what metering reads: plan,country.")
  var keep: String?
  @Flag(help: "Write over a file that genops did not write.") var replace = false
  @Flag(
    name: .customLong("no-dedup"),
    help: "Count every copy of an event, also those with the same uuid.") var keepsCopies = false
  @Option(help: "Threads that read; the answer is the same for any number.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount
  @Flag(help: "No progress on stderr.") var quiet = false
  @OptionGroup var look: ColorOption

  func validate() throws {
    if jobs < 1 { throw ValidationError("--jobs is at least 1") }
    if let maxErrors, maxErrors < 0 { throw ValidationError("--max-errors is at least 0") }
    if let blockBootstrap, !(1...366).contains(blockBootstrap) {
      throw ValidationError("--block-bootstrap is a number of days from 1 to 366")
    }
    if !(scale > 0 && scale <= 1000) {
      throw ValidationError("--scale is a number above 0, at most 1,000")
    }
    if thin != nil, share == nil {
      throw ValidationError(
        "--thin is a part of the users such as 5%, at least 0.01% and at most 100%")
    }
    if pseudonymize != (out != nil) {
      throw ValidationError("--pseudonymize and --out go together")
    }
    if !pseudonymize, keyFile != nil || keep != nil {
      throw ValidationError("--key-file and --keep go with --pseudonymize")
    }
    if files.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("standard input can be read once: name '-' once")
    }
  }

  /// The part of the users who are looked at; nil where it cannot be read.
  private var share: Double? {
    guard let thin else { return 1 }
    let isPercent = thin.hasSuffix("%")
    let number = Double(
      (isPercent ? thin.dropLast() : thin[...]).trimmingCharacters(in: .whitespaces))
    let share = number.map { isPercent ? $0 / 100 : $0 }
    return share.flatMap { $0 >= 0.0001 && $0 <= 1 ? $0 : nil }
  }

  func run() throws {
    let progress = ReplayProgress(files: files, isQuiet: quiet)
    defer { progress.end() }
    try look.deliver {
      ReplayCommand.run(
        .init(
          files: files, scenario: scenario, whatIf: whatIf, book: book, opening: opening,
          columns: columns,
          maxErrors: maxErrors, format: format.format, decisions: decisions, replaces: replace,
          dropsCopies: !keepsCopies, jobs: jobs,
          usage: usage, scale: scale, share: share ?? 1, by: by, history: history,
          blockBootstrap: blockBootstrap,
          pseudonyms: out.map { Pseudonyms(out: $0, keyFile: keyFile, keep: keep) }), $0,
        onProgress: progress.report)
    }
  }
}
