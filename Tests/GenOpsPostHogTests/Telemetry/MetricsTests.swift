import GenOpsGovernance
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import MetricsTestKit
import Testing

@testable import GenOpsPostHog

@Suite("Metrics")
struct MetricsTests {
  let base = AdapterFixture()

  private func value(_ samples: [MetricSample], _ name: String, _ label: String? = nil) -> Double? {
    samples.first { sample in
      sample.name == name && (label == nil || sample.labels.contains { $0.value == label })
    }?.value
  }

  @Test("The guide's numbers, and those of the account")
  func samples() throws {
    let adapter = try base.adapter(
      GovernancePlan(
        mode: .enforced, budgets: [base.dayBudget(100_000)],
        sampling: SamplingRates(byClass: ["click": 0])))
    let tenant = adapter.view(Attribution(team: "mobile"))
    for number in 0..<3 { adapter.capture(base.event(number)) }
    tenant.capture(base.event(3, "$autocapture"))
    tenant.record(.flagRequest, count: 7)
    let samples = adapter.metrics()
    #expect(value(samples, "posthog_daily_cost") == 0.0001)
    #expect(value(samples, "posthog_budget_utilization") == 100)
    #expect(value(samples, "posthog_governance_active") == 1)
    #expect(value(samples, "posthog_events_today") == 2)
    #expect(value(tenant.metrics(), "posthog_flags_evaluated") == 7)
    #expect(value(samples, "posthog_budget_spent", "day") == 0.0001)
    #expect(value(samples, "genops_ai_cost_total", "growth") == 0.0001)
    #expect(value(samples, "genops_policy_violations_total", "budget") == 1)
    let sampled = samples.first { sample in
      sample.name == "posthog_events_total" && sample.labels.map(\.value) == ["mobile", "sampled"]
    }
    #expect(sampled?.value == 1)
    #expect(samples.filter { $0.kind == .counter }.allSatisfy { $0.name.hasSuffix("_total") })
  }

  @Test("The same through swift-metrics")
  func swiftMetrics() throws {
    let backend = TestMetrics()
    let metrics = AdapterMetrics(factory: backend)
    let adapter = try base.adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(100_000)])
    ) { $0.observers = [metrics] }
    for number in 0..<4 { adapter.capture(base.event(number)) }
    adapter.record(.flagRequest, count: 3)
    metrics.update(adapter)
    metrics.update(adapter)
    func counter(_ outcome: String) throws -> Int64 {
      try backend.expectCounter(
        "posthog_events_total", [("team", "growth"), ("outcome", outcome)]
      ).totalValue
    }
    #expect(try counter("sent") == 2 && counter("budget") == 2 && counter("recorded") == 3)
    let violations = try backend.expectCounter(
      "genops_policy_violations_total", [("policy_name", "budget")])
    #expect(violations.totalValue == 2)
    let gauge = try backend.expectGauge(
      "posthog_daily_cost", [("team", "growth"), ("project", "shop")])
    #expect(gauge.values == [0.0001, 0.0001])
  }
}
