import ArgumentParser
import Foundation
import GenOpsPostHog
import GenOpsUnits

/// The words of the command line; each of them is a variable of the environment and a key of the file too.
struct GatewayOptions: ParsableArguments {
  @Option(help: "Where to listen: HOST:PORT (GENOPS_LISTEN).")
  var listen: String?

  @Option(help: "PostHog's address (GENOPS_UPSTREAM, POSTHOG_HOST).")
  var upstream: String?

  @Option(help: "The folder of the ledger (GENOPS_LEDGER).")
  var ledger: String?

  @Option(help: "A configuration file (GENOPS_CONFIG).")
  var config: String?

  @Option(help: "advisory, enforced or strict (GENOPS_GOVERNANCE_POLICY).")
  var mode: String?

  @Option(help: "What a UTC day may cost (GENOPS_DAILY_BUDGET_LIMIT).")
  var dailyBudget: String?

  @Option(help: "What a month may cost (GENOPS_MONTHLY_BUDGET_LIMIT).")
  var monthlyBudget: String?

  @Option(
    help:
      "The month so far: events=1200000, feature_flag_requests=40000, or nothing (GENOPS_OPENING_USAGE)."
  )
  var opening: String?

  @Option(
    help:
      "The month so far as PostHog's GET /api/billing/ answers it: a file (GENOPS_BILLING_ANSWER).")
  var billing: String?

  @Option(help: "What stands in front of all paths, such as /ingest (GENOPS_PATH_PREFIX).")
  var pathPrefix: String?

  @Flag(
    help: "Whether a proxy stands before it whose X-Forwarded-For is true (GENOPS_BEHIND_PROXY).")
  var behindProxy = false

  @Option(help: "Where the dashboard listens: HOST:PORT (GENOPS_DASHBOARD).")
  var dashboard: String?

  @Option(
    help:
      "The program genops, which the dashboard asks for forecasts, or off; by itself the one on the PATH (GENOPS_WORKBENCH)."
  )
  var workbench: String?

  /// Variables that are the gateway's alone.
  static let variables: Set<String> = [
    "GENOPS_LISTEN", "GENOPS_UPSTREAM", "GENOPS_LEDGER", "GENOPS_CONFIG", "GENOPS_PATH_PREFIX",
    "GENOPS_BEHIND_PROXY", "GENOPS_METRICS_TOKEN", "GENOPS_DASHBOARD", "GENOPS_DASHBOARD_TOKEN",
    "GENOPS_WORKBENCH",
  ]

  /// What they say together: the command line before the environment, the environment before the file.
  ///
  /// - Parameters:
  ///   - environment: The process's.
  ///   - findings: Gets what is odd.
  /// - Returns: The configuration, with everything odd in `findings`.
  /// - Throws: Everything that is wrong, at once.
  func configuration(
    environment: [String: String], _ findings: inout Findings
  ) throws(FindingsError) -> GatewayConfiguration {
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    let file = (config ?? variable("GENOPS_CONFIG")).map { GatewayFile(path: $0, &findings) }
    var layers = [
      words(&findings),
      SettingsLayer(environment: environment, others: GatewayOptions.variables, &findings),
    ]
    if let file { layers.append(file.settings) }
    var result = GatewayConfiguration()
    let main = AdapterSettings(layers, findings: Findings())
    findings.merge(main.findings)
    result.accounts = [AccountConfiguration(name: "default", settings: main)]
    for account in file?.accounts ?? [] {
      let settings = AdapterSettings([account.settings], findings: Findings())
      findings.merge(settings.findings)
      if account.name == "default" {
        findings.error(
          "account-name",
          "the account 'default' has its settings beside the accounts, not among them",
          help: "give it another name")
      }
      result.accounts.append(
        AccountConfiguration(name: account.name, keys: account.keys, settings: settings))
    }
    result.attribution = file?.attribution ?? []
    result.upstream = main.host
    if let text = upstream ?? variable("GENOPS_UPSTREAM") {
      do throws(FindingsError) { result.upstream = try PostHogHost(text) } catch {
        findings.merge(error.findings)
      }
    } else if let host = file?.upstream {
      result.upstream = host
    }
    if let text = listen ?? variable("GENOPS_LISTEN") ?? file?.listen {
      if let address = ListenAddress(text, &findings) {
        (result.host, result.port) = (address.host, address.port)
      }
    }
    result.ledger = ledger ?? variable("GENOPS_LEDGER") ?? file?.ledger ?? result.ledger
    result.pathPrefix = pathPrefix ?? variable("GENOPS_PATH_PREFIX") ?? file?.pathPrefix ?? ""
    while result.pathPrefix.hasSuffix("/") { result.pathPrefix.removeLast() }
    if !result.pathPrefix.isEmpty, !result.pathPrefix.hasPrefix("/") {
      result.pathPrefix = "/" + result.pathPrefix
    }
    result.isBehindProxy =
      behindProxy || variable("GENOPS_BEHIND_PROXY") == "true" || file?.isBehindProxy == true
    result.metricsToken = variable("GENOPS_METRICS_TOKEN").map { Secret($0) }
    readDashboard(file, environment, &result, &findings)
    try findings.throwIfErrors()
    return result
  }

  private func readDashboard(
    _ file: GatewayFile?, _ environment: [String: String], _ result: inout GatewayConfiguration,
    _ findings: inout Findings
  ) {
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let text = dashboard ?? variable("GENOPS_DASHBOARD") ?? file?.dashboard {
      result.dashboard = ListenAddress(text, &findings)
    }
    if let token = variable("GENOPS_DASHBOARD_TOKEN") {
      if token.utf8.count < 16 {
        findings.error(
          "dashboard-token",
          "the dashboard's token has fewer than 16 characters, which can be guessed",
          help: "openssl rand -hex 16 makes one")
      }
      result.dashboardToken = Secret(token)
    }
    switch workbench ?? variable("GENOPS_WORKBENCH") ?? file?.workbench {
    case "off": break
    case let path?: result.workbench = path
    case nil:
      result.workbench = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/genops" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
  }

  private func words(_ findings: inout Findings) -> SettingsLayer {
    let said: [(String, String, String?)] = [
      ("governance_policy", "--mode", mode), ("daily_budget_limit", "--daily-budget", dailyBudget),
      ("monthly_budget_limit", "--monthly-budget", monthlyBudget),
      ("opening_usage", "--opening", opening), ("billing_answer", "--billing", billing),
    ]
    var environment: [String: String] = [:]
    for (name, _, text) in said {
      let variable = SettingKey.all.first { $0.name == name }?.variable
      if let variable, let text { environment[variable] = text }
    }
    return SettingsLayer(environment: environment, &findings)
  }
}
