import Foundation
import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Testing

/// Each example runs, and says what `Golden` holds.
@Suite("Examples")
struct ExampleTests {
  let clock = ManualClock("2027-01-10T12:00:00Z")

  /// The guide's prices with its free allotments used up, so that everything costs something.
  private func configuration(_ plan: GovernancePlan) -> AdapterConfiguration {
    var opening = OpeningBalance.nothing
    opening.current[.events] = 1_000_000
    opening.current[.featureFlagRequests] = 1_000_000
    opening.current[.sessionRecordings] = 5_000
    opening.current[.llmEvents] = 100_000
    return AdapterConfiguration(
      attribution: Attribution(team: "growth", project: "shop", environment: "production"),
      plan: plan, calculator: CostCalculator(book: PriceBooks.builtIn["genops-guide"] ?? .standard),
      opening: opening)
  }

  private func adapter(_ plan: GovernancePlan) throws -> PostHogAdapter {
    try PostHogAdapter(configuration(plan), transport: CountingTransport(), clock: clock)
  }

  @Test("Basic tracking")
  func basic() throws {
    let plan = GovernancePlan(budgets: [
      Budget(name: "daily", limit: Money(units: 50), period: .day)
    ])
    expectGolden(try basicTracking(adapter(plan)), "basic-tracking.txt")
  }

  @Test("Cost optimisation")
  func optimisation() throws {
    expectGolden(try costOptimisation { try adapter($0) }, "cost-optimisation.txt")
  }

  @Test("Advanced features")
  func advanced() throws {
    expectGolden(try advancedFeatures(adapter(.open)), "advanced-features.txt")
  }

  @Test("Production patterns")
  func production() async throws {
    let text = try await productionPatterns { plan, onNotice in
      var configuration = configuration(plan)
      configuration.onNotice = onNotice
      return try PostHogAdapter(configuration, transport: CountingTransport(), clock: clock)
    }
    expectGolden(text, "production-patterns.txt")
  }

  @Test("Multi-tenant")
  func tenants() throws {
    let directory = try TenantDirectory(
      [
        Tenant(
          id: "enterprise_corp", tier: "enterprise", dailyBudget: Money(units: 500), mode: .strict),
        Tenant(
          id: "startup_inc", tier: "professional", dailyBudget: Money(nanos: 200_000)),
        Tenant(id: "trial", dailyBudget: Money(nanos: 100_000), mode: .advisory),
      ], in: configuration(GovernancePlan(mode: .enforced)), transport: CountingTransport(),
      clock: clock)
    expectGolden(try multiTenant(directory), "multi-tenant.txt")
  }

  @Test("Compliance")
  func rules() throws { expectGolden(try compliance { try adapter($0) }, "compliance.txt") }
}
