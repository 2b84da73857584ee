import GenOpsUnits
import Testing

@testable import GenOpsSimulation

@Suite struct `The score of what was said` {
  private func said(
    _ month: Int, asOf: String, _ low: Int64, _ mean: Int64, _ high: Int64,
    on day: String = "2027-01-05"
  ) throws -> ForecastStatement {
    ForecastStatement(
      said: Timestamp(startOf: try #require(CalendarDay(day))), name: "shop", scenario: "abc",
      version: "0.1.0", asOf: try #require(CalendarDay(asOf)),
      month: CalendarMonth(year: 2027, month: month), currency: "USD", prices: "p",
      cost: .init(
        p10: Money(units: low), p50: Money(units: mean), mean: Money(units: mean),
        p90: Money(units: high)), usage: [])
  }

  private let actual = [
    CalendarMonth(year: 2027, month: 1): Money(units: 110),
    CalendarMonth(year: 2027, month: 2): Money(units: 90),
    CalendarMonth(year: 2027, month: 3): Money(units: 200),
  ]

  @Test func `counts each month and horizon once`() throws {
    let score = ForecastScore(
      [
        // Held, at its upper end.
        try said(1, asOf: "2027-01-01", 95, 100, 110),
        // Two months ahead: held, at its lower end.
        try said(2, asOf: "2027-01-01", 90, 100, 120),
        // One month ahead, corrected: the last said counts, and did not hold.
        try said(2, asOf: "2027-02-01", 80, 90, 100),
        try said(2, asOf: "2027-02-01", 91, 100, 110),
        // Three months ahead: did not hold.
        try said(3, asOf: "2027-01-01", 150, 160, 170),
        // A month that had begun, and one that has not ended.
        try said(3, asOf: "2027-03-10", 100, 200, 300),
        try said(4, asOf: "2027-01-01", 1, 2, 3),
      ], actual: actual)
    #expect(score.count == 4)
    #expect(score.held == 2)
    #expect(score.coverage == 0.5)
    #expect(score.byHorizon.map(\.monthsAhead) == [1, 2, 3])
    #expect(score.byHorizon.map(\.held) == [1, 1, 0])
    #expect(score.byHorizon.map(\.count) == [2, 1, 1])
    // +10 %, -10 %, -10 % and +25 %.
    #expect(abs(try #require(score.bias) - 0.0375) < 1e-12)
    #expect(abs(try #require(score.meanAbsoluteError) - 0.1375) < 1e-12)
    #expect(score.later == 0)
  }

  @Test func `tells what was worked out after its month`() throws {
    let score = ForecastScore(
      [
        try said(1, asOf: "2027-01-01", 95, 100, 110, on: "2027-01-31"),
        try said(2, asOf: "2027-02-01", 95, 100, 110, on: "2027-03-01"),
      ], actual: actual)
    #expect(score.later == 1)
  }

  @Test func `is unknown before a month has ended`() throws {
    let score = ForecastScore([try said(4, asOf: "2027-01-01", 1, 2, 3)], actual: actual)
    #expect(score.count == 0)
    #expect(score.coverage == nil && score.bias == nil)
  }

  @Test(arguments: [
    ("2027-01-01", 1, 1), ("2026-12-31", 1, 1), ("2026-12-01", 1, 2), ("2027-01-01", 12, 12),
    ("2027-01-02", 1, 0), ("2027-02-01", 3, 2),
  ])
  func `knows how far ahead it was said`(_ asOf: String, _ month: Int, _ ahead: Int) throws {
    #expect(try said(month, asOf: asOf, 1, 2, 3).monthsAhead == ahead)
  }
}
