import Synchronization
import GenOpsMetering
import GenOpsGovernance
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("The check of a setup")
struct SetupCheckTests {
  let now = Timestamp(startOf: CalendarDay(number: 20_819))

  private func report(_ environment: [String: String]) -> SetupReport {
    SetupCheck.report(AdapterSettings.read(environment: environment), now: now)
  }

  @Test("A complete setup is ready for production")
  func ready() throws {
    let report = report([
      "POSTHOG_API_KEY": "phc_x", "GENOPS_TEAM": "growth", "GENOPS_PROJECT": "shop",
      "GENOPS_DAILY_BUDGET_LIMIT": "100", "GENOPS_MONTHLY_BUDGET_LIMIT": "2000",
      "GENOPS_GOVERNANCE_POLICY": "enforced", "POSTHOG_HOST": "https://app.posthog.com",
      "GENOPS_OPENING_USAGE": "nothing",
    ])
    #expect(report.overallStatus == .success && report.isValid)
    #expect(report.issues.allSatisfy { $0.level == .success })
    #expect(
      report.issues.map(\.issue).contains(
        "events go to https://us.i.posthog.com, PostHog's cloud in the US"))
    let summary = try #require(report.json["summary"])
    #expect(summary["is_ready_for_production"] == true && summary["total_issues"] == 0)
    #expect(report.json["overall_status"] == "success")
    #expect(
      report.issues.map(\.issue).contains(
        "a trial event would be sent; it would cost 0.00"))
  }

  @Test("The JSON has the guide's keys, of the report, of each issue and of the summary")
  func json() {
    func keys(_ value: JSONValue?) -> [String] { (value?.members ?? []).map(\.key) }
    let json = report([:]).json
    #expect(
      keys(json) == [
        "is_valid", "overall_status", "issues", "warnings", "successes", "recommendations",
        "setup_recommendations", "summary", "validation_timestamp",
      ])
    for (list, level) in [("warnings", "warning"), ("successes", "success")] {
      let items = json[list]?.items ?? []
      #expect(!items.isEmpty)
      #expect(items == json["issues"]?.items.filter { $0["level"] == .string(level) })
    }
    #expect(
      json["issues"]?.items.allSatisfy {
        keys($0) == [
          "level", "component", "issue", "recommendation", "fix_command", "documentation_link",
        ]
      } == true)
    #expect(
      keys(json["summary"]) == [
        "total_issues", "error_count", "warning_count", "success_count", "components_validated",
        "is_ready_for_production",
      ])
    #expect(json["summary"]?["total_issues"] == 3 && json["summary"]?["warning_count"] == 2)
    #expect(
      SetupReport.Level.allCases.map(\.rawValue) == ["success", "info", "warning", "error"])
  }

  @Test(
    "Hosts: PostHog's own are right, another one is told, one without encryption is a warning",
    arguments: [
      ("https://app.posthog.com", [SetupReport.Level.success]),
      ("https://eu.posthog.com", [.success]), ("https://us.i.posthog.com", [.success]),
      ("https://eu.i.posthog.com", [.success]), ("https://events.example.com", [.info]),
      ("http://localhost:8000", [.info, .warning]), ("ftp://x", [.error]),
    ])
  func hosts(_ host: String, _ levels: [SetupReport.Level]) {
    let report = report([
      "POSTHOG_API_KEY": "phc_x", "GENOPS_TEAM": "a", "GENOPS_PROJECT": "b", "POSTHOG_HOST": host,
    ])
    #expect(report.issues.filter { $0.component == "Host" }.map(\.level) == levels)
  }

  @Test("A framework that asks for an audit log is told where there is no ledger")
  func audit() {
    let settings = AdapterSettings.read(environment: [
      "POSTHOG_API_KEY": "phc_x", "GENOPS_TEAM": "a", "GENOPS_PROJECT": "b",
      "GENOPS_OPENING_USAGE": "nothing", "GENOPS_GOVERNANCE_POLICY": "enforced",
    ])
    let report = SetupCheck.report(settings, now: now) { $0.plan.compliance = [.sox] }
    let told = report.issues.filter { $0.issue.hasPrefix("sox asks for an audit log") }
    #expect(told.map(\.level) == [.warning] && told.map(\.component) == ["Governance"])
  }

  @Test("Advice is five entries with the guide's keys, without what is followed already")
  func advice() {
    let empty = report([:])
    #expect(
      empty.advice.map(\.category) == [
        "Attribution", "Opening", "Governance", "Budgets", "Telemetry",
      ])
    #expect(empty.advice.map(\.priority) == [.high, .high, .medium, .medium, .low])
    let items = empty.json["setup_recommendations"]?.items ?? []
    #expect(items.count == 5)
    #expect(
      items.allSatisfy {
        $0.members.map(\.key) == ["category", "recommendation", "command", "priority"]
      })
    let followed = report([
      "POSTHOG_API_KEY": "phc_x", "GENOPS_TEAM": "growth", "GENOPS_PROJECT": "shop",
      "GENOPS_OPENING_USAGE": "nothing", "GENOPS_GOVERNANCE_POLICY": "enforced",
      "GENOPS_MONTHLY_BUDGET_LIMIT": "2000",
    ])
    #expect(
      followed.advice.map(\.command) == [
        "export OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318"
      ])
    // Advice alone makes no warning.
    #expect(followed.overallStatus == .success)
  }

  @Test("An empty environment names what is missing, with the command that sets it")
  func empty() {
    let report = report([:])
    #expect(report.overallStatus == .error)
    let problems = report.issues.filter { $0.level == .error || $0.level == .warning }
    #expect(
      problems.compactMap(\.fixCommand) == [
        "export POSTHOG_API_KEY=phc_…", "export GENOPS_TEAM=growth", "export GENOPS_PROJECT=shop",
      ])
  }

  @Test("Wrong settings are errors of their component; no key is in the report")
  func wrong() {
    let report = report([
      "POSTHOG_API_KEY": "phx_verysecret", "POSTHOG_HOST": "nonsense://x",
      "GENOPS_DAILY_BUDGET_LIMIT": "lots", "GENOPS_GOVERNANCE_POLICY": "hard",
    ])
    let errors = report.issues.filter { $0.level == .error }.map(\.component)
    #expect(Set(errors) == ["API key", "Host", "Budgets", "Governance"])
    #expect(!report.json.description.contains("verysecret"))
    #expect(report.json["summary"]?["error_count"] == 4)
  }

  @Test("Odd but possible settings are warnings")
  func odd() {
    let report = report([
      "POSTHOG_API_KEY": "key", "GENOPS_TEAM": "growth", "GENOPS_PROJECT": "shop",
      "GENOPS_DAILY_BUDGET_LIMIT": "300", "GENOPS_MONTHLY_BUDGET_LIMIT": "200",
      "POSTHOG_HOST": "http://localhost:8000",
    ])
    #expect(report.overallStatus == .warning)
    #expect(
      report.issues.filter { $0.level == .warning }.map(\.component) == [
        "Host", "Budgets", "API key",
      ])
  }

  @Test(
    "It tries what would be started: without the month so far each mode says what it will do",
    arguments: [
      ("advisory", SetupReport.Level.info, "a trial event would be sent; its price is unknown"),
      (
        "enforced", .warning,
        "a trial event would be sent; its price is unknown, and budgets would judge it at 0.00005"
      ),
      ("strict", .warning, "a trial event would not be sent: refused: month-to-date-unknown"),
    ])
  func opening(_ mode: String, _ level: SetupReport.Level, _ trial: String) {
    var environment = [
      "POSTHOG_API_KEY": "phc_x", "GENOPS_TEAM": "a", "GENOPS_PROJECT": "b",
      "GENOPS_GOVERNANCE_POLICY": mode,
    ]
    let report = report(environment)
    #expect(report.issues.filter { $0.component == "Opening" }.map(\.level) == [level])
    #expect(report.issues.filter { $0.component == "Adapter" }.map(\.issue) == [trial])
    environment["GENOPS_OPENING_USAGE"] = "nothing"
    let known = self.report(environment)
    #expect(known.issues.filter { $0.component == "Opening" }.map(\.level) == [.success])
    #expect(
      known.issues.filter { $0.component == "Adapter" }.map(\.issue) == [
        "a trial event would be sent; it would cost 0.00"
      ])
  }

  @Test("What an application adds is tried too, and its ledger is left alone")
  func configured() {
    let settings = AdapterSettings.read(environment: [
      "POSTHOG_API_KEY": "phc_x", "GENOPS_TEAM": "a", "GENOPS_PROJECT": "b",
      "GENOPS_GOVERNANCE_POLICY": "enforced",
    ])
    let store = MemoryStore()
    let report = SetupCheck.report(settings, opening: .nothing, now: now) {
      $0.budgetStore = store.handle(0)
      $0.plan.budgets[0].limit = .zero
      $0.plan.budgets.append(Budget(name: "team", limit: Money(units: 5), period: .month))
    }
    #expect(
      report.issues.filter { $0.component == "Adapter" }.map(\.level) == [.error])
    #expect(
      report.issues.filter { $0.component == "Opening" }.first?.issue.contains("ledger") == true)
    #expect(store.state.withLock { $0.ends.isEmpty })
    #expect(report.issues.contains { $0.issue == "team limit 5.00 USD per month" })
  }

  @Test("A host that data must not go to is found before anything is sent")
  func residency() {
    func levels(_ mode: String) -> [SetupReport.Level] {
      var layer = SettingsLayer()
      layer.tags = ["data_residency": "eu"]
      layer.host = try? PostHogHost("https://events.example.com")
      let settings = AdapterSettings([
        layer,
        SettingsLayer(
          lines: "POSTHOG_API_KEY=phc_x\nGENOPS_GOVERNANCE_POLICY=\(mode)", file: ".env"),
      ])
      return SetupCheck.report(settings, opening: .nothing, now: now).issues
        .filter { $0.component == "Host" }.map(\.level)
    }
    #expect(levels("enforced") == [.info, .warning])
    #expect(levels("strict") == [.info, .error])
  }
}

extension SettingsLayer {
  fileprivate init(lines: String, file: String) {
    var findings = Findings()
    self.init(lines: lines, file: file, &findings)
  }
}
