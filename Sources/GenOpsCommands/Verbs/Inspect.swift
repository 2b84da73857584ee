import ArgumentParser
import GenOpsMetering
import GenOpsPostHog

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "What a run would do: streams, levels, uncertain inputs.",
    discussion: """
      Examples:
        genops plan scenarios/posthog-budget.yaml
        genops plan scenarios/posthog-budget.yaml --html plan.html
        genops plan scenarios/posthog-budget.yaml --format markdown
      """)

  @Argument(help: "The scenario file.") var scenario: String
  @Option(help: "Write the streams as pictures to this file and stop.") var html: String?
  @Flag(help: "Write over a file that genops did not write.") var replace = false
  @OptionGroup var format: FormatOption
  @OptionGroup var settings: SettingsOption
  @OptionGroup var look: ColorOption

  func run() throws {
    try look.deliver {
      InspectCommands.plan(
        path: scenario, settings: settings.set, html: html, replaces: replace,
        format: format.format, $0)
    }
  }
}

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a commented scenario from your own usage export.",
    discussion: """
      Examples:
        genops init --usage usage.csv
        genops init --usage usage.csv --billing billing.json --out budget.yaml
        genops init --usage 2026.csv --usage 2027.csv
        genops init --usage exports/

      The export: PostHog > Billing > Usage > Export, a year at a time. Several are one history: days
      that two have count once.
      """)

  @Option(
    help: ArgumentHelp(
      "PostHog's usage export (CSV), usage series (JSON), or a folder of them. May be repeated."))
  var usage: [String]
  @Option(help: "Answers of /api/billing/ and /api/billing/spend/.") var billing: String?
  @Option(help: "The file to write.") var out = "posthog-budget.yaml"
  @OptionGroup var look: ColorOption

  func run() throws {
    try look.deliver {
      InspectCommands.start(
        usage: usage, billing: billing, out: out, $0)
    }
  }
}

struct Kinds: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Everything a file can name: meters, growth models, levers, policies, …",
    discussion: "Examples:\n  genops kinds\n  genops kinds levers\n  genops kinds logistic")

  @Argument(help: "A group, or one kind for its example.") var name: String?
  @OptionGroup var look: ColorOption

  func run() throws {
    try look.deliver { InspectCommands.kinds(name, $0) }
  }
}

struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: """
      The JSON Schema of a scenario (for editors), of result.json, or of what another verb prints with
      --format json.
      """,
    discussion: "Examples:\n  genops schema scenario\n  genops schema result\n  genops schema track"
  )

  @Argument(help: "What: \(InspectCommands.schemas.joined(separator: ", ")).")
  var what = "result"

  func validate() throws {
    if !InspectCommands.schemas.contains(what) {
      throw ValidationError(
        "there is a schema for: \(InspectCommands.schemas.joined(separator: ", "))")
    }
  }

  func run() throws { try Terminal.deliver(InspectCommands.schema(what), OutputOptions()) }
}

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What a finding means, what leads to it and what would be right.",
    discussion: "Examples:\n  genops explain\n  genops explain missing-period")

  @Argument(help: "The code in brackets at the end of a finding.") var code: String?
  @OptionGroup var look: ColorOption

  func run() throws {
    try look.deliver { InspectCommands.explain(code, $0) }
  }
}
