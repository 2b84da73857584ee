import ArgumentParser
import Foundation
import GenOpsReporting

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check environment, API key, host, budgets, prices and files.",
    discussion: """
      Nothing is sent and no key is shown.

      Examples:
        genops doctor
        genops doctor --settings genops.json --format json
        genops doctor --scenario scenarios/posthog-budget.yaml
      """)

  @Option(help: "A settings file: JSON, or lines NAME=value.") var settings: String?
  @Option(help: "A scenario to check too. May be repeated.") var scenario: [String] = []
  @Flag(help: "Leave out what is right.") var problemsOnly = false
  @Option(help: "text or json") var format: PriceCommands.Format = .text
  @OptionGroup var look: ColorOption

  func run() throws {
    try Terminal.deliver(
      DoctorCommand.run(
        .init(
          environment: ProcessInfo.processInfo.environment, settings: settings,
          scenarios: scenario, showsSuccesses: !problemsOnly, format: format),
        Terminal.options(look.color)))
  }
}
