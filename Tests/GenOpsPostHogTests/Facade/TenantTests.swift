import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsPostHog
import GenOpsAdmission

@Suite("Tenants of one account")
struct TenantTests {
  let base = AdapterFixture()

  private func directory(_ tenants: [Tenant], plan: GovernancePlan = .open) throws
    -> TenantDirectory
  {
    var opening = OpeningBalance.nothing
    opening.current[.events] = 1_000_000
    return try TenantDirectory(
      tenants, in: AdapterConfiguration(plan: plan, opening: opening), transport: base.transport,
      clock: base.clock)
  }

  @Test("One that is exhausted does not stop the others; tiers are shared")
  func isolation() throws {
    let budget = Money(nanos: 100_000)
    let tenants = try directory([
      Tenant(id: "a", tier: "gold", dailyBudget: budget), Tenant(id: "b", dailyBudget: budget),
    ])
    let (a, b) = (try tenants.adapter(for: "a"), try tenants.adapter(for: "b"))
    #expect((0..<5).count { a.capture(base.event($0)).wasSent } == 2)
    #expect((5..<9).count { b.capture(base.event($0)).wasSent } == 2)
    #expect(tenants.summaries.map(\.dailyBudgetLimit) == [budget, budget])
    #expect(tenants.summaries.map(\.dailyCosts) == [budget, budget])
    #expect(tenants.account.snapshot().totals[Meter.events.index].units == 4)
    let stamp = JSONValue.object(
      try #require(base.transport.all.first).stamp.properties(at: base.clock.now()))
    #expect(stamp["genops_team"] == "tenant_a" && stamp["genops_cost_center"] == "tenant_gold")
    #expect(stamp["genops_project"] == "multi_tenant_analytics")
    #expect(stamp["genops_customer_id"] == "a" && stamp["genops_tag_tenant_tier"] == "gold")
  }

  @Test("Each tenant has its own mode, and the account's budget holds for all")
  func modes() throws {
    let budget = Money(nanos: 50_000)
    let account = Budget(name: "account", limit: Money(nanos: 400_000), period: .day)
    let tenants = try directory(
      [
        Tenant(id: "free", dailyBudget: budget, mode: .advisory),
        Tenant(id: "paid", dailyBudget: budget, mode: .enforced),
        Tenant(id: "bank", dailyBudget: Money(units: 1), mode: .strict),
      ],
      plan: GovernancePlan(
        mode: .enforced, budgets: [account], requiredDimensions: ["feature"]))
    let adapters = try tenants.ids.map { try tenants.adapter(for: $0) }
    #expect(tenants.ids == ["bank", "free", "paid"])
    #expect(tenants.summaries.map(\.mode) == [.strict, .advisory, .enforced])
    // Strict asks for the feature; advisory and enforced count it as missing.
    #expect(adapters[0].capture(base.event(0)) == .refused(Refusal(.attribution)))
    #expect((1..<4).count { adapters[1].capture(base.event($0)).wasSent } == 3)
    #expect((4..<7).count { adapters[2].capture(base.event($0)).wasSent } == 1)
    // The account's own budget: 8 events in all.
    #expect((7..<20).count { adapters[1].capture(base.event($0)).wasSent } == 4)
  }

  @Test("Unknown and doubled tenants are told")
  func errors() throws {
    let tenants = try directory([Tenant(id: "startup_inc")])
    let error = #expect(throws: FindingsError.self) { try tenants.adapter(for: "startup_ink") }
    #expect(error?.findings.all.first?.help == "did you mean 'startup_inc'?")
    #expect(throws: FindingsError.self) { try directory([Tenant(id: "a"), Tenant(id: "a")]) }
  }

  @Test("The guide's tenants are read from a file")
  func decoding() throws {
    let text = """
      [{"tenant_id": "enterprise_corp", "tier": "enterprise", "daily_budget": 500.0,
        "compliance_level": "strict", "sla": "premium", "region": "us",
        "compliance": ["sox", "gdpr"]},
       {"tenant_id": "startup_inc", "tier": "professional", "daily_budget": 100.0,
        "compliance_level": "standard", "sla": "standard", "region": "us", "compliance": ["gdpr"]}]
      """
    var findings = Findings()
    let nodes = try #require(try JSONParser.parse(Array(text.utf8), file: "t.json").sequence)
    let tenants = nodes.compactMap { Tenant($0, &findings) }
    #expect(findings.all.isEmpty)
    #expect(
      tenants == [
        Tenant(
          id: "enterprise_corp", tier: "enterprise", dailyBudget: Money(units: 500), mode: .strict,
          tags: [
            "sla_level": "premium", "data_residency": "us", "compliance_requirements": "sox,gdpr",
          ]),
        Tenant(
          id: "startup_inc", tier: "professional", dailyBudget: Money(units: 100), mode: .enforced,
          tags: [
            "sla_level": "standard", "data_residency": "us", "compliance_requirements": "gdpr",
          ]),
      ])
    #expect(tenants.first?.attribution.costCenter == "tenant_enterprise")
    let wrong = try JSONParser.parse(
      Array(#"{"tenant": "x", "compliance_level": "sloppy"}"#.utf8), file: "t.json")
    #expect(Tenant(wrong, &findings) == nil)
    #expect(Set(findings.all.map(\.code)) == ["missing-key", "unknown-mode", "unknown-key"])
  }

  @Test("A tenant that asks for rules or a region gets an account that has them, or an error")
  func demands() throws {
    let tenant = Tenant(
      id: "bank", mode: .enforced,
      tags: ["data_residency": "eu", "compliance_requirements": "sox,gdpr"])
    func codes(_ compliance: [ComplianceFramework], _ host: PostHogHost) -> [String] {
      var configuration = AdapterConfiguration(plan: GovernancePlan(compliance: compliance))
      configuration.host = host
      do throws(FindingsError) {
        _ = try TenantDirectory([tenant], in: configuration, transport: base.transport)
        return []
      } catch { return error.findings.all.map(\.code) }
    }
    #expect(codes([], .us) == ["compliance-missing", "compliance-missing", "data-residency"])
    #expect(codes([.sox], .eu) == ["compliance-missing"])
    #expect(codes([.gdpr, .sox], .eu) == [])
  }

  @Test("Environments are views with budgets of their own")
  func environments() throws {
    func budget(_ environment: String, _ nanos: Int64) -> Budget {
      Budget(
        name: environment, limit: Money(nanos: nanos), period: .day,
        scope: Attribution(environment: environment))
    }
    let adapter = try base.adapter(
      GovernancePlan(
        mode: .enforced, budgets: [budget("production", 150_000), budget("staging", 50_000)]))
    let (production, staging) = (
      adapter.view(Attribution(environment: "production")),
      adapter.view(Attribution(environment: "staging"))
    )
    #expect((0..<5).count { staging.capture(base.event($0)).wasSent } == 1)
    #expect((5..<10).count { production.capture(base.event($0)).wasSent } == 3)
  }

  @Test("Keys that are not listed share the standard account")
  func accounts() throws {
    let (standard, other) = (try base.adapter(), try base.adapter())
    let directory = AccountDirectory(standard: standard, byKey: [Secret("phc_b"): other])
    #expect(directory.adapter(for: Secret("phc_b")) === other)
    #expect(directory.adapter(for: Secret("phc_c")) === standard)
  }
}
