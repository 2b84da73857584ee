import ArgumentParser
import GenOpsHistory
import GenOpsMetering

extension PriceCommands.Format: ExpressibleByArgument {}

struct ColorOption: ParsableArguments {
  @Option(help: "When to use colours: auto, always, never. NO_COLOR is honoured.")
  var color: Terminal.ColorChoice = .auto

  /// Prints what a verb says, in colours where this is so.
  func deliver(_ run: (OutputOptions) throws -> CommandOutput) throws {
    let options = Terminal.options(color)
    try Terminal.deliver(run(options), options)
  }

  /// The same for a verb that waits, on the caller's thread.
  nonisolated(nonsending) func deliver(
    _ run: nonisolated(nonsending) (OutputOptions) async -> CommandOutput
  ) async throws {
    let options = Terminal.options(color)
    try Terminal.deliver(await run(options), options)
  }
}

struct Prices: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Price books: list, show, quote, compare, check, import, reconcile.",
    subcommands: [
      List.self, Show.self, Quote.self, Diff.self, ValidateBooks.self, Probe.self, Import.self,
      Reconcile.self,
    ])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The price books there are.",
      discussion: "Example:\n  genops prices list")

    @Option(help: "text or json") var format: PriceCommands.Format = .text
    @OptionGroup var look: ColorOption

    func run() throws {
      try look.deliver { PriceCommands.list(format: format, $0) }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The tiers of a book, and where a usage stands in them.",
      discussion: """
        Examples:
          genops prices show posthog-2026-08
          genops prices show posthog-2026-08 --usage events=12M
        """)

    @Argument(help: "A book's name, or a YAML or JSON file.") var book = "posthog-2026-08"
    @Option(help: "Usage of one billing period, such as events=12M.") var usage: String?
    @OptionGroup var format: FormatOption
    @OptionGroup var look: ColorOption

    func run() throws {
      try look.deliver {
        PriceCommands.show(
          book: book, usage: usage, format: format.format, $0)
      }
    }
  }

  struct Quote: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What a usage of one billing period costs.",
      discussion: """
        Examples:
          genops prices quote --usage events=10M,identified_events=2M
          genops prices quote --usage events=10000000 --book posthog-2026-08 --format json
          genops prices quote --usage events=10M --add-ons boost
          genops prices quote --usage events=10M --add-ons boost:2027-02-10 --period 2027-02
        """)

    @Option(help: "A book's name, or a YAML or JSON file.") var book = "posthog-2026-08"
    @Option(help: "Meters with units, such as events=10M,session_recordings=15000.")
    var usage: String
    @Option(help: "Add-ons, separated by commas; NAME:DAY begins within the period.")
    var addOns: String = ""
    @Option(help: "The billing period: a month, or the day on which it begins.") var period: String?
    @OptionGroup var format: FormatOption
    @OptionGroup var look: ColorOption

    func run() throws {
      try look.deliver {
        PriceCommands.quote(
          .init(
            book: book, usage: usage, addOns: addOns.split(separator: ",").map(String.init),
            period: period, format: format.format), $0)
      }
    }
  }
}
