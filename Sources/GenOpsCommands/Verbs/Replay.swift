import ArgumentParser
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
      """)

  @Argument(help: "Files of recorded events.") var files: [String]
  @Option(
    help: "A scenario or a policy file with tests, for its governance:, prices and billing day.")
  var scenario: String?
  @Option(help: "A price book's name, or a YAML or JSON file.") var book: String?
  @Option(help: "Usage since the billing period began, such as events=1.2M.") var opening: String?
  @Option(help: "What columns of a table are called, such as event=action,timestamp=at.")
  var columns: String?
  @Option(help: "The most malformed elements of a file before it is refused.") var maxErrors: Int?
  @OptionGroup var format: FormatOption
  @Option(help: "A file for every decision, a JSON line each.") var decisions: String?
  @Flag(help: "Write over a file that genops did not write.") var replace = false
  @OptionGroup var look: ColorOption

  func run() throws {
    try look.deliver {
      ReplayCommand.run(
        .init(
          files: files, scenario: scenario, book: book, opening: opening, columns: columns,
          maxErrors: maxErrors, format: format.format, decisions: decisions, replaces: replace), $0)
    }
  }
}
