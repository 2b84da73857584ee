import ArgumentParser
import GenOpsGovernance
import GenOpsPostHog
import GenOpsUnits
import Testing

@testable import GenOpsGateway

@Suite("Configuration")
struct ConfigurationTests {
  private func file(_ text: String) throws -> (GatewayFile, [String]) {
    var findings = Findings()
    let node = try JSONParser.parse(Array(text.utf8), file: "gateway.json")
    let file = GatewayFile(node, &findings)
    return (file, findings.all.map(\.description))
  }

  @Test("What is wrong with a file is said at once, with its place and what would be right")
  func findings() throws {
    let (_, said) = try file(
      """
      {"upstraem": "https://eu.i.posthog.com",
       "daily_budget_limit": "much",
       "accounts": {"a": {"keys": ["phc_1"]}, "b": {"keys": ["phc_1"]}, "c": {"key": "phc_2"}},
       "attribution": [{"when": {"kye": "phc_1"}, "set": {"team": "x"}}, {"set": {"taem": "x"}}]}
      """)
    #expect(said.contains { $0.contains("gateway.json:1:2") && $0.contains("[unknown-key]") })
    #expect(said.contains { $0.contains("gateway.json:2:") && $0.contains("[setting-money]") })
    #expect(said.filter { $0.contains("[account-key]") }.count == 2)
    #expect(said.contains { $0.contains("did you mean 'key'?") })
    #expect(said.contains { $0.contains("did you mean 'team'?") })
    #expect(said.contains { $0.contains("needs 'when'") })
  }

  @Test("A word wins over the environment")
  func precedence() throws {
    let options = try GatewayOptions.parse([
      "--mode", "enforced", "--daily-budget", "5", "--listen", "0.0.0.0:0",
    ])
    var findings = Findings()
    let configuration = try options.configuration(
      environment: [
        "GENOPS_GOVERNANCE_POLICY": "strict", "GENOPS_DAILY_BUDGET_LIMIT": "7",
        "GENOPS_MONTHLY_BUDGET_LIMIT": "70", "GENOPS_UPSTREAM": "eu.posthog.com",
        "GENOPS_PATH_PREFIX": "ingest/",
      ], &findings)
    let settings = configuration.accounts[0].settings
    #expect(settings.mode == .enforced && settings.dailyBudgetLimit == Money(units: 5))
    #expect(settings.monthlyBudgetLimit == Money(units: 70))
    #expect(configuration.upstream == .eu && configuration.pathPrefix == "/ingest")
    #expect(configuration.host == "0.0.0.0" && configuration.port == 0)
    #expect(configuration.assets.description == "https://eu-assets.i.posthog.com")
  }

  @Test(
    "A wrong word ends before anything listens",
    arguments: [
      (["--mode", "enforcd"], "unknown-mode"), (["--listen", "here"], "listen-address"),
      (["--upstream", "ftp://x"], "posthog-host"), (["--config", "/nowhere.json"], "no-file"),
      (["--daily-budget=-1"], "setting-money"),
    ])
  func wrong(_ words: [String], _ code: String) throws {
    let options = try GatewayOptions.parse(words)
    var findings = Findings()
    #expect(throws: FindingsError.self) {
      try options.configuration(environment: [:], &findings)
    }
    #expect(findings.all.contains { $0.code == code })
  }

  @Test("A misspelt variable is an error")
  func variable() throws {
    var findings = Findings()
    #expect(throws: FindingsError.self) {
      try GatewayOptions.parse([]).configuration(
        environment: ["GENOPS_DAILY_BUDGET": "5"], &findings)
    }
    #expect(findings.all.contains { $0.code == "unknown-setting" })
  }
}
