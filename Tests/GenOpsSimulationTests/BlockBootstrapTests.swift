import GenOpsCosting
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsSimulation

struct `A month of recorded days` {
  /// `days` days of which `units` says the events.
  private func replay(_ days: Int, _ units: (Int) -> Int64) -> EventReplay {
    let first = CalendarDay(number: 20_500)
    return EventReplay(
      read: 0, malformed: [], duplicates: 0, usageClasses: [], meters: [],
      days: (0..<days).map {
        (first.advanced(by: $0), MeterTotals([.events: units($0)]), 1)
      },
      names: [], alerts: [], findings: Findings())
  }

  private let calculator = CostCalculator()

  @Test func `of equal days is thirty of them, to the nano-unit`() throws {
    let answer = try BlockBootstrap(block: 7).answer(replay(20) { _ in 100_000 }, calculator)
    let month = try calculator.cost(of: 3_000_000, on: .events)
    #expect(answer.p10 == month && answer.p50 == month && answer.p90 == month)
    #expect(answer.recorded == 20)
  }

  /// Weekdays of 5 and weekends of 0: weeks in a row hold 20 to 22 weekdays of 30, days one by one scatter as the
  /// binomial distribution does: standard deviation of 30 days 2.475.
  @Test func `drawn by the week scatters less than by the day`() throws {
    let days = replay(70) { $0 % 7 < 5 ? 200_000 : 0 }
    let weeks = try BlockBootstrap(block: 7).answer(days, calculator)
    let single = try BlockBootstrap(block: 1).answer(days, calculator)
    func units(_ money: Money) throws -> Int {
      try #require(
        try (0...30).first { try calculator.cost(of: Int64($0) * 200_000, on: .events) >= money })
    }
    #expect(try units(weeks.p10) >= 20 && units(weeks.p90) <= 23)
    // 21.43 ± 1.2816 × 2.475 are 18.3 and 24.6.
    #expect(try abs(units(single.p10) - 18) <= 1 && abs(units(single.p90) - 25) <= 1)
  }

  @Test func `needs two blocks of whole days`() {
    var short = replay(14) { _ in 1 }
    #expect(throws: Never.self) { try BlockBootstrap(block: 7).answer(short, calculator) }
    short.beginsWithin = Timestamp(startOf: CalendarDay(number: 20_500))
    #expect(throws: FindingsError.self) { try BlockBootstrap(block: 7).answer(short, calculator) }
  }
}
