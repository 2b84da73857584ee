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
    #expect(GenOps.currentAdapter == nil && PostHog.capture("search") == nil)
    defer { GenOps.uninstall() }
    let adapter = try GenOps.bootstrap(
      transport: transport, environment: ["POSTHOG_API_KEY": "phc_x"])
    #expect(GenOps.currentAdapter === adapter)
    #expect(adapter.attribution.team == "auto-instrumented")
    PostHog.register(["app": "shop"])
    PostHog.capture("user_signed_up", ["email": "user@example.com"])
    #expect(adapter.costSummary().eventsToday == 1)
    PostHog.identify("user-1", set: ["plan": "paid"])
    #expect(transport.all.map(\.event.name) == ["user_signed_up", "$identify"])
    #expect(transport.all[0].event.properties["app"] == "shop")
    let error = #expect(throws: FindingsError.self) {
      try GenOps.bootstrap(transport: transport, environment: ["POSTHOG_API_KEY": "phc_x"])
    }
    #expect(error?.findings.all.first?.code == "already-bootstrapped")
    PostHog.optOut()
    #expect(PostHog.capture("search")?.outcome == .refused(Refusal(.optOut)))
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
