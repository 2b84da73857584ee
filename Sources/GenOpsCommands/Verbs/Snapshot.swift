import ArgumentParser
import Foundation

struct Snapshot: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Costs as tests: fail when a price, the volume or a policy moves them.",
    subcommands: [Check.self, Update.self])

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compare scenarios with their snapshots; exit 1 when one does not hold.",
      discussion: """
        Says of each figure what it was, what it is and why: price, volume, policy or model. A missing
        snapshot fails, and one without scenario. Nothing is written.

        Examples:
          genops snapshot check
          genops snapshot check scenarios/posthog-budget.yaml --format junit
        """)

    @Argument(help: "Scenarios, or folders of them; without any the folder 'scenarios'.")
    var paths: [String] = []
    @OptionGroup var format: TestFormatOption
    @Option(help: "Threads; the result is the same for any number.")
    var jobs = ProcessInfo.processInfo.activeProcessorCount
    @OptionGroup var look: ColorOption

    func run() async throws {
      try await look.deliver {
        await SnapshotCommands.check(
          .init(
            paths: paths, format: format.format, jobs: max(1, jobs),
            environment: Terminal.environment),
          $0)
      }
    }
  }

  struct Update: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take the snapshots anew, under __snapshots__/ beside the scenarios.",
      discussion: """
        Keeps each snapshot's futures and tolerance. Under CI=true it refuses.

        Examples:
          genops snapshot update
          genops snapshot update scenarios/posthog-budget.yaml --paths 500
        """)

    @Argument(help: "Scenarios, or folders of them; without any the folder 'scenarios'.")
    var paths: [String] = []
    @Option(name: .customLong("paths"), help: "How many futures, 1 to 1,000,000.")
    var futures: Int?
    @Option(help: "Threads; the result is the same for any number.")
    var jobs = ProcessInfo.processInfo.activeProcessorCount
    @OptionGroup var look: ColorOption

    func validate() throws {
      if let futures, !(1...1_000_000).contains(futures) {
        throw ValidationError("--paths is a whole number from 1 to 1,000,000")
      }
    }

    func run() async throws {
      try await look.deliver {
        await SnapshotCommands.update(
          .init(
            paths: paths, futures: futures, jobs: max(1, jobs),
            environment: Terminal.environment), $0)
      }
    }
  }
}
