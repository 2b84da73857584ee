import Foundation
import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsPostHogTesting
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

  private func expect(
    _ text: String, _ name: String, location: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/\(name).txt")
    if ProcessInfo.processInfo.environment["GENOPS_UPDATE_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    #expect(
      text == String(decoding: try Data(contentsOf: file), as: UTF8.self), sourceLocation: location)
  }

  @Test("Basic tracking")
  func basic() throws {
    let plan = GovernancePlan(budgets: [
      Budget(name: "daily", limit: Money(units: 50), period: .day)
    ])
    try expect(basicTracking(adapter(plan)), "basic-tracking")
  }

  @Test("Cost optimisation")
  func optimisation() throws {
    try expect(costOptimisation { try adapter($0) }, "cost-optimisation")
  }

  @Test("Advanced features")
  func advanced() throws { try expect(advancedFeatures(adapter(.open)), "advanced-features") }

  @Test("Production patterns")
  func production() async throws {
    let text = try await productionPatterns { plan, onNotice in
      var configuration = configuration(plan)
      configuration.onNotice = onNotice
      return try PostHogAdapter(configuration, transport: CountingTransport(), clock: clock)
    }
    try expect(text, "production-patterns")
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
    try expect(multiTenant(directory), "multi-tenant")
  }

  @Test("Compliance")
  func rules() throws { try expect(compliance { try adapter($0) }, "compliance") }
}
