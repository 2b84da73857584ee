import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsSimulation

/// What only a bill tells, beside exports.
extension `Tracked months` {
  // 31,000 flag requests in the bill of October, 1,000 a day at 0.001: 30.00 in November, whatever is exported.
  @Test func `count in the score without what a bill alone knows`() async throws {
    try write(
      "book.yaml",
      book() + "\n  - {meter: feature_flag_requests, model: per-unit, price: \"0.001\"}\n")
    try write("budget.yaml", scenario("bills: bill.json"))
    try write(
      "bill.json",
      """
      {"billing_period": {"current_period_start": "2026-10-01T00:00:00Z",
        "current_period_end": "2026-11-01T00:00:00Z", "interval": "month"},
       "current_total_amount_usd": "93.00",
       "usage_summary": {"events": {"usage": 310000, "limit": null},
        "recordings": {"usage": 3100, "limit": null},
        "feature_flag_requests": {"usage": 31000, "limit": null}}}
      """)
    try write("new.csv", export(from: november.firstDay, days: 30) { _ in 11_000 })
    let result = try await track()
    let month = result.months[0]
    #expect(month.state == .actual && month.unknown == [] && month.given == [.featureFlagRequests])
    #expect(month.forecast?.cost.mean == Money(units: 90))
    #expect(month.landing == Money(units: 93) && month.actual == month.landing)
    #expect(result.score.count == 1)
    #expect(result.findings.all.contains { $0.code == "month-given" })
    #expect(!result.findings.all.contains { $0.code == "month-partial" })
  }
}
