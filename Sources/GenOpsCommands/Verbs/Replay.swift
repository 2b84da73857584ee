import ArgumentParser
import Foundation
import GenOpsHistory
import GenOpsMetering

struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Recorded events through the production adapter: outcomes and cost, event by event.",
    discussion: """
      Takes batch exports (JSON lines), bodies of /batch/, pages of the events API, results of a query
      and CSV of events, plain or packed (gz, zst, br).

      Examples:
        genops replay scenarios/data/events.jsonl
        genops replay events.jsonl.gz --scenario budget.yaml --format json
        genops replay events.csv --columns event=action,distinct_id=user,timestamp=at
        genops replay events.jsonl --opening events=1.2M --max-errors 0
        genops replay events.jsonl --scenario budget.yaml --decisions decisions.jsonl
        genops replay events.jsonl --scenario scenarios/policies/daily-budget.yaml
        genops replay events.jsonl --what-if weekly.yaml --what-if sampled.yaml
        genops replay month/*.jsonl.zst --no-dedup --jobs 2
      """)

  @Argument(help: "Files of recorded events.") var files: [String]
  @Option(
    help: "A scenario or a policy file with tests, for its governance:, prices and billing day.")
  var scenario: String?
  @Option(help: "The same under another scenario or policy file, side by side. May be repeated.")
  var whatIf: [String] = []
  @Option(help: "A price book's name, or a YAML or JSON file.") var book: String?
  @Option(help: "Usage since the billing period began, such as events=1.2M.") var opening: String?
  @Option(help: "What columns of a table are called, such as event=action,timestamp=at.")
  var columns: String?
  @Option(help: "The most malformed elements of a file before it is refused.") var maxErrors: Int?
  @OptionGroup var format: FormatOption
  @Option(help: "A file for every decision, a JSON line each.") var decisions: String?
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
          dropsCopies: !keepsCopies, jobs: jobs), $0, onProgress: progress.report)
    }
  }
}
