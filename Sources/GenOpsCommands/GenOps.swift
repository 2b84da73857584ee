import ArgumentParser
import Foundation
import GenOpsPostHog
import GenOpsReporting
import GenOpsUnits

/// The workbench on the command line. It parses words, prints and sets the exit status; everything
/// else is in the libraries.
struct GenOps: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "genops",
    abstract:
      "What PostHog will cost, when the budget breaks, and what each choice saves and loses.",
    discussion: """
      Examples:
        genops init --usage usage.csv            a scenario from your usage export
        genops run scenarios/posthog-budget.yaml the year, its budget and its options
        genops scenarios/posthog-budget.yaml     the same
        genops compare budget.yaml cautious.yaml two scenarios on the same futures
        genops track budget.yaml --usage nov.csv what a month became, and why
        genops report notebooks-out/budget       a run again, in any format; --verify recomputes it
        genops optimize budget.yaml              the policy that costs or loses least
        genops sweep budget.yaml --vary growth.events='1%,2% per month'   many variants, one table
        genops forecast usage.csv                the next 28 days
        genops prices quote --usage events=10M   one bill

      Exit status: 0 ok, 1 a gate failed (expect, --fail-on), 2 wrong input.
      """,
    version: "genops 0.1.0",
    groupedSubcommands: [
      CommandGroup(
        name: "Main",
        subcommands: [
          Init.self, Run.self, Compare.self, Track.self, ReportVerb.self, Optimize.self,
        ]),
      CommandGroup(name: "Series", subcommands: [ForecastVerb.self, BacktestVerb.self]),
      CommandGroup(
        name: "Look",
        subcommands: [
          PlanCommand.self, Replay.self, Generate.self, Validate.self, PolicyTests.self,
          Doctor.self,
          Kinds.self, Schema.self, Explain.self,
        ]),
      CommandGroup(name: "Prices", subcommands: [Prices.self, Snapshot.self]),
      CommandGroup(name: "Scale", subcommands: [SweepVerb.self, Worker.self]),
    ])
}

/// The program: parses its arguments, runs the verb and ends the process with its exit status.
package enum GenOpsProgram {
  /// The main thread waits for the verb. Left to the runtime it would end, and the end of a thread makes a
  /// static program sort its unwind tables, which takes it 30 ms.
  package static func main() {
    let isDone = DispatchSemaphore(value: 0)
    Task.detached {
      await run()
      isDone.signal()
    }
    isDone.wait()
  }

  private static func run() async {
    DescriptorWriter.ignoreLostReaders()
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      var command = try GenOps.parseAsRoot(try Invocation.complete(arguments))
      try await OpenedFiles.$current.withValue(OpenedFiles()) {
        if var waiting = command as? any AsyncParsableCommand {
          try await waiting.run()
        } else {
          try command.run()
        }
      }
    } catch let status as ExitCode {
      exit(status.rawValue)
    } catch let error as FindingsError {
      Terminal.write(FindingsText.render(error.findings, color: false), to: .error)
      exit(CommandOutput.Status.error.rawValue)
    } catch {
      end(error)
    }
  }

  /// Shows help, or what is wrong with the arguments.
  private static func end(_ error: any Error) -> Never {
    // ArgumentParser ends wrong usage with 64; one table of exit statuses holds for all errors.
    let isRequest = GenOps.exitCode(for: error) == .success
    let text = GenOps.fullMessage(for: error) + "\n"
    let lost = Terminal.write(text, to: isRequest ? .output : .error)
    if let lost { Terminal.write("error: this could not be written: \(lost)\n", to: .error) }
    exit(isRequest && lost == nil ? 0 : CommandOutput.Status.error.rawValue)
  }
}
