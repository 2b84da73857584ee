import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsPostHogTesting
import GenOpsUnits
import Testing

@Suite("What applications test with")
struct TestingTests {
  @Test("Every registered policy keeps the contract", arguments: PolicyKinds.all.names)
  func contract(name: String) throws {
    #expect(PolicyContract.violations(of: try #require(PolicyKinds.all[name])) == [])
  }

  @Test("A policy that does nothing breaks it, and every breach is told")
  func broken() {
    struct Empty: Policy {
      static let name = "Empty_One"
      static let summary = "nothing"
      static let example = "{}"
      let sideEffect = ""
      init?(_ node: Node, _ findings: inout Findings) {}
      func apply(to plan: inout GovernancePlan) {}
    }
    #expect(PolicyContract.violations(of: Empty.self).count == 7)
  }

  @Test("A test sees what would leave, at the time it sets")
  func recording() throws {
    let (transport, clock) = (RecordingTransport(), ManualClock("2027-01-31T23:59:00Z"))
    let adapter = try PostHogAdapter(
      AdapterConfiguration(attribution: Attribution(team: "growth"), opening: .nothing),
      transport: transport, clock: clock)
    adapter.capture("search", distinctID: "ann", properties: ["q": "x", "genops_team": "forged"])
    clock.advance(bySeconds: 60)
    adapter.capture("search", distinctID: "ann")
    #expect(transport.named("search").count == 2 && transport.named("other").isEmpty)
    #expect(transport.all[0].properties["genops_team"] == "growth")
    #expect(transport.all[1].event.timestamp == Timestamp("2027-02-01T00:00:00Z"))
    #expect(adapter.costSummary().monthlyCosts == .zero)
    transport.removeAll()
    #expect(transport.all.isEmpty)
  }
}
