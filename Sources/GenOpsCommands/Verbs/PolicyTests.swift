import ArgumentParser
import GenOpsGovernance

struct PolicyTests: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run the tests that policy files carry.",
    discussion: """
      A policy file holds governance and tests: events in, decisions out, in simulated time.

      Examples:
        genops test scenarios/policies/daily-budget.yaml
        genops test scenarios/policies/*.yaml --format json
      """)

  @Argument(help: "Policy files.") var files: [String]
  @Option(help: "text or json") var format: PriceCommands.Format = .text
  @OptionGroup var look: ColorOption

  func run() throws {
    try look.deliver { PolicyTestCommand.run(paths: files, format: format, $0) }
  }
}
