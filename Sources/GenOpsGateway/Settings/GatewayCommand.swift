import ArgumentParser
import Foundation
import GenOpsPostHog
import GenOpsUnits
import Logging

/// The gateway on the command line.
struct GatewayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "genops-gateway",
    abstract: "Stands between PostHog's clients and PostHog: meters, decides, keeps and sends on.",
    discussion: """
      Examples:
        genops-gateway                                     advisory: everything passes and is counted
        genops-gateway --mode enforced --daily-budget 50 --opening nothing
        genops-gateway --listen 0.0.0.0:8080 --upstream https://eu.i.posthog.com --ledger /var/lib/genops
        genops-gateway check --config gateway.json
        genops-gateway export --to events.jsonl            what passed, for genops replay
        genops-gateway backup --to copy.ledger             a copy, while it runs
        genops-gateway erase --person ann@example.com      what is kept of a person

      Point a client at it: Posthog("phc_…", host="http://127.0.0.1:8080").

      Exit status: 0 ended as told, 2 wrong configuration or a failure.
      """,
    version: "genops-gateway \(EventEncoder.version)",
    subcommands: [
      GatewayServe.self, GatewayCheck.self, GatewayExport.self, GatewayBackup.self,
      GatewayRestore.self, GatewayErase.self,
    ],
    defaultSubcommand: GatewayServe.self)
}

/// Listens until it is told to end.
struct GatewayServe: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Listen, until SIGTERM or SIGINT (the default).")

  @OptionGroup var options: GatewayOptions

  mutating func run() async throws {
    var findings = Findings()
    let configuration = try options.configuration(
      environment: ProcessInfo.processInfo.environment, &findings)
    let logger = Logger(label: "genops-gateway") { JSONLog($0, clock: SystemClock()) }
    for finding in findings.all { logger.notice("\(finding)") }
    let gateway = try Gateway(configuration, logger: logger)
    try await gateway.run { port in
      logger.info(
        "listening",
        metadata: [
          "address": "http://\(configuration.host):\(port)",
          "upstream": "\(configuration.upstream)", "ledger": "\(configuration.ledger)",
          "mode": "\(configuration.accounts[0].settings.mode)",
        ])
    } onDashboard: { port in
      guard let address = configuration.dashboard else { return }
      let shown = ListenAddress(host: address.host, port: port)
      logger.info(
        "dashboard",
        metadata: [
          "address": "http://\(shown)",
          "token": configuration.dashboardToken == nil
            ? "in \(configuration.ledger)/dashboard-token" : "GENOPS_DASHBOARD_TOKEN",
          "forecasts": "\(configuration.workbench ?? "off")",
        ])
    }
    logger.info("ended")
  }
}

/// Says what is right and wrong before anything listens.
struct GatewayCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read the configuration, open the ledger and ask PostHog, without sending an event.",
    discussion: """
      Examples:
        genops-gateway check
        genops-gateway check --config gateway.json --upstream https://eu.i.posthog.com

      Exit status: 0 it would work, 2 it would not.
      """)

  @OptionGroup var options: GatewayOptions

  mutating func run() async throws {
    var findings = Findings()
    let configuration = try options.configuration(
      environment: ProcessInfo.processInfo.environment, &findings)
    for finding in findings.all { print(finding) }
    let report = try await ConfigurationReport(configuration)
    print(report.lines.joined(separator: "\n"))
    if !report.isGood { throw ExitCode(2) }
  }
}

/// Writes what passed, for a replay.
struct GatewayExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract:
      "Write what passed as a file that genops replay reads; the gateway may run meanwhile.",
    discussion: """
      Examples:
        genops-gateway export --to events.jsonl
        genops replay events.jsonl

      Without --properties only those are written that metering reads. Distinct ids are written as they are.
      """)

  @Option(help: "The folder of the ledger.")
  var ledger = "genops-gateway"

  @Option(help: "The account.")
  var account = "default"

  @Option(help: "The file; one of its name is replaced.")
  var to: String

  @Flag(help: "Write all properties.")
  var properties = false

  mutating func run() throws {
    let count = try TrafficExport(
      ledger: ledger, account: account, keepsProperties: properties
    ).write(to: to)
    print("\(count) events in \(to)")
  }
}

/// The program: reads its words, runs, and ends the process with its exit status.
package enum GatewayProgram {
  /// Runs the program.
  package static func main() async {
    DescriptorWriter.ignoreLostReaders()
    do {
      var command = try GatewayCommand.parseAsRoot()
      if var waiting = command as? any AsyncParsableCommand {
        try await waiting.run()
      } else {
        try command.run()
      }
    } catch let status as ExitCode {
      exit(status.rawValue)
    } catch let error as FindingsError {
      _ = DescriptorWriter.write(Array("\(error)\n".utf8), to: 2)
      exit(2)
    } catch {
      if GatewayCommand.exitCode(for: error).isSuccess {
        print(GatewayCommand.fullMessage(for: error))
        exit(0)
      }
      let text = GatewayCommand.fullMessage(for: error)
      _ = DescriptorWriter.write(Array((text + "\n").utf8), to: 2)
      exit(2)
    }
  }
}
