import ArgumentParser
import Foundation
import GenOpsReporting
import GenOpsUnits

struct ReportVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Show a run again in any format, or recompute it and compare every figure.",
    discussion: """
      A run is the folder that 'genops run' wrote, or the result.json in it. Nothing is simulated: a report in a
      format is the one that the run wrote. With --verify the run is made again from the scenario, its data, seed
      and settings, and every value and every file of the folder is compared; the exit status is 1 where one differs.

      Examples:
        genops report notebooks-out/posthog-budget
        genops report notebooks-out/posthog-budget --format html > board.html
        genops report notebooks-out/posthog-budget/result.json --format markdown
        genops report notebooks-out/posthog-budget --format focus --out focus
        genops report notebooks-out/posthog-budget --verify
      """)

  @Argument(help: "The folder of a run, or its result.json.") var run: String
  @Option(help: "What to print: \(ReportFormats.ofRuns.names.joined(separator: ", ")).")
  var format = "text"
  @Option(help: "A folder for the files of the format, in place of printing it.") var out: String?
  @Flag(help: "Write over files that are there.") var replace = false
  @Flag(help: "Recompute the run from scenario and data, and compare every figure.")
  var verify = false
  @Option(help: "With --verify: the scenario, where it is not where the run found it.")
  var scenario: String?
  @Option(help: "Threads of --verify; the result is the same for any number.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount
  @Flag(help: "No progress on stderr.") var quiet = false
  @OptionGroup var look: ColorOption

  func validate() throws {
    if out == nil { try Terminal.check(format) }
    if out != nil, verify { throw ValidationError("--out goes without --verify") }
    if replace, out == nil { throw ValidationError("--replace goes with --out") }
    if scenario != nil, !verify { throw ValidationError("--scenario goes with --verify") }
    if jobs < 1 { throw ValidationError("--jobs is at least 1") }
  }

  func run() async throws {
    try await look.deliver { options in
      let progress = ProgressLine(isQuiet: quiet || !verify)
      defer { progress.end() }
      return await ReportCommand.run(
        .init(
          run: run, format: format, verifies: verify, scenario: scenario, jobs: jobs, out: out,
          replaces: replace),
        options, onProgress: progress.report)
    }
  }
}
