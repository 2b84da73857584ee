import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsSimulation

/// The billing periods that a history knows, with their costs in closed form.
@Suite struct ActualPeriodTests {
  /// 100,000 events a day until 30 November 2026: 84.30 in a month of 30 days, 87.73 in one of 31.
  private func actuals(_ scenario: String) async throws -> [ActualPeriod] {
    try await `Days that have passed`.run(
      scenario, days: 334,
      ["Events": { _ in 100_000 }, "Identified events": { _ in 0 }]
    ).result.actuals
  }

  @Test func `Each month that is over costs what its usage comes to`() async throws {
    let periods = try await actuals("period: 2026-12 to 2027-11")
    #expect(periods.count == 11)
    #expect(periods.filter { !$0.isOver }.isEmpty)
    let last = try #require(periods.last)
    #expect(last.start == CalendarDay("2026-11-01") && last.end == CalendarDay("2026-12-01"))
    #expect(last.lines.map(\.units) == [3_000_000])
    #expect((last.total.approximate - 84.30).magnitude < 0.005)
    #expect((periods[9].total.approximate - 87.73).magnitude < 0.005)
  }

  @Test func `A period that runs has its days, and its fees by the day`() async throws {
    let periods = try await actuals(
      """
      period: 2026-12 to 2027-11
      billing_day: 16
      add_ons: [boost]
      """)
    let last = try #require(periods.last)
    #expect(last.start == CalendarDay("2026-11-16") && last.end == CalendarDay("2026-12-16"))
    #expect(last.knownTo == CalendarDay("2026-12-01") && !last.isOver)
    #expect(last.lines.first { $0.meter == .events }?.units == 1_500_000)
    // 15 of 30 days of 250.
    #expect(last.lines.first { $0.meter == nil }?.listed == Money(units: 125))
  }

  @Test func `Without a history there is none`() async throws {
    let run = try await TextScenario.run(
      "period: 2027-01\ntraffic: [{a: {events: 1k per day}}]", paths: 2)
    #expect(run.result.actuals.isEmpty)
    #expect(run.result.accrual == nil)
  }
}
