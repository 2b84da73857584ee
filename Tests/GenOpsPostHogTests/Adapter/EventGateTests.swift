import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsPostHog

@Suite("An adapter with rules on single events")
struct EventGateTests {
  let base = AdapterFixture()

  private func adapter(
    _ mode: GovernanceMode = .enforced, _ change: (inout EventRules) -> Void
  ) throws -> PostHogAdapter {
    var plan = GovernancePlan(mode: mode)
    change(&plan.eventRules)
    return try base.adapter(plan) { $0.opening.current[.identifiedEvents] = 1_000_000 }
  }

  private func event(_ number: Int, _ properties: JSONValue) -> UsageEvent {
    var event = base.event(number)
    event.properties = properties
    return event
  }

  @Test(
    "reads them by kinds that keep the contract that is shipped for policies",
    arguments: ["cost-limit", "rate-limit", "content-filter", "team-access"])
  func contract(name: String) throws {
    let kind = try #require(PolicyKinds.all[name])
    #expect(PolicyContract.violations(of: kind) == [])
  }

  @Test("refuses an event that costs more than one may")
  func cost() throws {
    // An anonymous event costs 0.00005, an identified one 0.000248.
    let adapter = try adapter { $0.mostCost = Money(nanos: 50_000) }
    #expect(adapter.capture(base.event(1)).wasSent)
    #expect(adapter.capture(base.event(2, identified: true)) == .refused(Refusal(.costLimit)))
    // It left no trace: it has made no person known.
    #expect(adapter.capture(base.event(2)) == .sent(cost: Money(nanos: 50_000)))
    #expect(adapter.policyResult(of: base.event(3, identified: true)) == .blocked)
    #expect(
      adapter.policyResult(of: base.event(3, identified: true), policy: "rate-limit") == .allowed)
    #expect(
      adapter.policyResult(of: base.event(3, identified: true), policy: "no-such") == .allowed)
  }

  @Test("sends so many events a minute, and recorded items count")
  func rate() throws {
    let adapter = try adapter { $0.mostPerMinute = 10 }
    #expect((0..<6).allSatisfy { adapter.capture(base.event($0)).wasSent })
    let flags = adapter.record(.flagRequest, count: 6)
    #expect(flags.sent == 4 && flags.refused == 2 && flags.refusal?.reason == .rateLimit)
    let outcome = adapter.capture(base.event(7))
    #expect(outcome == .refused(Refusal(.rateLimit)) && outcome.policyResult == .rateLimited)
    #expect(adapter.policyResult(of: base.event(7)) == .rateLimited)
    base.clock.advance(bySeconds: 60)
    #expect(adapter.policyResult(of: base.event(7)) == .allowed)
    #expect(adapter.capture(base.event(7)).wasSent)
    let refused = adapter.account.state.withLock {
      $0.refusals[Int(RefusalReason.rateLimit.rawValue)]
    }
    #expect(refused == 3)
  }

  @Test("refuses an event by a text in its name or properties, at any depth")
  func content() throws {
    let adapter = try adapter {
      $0.blockedPatterns = [ContentPattern("api*key"), ContentPattern("4242")].compactMap(\.self)
    }
    let refused = CaptureOutcome.refused(Refusal(.content))
    #expect(adapter.capture(event(1, ["note": "nothing"])).wasSent)
    #expect(adapter.capture(event(2, ["a": [["b": "the API is the key"]]])) == refused)
    #expect(adapter.capture(event(3, ["api_key": "x"])) == refused)
    #expect(adapter.capture(event(4, ["number": 14_242])) == refused)
    #expect(adapter.capture(base.event(5, "api key shown")) == refused)
    #expect(base.transport.all.count == 1)
  }

  @Test("refuses other teams, each view by its own")
  func team() throws {
    let adapter = try adapter { $0.allowedTeams = ["growth"] }
    #expect(adapter.capture(base.event(1)).wasSent)
    let core = adapter.view(Attribution(team: "core"))
    #expect(core.capture(base.event(2)) == .refused(Refusal(.team)))
    #expect(core.record(.flagRequest, count: 3).refusal?.reason == .team)
    #expect(core.policyResult(of: base.event(2), policy: "team-access") == .blocked)
    #expect(base.transport.all.count == 1)
  }

  @Test("sends everything in advisory mode, and says how much broke which rule")
  func advisory() throws {
    let adapter = try adapter(.advisory) {
      $0.allowedTeams = ["core"]
      $0.mostPerMinute = 0
    }
    for number in 0..<3 { #expect(adapter.capture(base.event(number)).wasSent) }
    #expect(adapter.policyResult(of: base.event(9)) == .warning)
    let warned = adapter.findings().all.filter { $0.code == "policy-warned" }
    #expect(warned.map(\.message) == ["3 events broke 'team-access' and were sent"])
  }

  @Test("allows everything without rules")
  func none() throws {
    let adapter = try base.adapter(GovernancePlan(mode: .enforced))
    #expect(adapter.policyResult(of: base.event(1), policy: "cost-limit") == .allowed)
    #expect(adapter.capture(base.event(1)).policyResult == .allowed)
    #expect(adapter.capture(base.event(1)).policyResult == .blocked)
  }
}
