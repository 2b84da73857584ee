import ArgumentParser
import Foundation
import GenOpsPostHog

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check environment, API key, host, budgets, prices and files.",
    discussion: """
      Nothing is sent and no key is shown.

      Examples:
        genops doctor
        genops doctor --settings genops.json --format json
        genops doctor --brief
        genops doctor --verbose --scenario scenarios/posthog-budget.yaml
        genops doctor --setup --write genops.env
      """)

  @Option(help: "A settings file: JSON, or lines NAME=value.") var settings: String?
  @Option(help: "A scenario to check too. May be repeated.") var scenario: [String] = []
  @Flag(help: "Leave out what is right.") var problemsOnly = false
  @Flag(help: "A line for each problem, and the verdict.") var brief = false
  @Flag(help: "Also what was tried, where, and how long it took.") var verbose = false
  @Flag(help: "Ask for the settings that matter, and check each answer.") var setup = false
  @Option(help: "With --setup: a new file for the answers, which only you can read.")
  var write: String?
  @Option(help: "text or json") var format: PriceCommands.Format = .text
  @OptionGroup var look: ColorOption

  func validate() throws {
    if write != nil, !setup { throw ValidationError("--write goes with --setup") }
    if brief, verbose { throw ValidationError("--brief and --verbose exclude each other") }
  }

  func run() throws {
    if setup {
      var dialogue = SetupDialogue(
        environment: ProcessInfo.processInfo.environment, ask: Terminal.ask
      ) { Terminal.write($0 + "\n", to: .error) }
      return try look.deliver { dialogue.run(writeTo: write, $0) }
    }
    try look.deliver {
      DoctorCommand.run(
        .init(
          environment: ProcessInfo.processInfo.environment, settings: settings,
          scenarios: scenario, showsSuccesses: !problemsOnly,
          detail: brief ? .brief : verbose ? .verbose : .normal, format: format),
        $0)
    }
  }
}
