import ArgumentParser
import Foundation
import GenOpsHistory
import GenOpsMetering
import GenOpsPostHog

extension Prices {
  struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What changed between two books, and what that costs you.",
      discussion: """
        Examples:
          genops prices diff posthog-2023-11 posthog-2026-08
          genops prices diff posthog-2024-07 posthog-2026-08 --usage events=5M,recordings=50k
          genops prices diff posthog-2026-08 mine.yaml --scenario scenarios/posthog-budget.yaml
        """)

    @Argument(help: "The old book: a name, or a YAML or JSON file.") var old: String
    @Argument(help: "The new book.") var new: String
    @Option(help: "Usage of one billing period, priced under both.") var usage: String?
    @Option(help: "A scenario, run under both on the same futures.") var scenario: String?
    @Option(help: "Add-ons of the usage, separated by commas.") var addOns = ""
    @Option(help: "How many futures.") var paths: Int?
    @Option(help: "Threads; the result is the same for any number.")
    var jobs = ProcessInfo.processInfo.activeProcessorCount
    @OptionGroup var format: FormatOption
    @Flag(help: "Exit with 1 when the books price anything differently.") var exitCode = false
    @OptionGroup var look: ColorOption

    func validate() throws {
      if let paths, !(1...1_000_000).contains(paths) {
        throw ValidationError("--paths is a whole number from 1 to 1,000,000")
      }
    }

    func run() async throws {
      try await look.deliver {
        await PriceCommands.diff(
          .init(
            old: old, new: new, usage: usage, scenario: scenario,
            addOns: addOns.split(separator: ",").map(String.init), paths: paths,
            jobs: max(1, jobs), format: format.format, failsOnChange: exitCode),
          $0)
      }
    }
  }

  struct ValidateBooks: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "validate",
      abstract: "Check files of price books: all findings, exit 2 on errors.",
      discussion: "Example:\n  genops prices validate prices-2026.yaml prices-2027.yaml")

    @Argument(help: "YAML or JSON files.") var books: [String]
    @OptionGroup var look: ColorOption

    func run() throws {
      try look.deliver { PriceCommands.validate(paths: books, $0) }
    }
  }

  struct Probe: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "A book at its own edges, and every cliff where more costs less.",
      discussion: """
        Examples:
          genops prices probe posthog-2026-08
          genops prices probe mine.yaml --meters events,recordings --format json
        """)

    @Argument(help: "A book's name, or a YAML or JSON file.") var book = "posthog-2026-08"
    @Option(help: "Meters, separated by commas; without it all.") var meters = ""
    @OptionGroup var format: FormatOption
    @OptionGroup var look: ColorOption

    func run() throws {
      try look.deliver {
        PriceCommands.probe(
          book: book, meters: meters.split(separator: ",").map(String.init), format: format.format,
          $0)
      }
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "A dated book of PostHog's own answer: your tiers, discount and add-ons.",
      discussion: """
        The answer: curl -H "Authorization: Bearer KEY" https://us.posthog.com/api/billing/

        Examples:
          genops prices import billing.json --out my-prices.json
          genops prices import billing.json --id acme-2027-02 --retrieved 2027-02-10
        """)

    @Argument(help: "An answer of GET /api/billing/.") var billing: String
    @Option(help: "The id of the book.") var id: String?
    @Option(help: "The day on which the answer was read; without it today.") var retrieved: String?
    @Option(help: "The file to write; without it the book goes to stdout.") var out: String?
    @Flag(help: "Write over an existing file.") var replace = false
    @OptionGroup var look: ColorOption

    func run() throws {
      try look.deliver {
        PriceCommands.importBook(
          billing: billing, id: id, retrieved: retrieved, now: Date().timeIntervalSince1970,
          out: out, replace: replace, $0)
      }
    }
  }

  struct Reconcile: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "A bill priced again line by line, every difference explained; exit 1 if one is not.",
      discussion: """
        Examples:
          genops prices reconcile scenarios/billing/billing.json
          genops prices reconcile billing.json --usage usage.csv --book my-prices.json
        """)

    @Argument(help: "Answers of /api/billing/ and /api/billing/spend/.") var billing: String
    @Option(help: "A book's name, or a YAML or JSON file.") var book = "posthog-2026-08"
    @Option(
      help: ArgumentHelp(
        "PostHog's usage export or a folder of them, for periods that are over. May be repeated."))
    var usage: [String] = []
    @OptionGroup var format: FormatOption
    @OptionGroup var look: ColorOption

    func run() throws {
      try look.deliver {
        PriceCommands.reconcile(
          billing: billing, book: book, usage: usage, format: format.format,
          $0)
      }
    }
  }
}
