import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("The process's adapter and the façade", .serialized)
struct BootstrapTests {
  @Test("One line at the start, and the façade is governed; a second one is refused")
  func bootstrap() throws {
    let transport = RecordingTransport()
    #expect(GenOps.currentAdapter == nil && GenOps.capture("search") == nil)
    defer { GenOps.uninstall() }
    let adapter = try GenOps.bootstrap(
      transport: transport, environment: ["POSTHOG_API_KEY": "phc_x"])
    #expect(GenOps.currentAdapter === adapter)
    #expect(adapter.attribution.team == "auto-instrumented")
    GenOps.register(["app": "shop"])
    GenOps.capture("user_signed_up", ["email": "user@example.com"])
    #expect(adapter.costSummary().eventsToday == 1)
    GenOps.identify("user-1", set: ["plan": "paid"])
    #expect(transport.all.map(\.event.name) == ["user_signed_up", "$identify"])
    #expect(transport.all[0].event.properties["app"] == "shop")
    let error = #expect(throws: FindingsError.self) {
      try GenOps.bootstrap(transport: transport, environment: ["POSTHOG_API_KEY": "phc_x"])
    }
    #expect(error?.findings.all.first?.code == "already-bootstrapped")
    GenOps.optOut()
    #expect(GenOps.capture("search")?.outcome == .refused(Refusal(.optOut)))
  }

  @Test(
    "The one line enforces from the first event: by an opening, by settings, or at the paid price")
  func governs() throws {
    let clock = ManualClock("2027-01-10T12:00:00Z")
    func start(
      _ environment: [String: String] = [:], opening: OpeningBalance? = nil
    ) throws -> CaptureOutcome? {
      defer { GenOps.uninstall() }
      var all = [
        "POSTHOG_API_KEY": "phc_x", "GENOPS_GOVERNANCE_POLICY": "enforced",
        "GENOPS_DAILY_BUDGET_LIMIT": "0.0001",
      ]
      all.merge(environment) { _, own in own }
      try GenOps.bootstrap(
        transport: RecordingTransport(), environment: all, opening: opening, clock: clock
      ) { $0.onFinding = { _ in } }
      GenOps.capture("search")
      GenOps.capture("search")
      return GenOps.capture("search")?.outcome
    }
    func isSent(_ outcome: CaptureOutcome?) -> Bool { outcome?.wasSent == true }
    #expect(try !isSent(start()))
    #expect(try isSent(start(opening: .nothing)))
    #expect(try isSent(start(["GENOPS_OPENING_USAGE": "nothing"])))
    #expect(try !isSent(start(["GENOPS_OPENING_USAGE": "events=1,000,000"])))
    #expect(try !isSent(start(opening: OpeningBalance(current: [.events: 1_000_000]))))
    #expect(
      try start(["GENOPS_GOVERNANCE_POLICY": "strict"]) == .refused(Refusal(.monthToDateUnknown)))
    #expect(try start(["GENOPS_GOVERNANCE_POLICY": "advisory"]) == .sent(cost: nil))
  }

  @Test("The environment's team wins over the default, an argument over both")
  func team() throws {
    var settings = AdapterSettings.read(
      environment: ["GENOPS_TEAM": "growth"], standardTeam: "auto-instrumented")
    #expect(settings.attribution.team == "growth")
    var arguments = SettingsLayer()
    arguments.team = "mobile"
    settings = AdapterSettings.read(
      arguments, environment: ["GENOPS_TEAM": "growth"], standardTeam: "auto-instrumented")
    #expect(settings.attribution.team == "mobile")
  }

  @Test("A task may have another adapter, and its children too")
  func scoped() async throws {
    let (first, second) = (try AdapterFixture().adapter(), try AdapterFixture().adapter())
    await GenOps.withAdapter(first) {
      #expect(GenOps.currentAdapter === first)
      await withTaskGroup { group in
        group.addTask { #expect(GenOps.currentAdapter === first) }
      }
      GenOps.withAdapter(second) { #expect(GenOps.currentAdapter === second) }
    }
    #expect(GenOps.currentAdapter == nil)
  }
}
