import ArgumentParser
import GenOpsReporting

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "What a run would do: streams, levels, uncertain inputs.",
    discussion: "Example:\n  genops plan scenarios/posthog-budget.yaml")

  @Argument(help: "The scenario file.") var scenario: String
  @OptionGroup var look: ColorOption

  func run() throws {
    try Terminal.deliver(InspectCommands.plan(path: scenario, Terminal.options(look.color)))
  }
}

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a commented scenario from your own usage export.",
    discussion: """
      Examples:
        genops init --usage usage.csv
        genops init --usage usage.csv --billing billing.json --out budget.yaml

      The export: PostHog > Billing > Usage > Export.
      """)

  @Option(help: "PostHog's usage export (CSV) or usage series (JSON).") var usage: String
  @Option(help: "Answers of /api/billing/ and /api/billing/spend/.") var billing: String?
  @Option(help: "The file to write.") var out = "posthog-budget.yaml"
  @OptionGroup var look: ColorOption

  func run() throws {
    try Terminal.deliver(
      InspectCommands.start(
        usage: usage, billing: billing, out: out, Terminal.options(look.color)))
  }
}

struct Kinds: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Everything a file can name: meters, growth models, levers, policies, …",
    discussion: "Examples:\n  genops kinds\n  genops kinds levers\n  genops kinds logistic")

  @Argument(help: "A group, or one kind for its example.") var name: String?
  @OptionGroup var look: ColorOption

  func run() throws {
    try Terminal.deliver(InspectCommands.kinds(name, Terminal.options(look.color)))
  }
}

struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The JSON Schema of result.json.", discussion: "Example:\n  genops schema result")

  @Argument(help: "What: result.") var what = "result"

  func validate() throws {
    if what != "result" { throw ValidationError("there is a schema for: result") }
  }

  func run() throws { try Terminal.deliver(InspectCommands.schema()) }
}
