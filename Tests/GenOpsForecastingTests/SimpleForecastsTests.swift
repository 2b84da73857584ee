import GenOpsUnits
import Testing

@testable import GenOpsForecasting

/// The forecasts to beat, by hand.
struct `Simple forecasts of a month` {
  private func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(text)) }

  @Test func `flat: each weekday as in the four weeks before, as often as the month has it`() throws
  {
    let start = try day("2027-01-01")
    // January and February: Mondays 10, all other days 2; the last Monday is 14.
    let values = (0..<59).map { index -> Double in
      let one = start.advanced(by: index)
      return one.weekday == 0 ? (one.civil.month == 2 && one.civil.day == 22 ? 14 : 10) : 2
    }
    let window = Backtest.Window(first: try day("2027-03-01"), dayCount: 31)
    // March 2027 has five Mondays, worth (10 + 10 + 10 + 14) ∕ 4 = 11 each, and 26 other days.
    let series = DailySeries(start: start, values: values)
    let flat = try #require(SimpleForecasts.flat(series, in: window))
    #expect(abs(flat - (5 * 11 + 26 * 2)) < 1e-9)
    let short = DailySeries(start: try day("2027-02-25"), values: [1, 1, 1, 1])
    #expect(SimpleForecasts.flat(short, in: window) == nil)
  }

  @Test func `the same month of last year times the growth of the two months before`() throws {
    let start = try day("2026-01-01")
    // By month of 2026 and 2027: units a day.
    let perDay: [Int: Double] = [
      202601: 10, 202602: 10, 202603: 40, 202701: 15, 202702: 25,
    ]
    let values = (0..<424).map { index -> Double in
      let date = start.advanced(by: index).civil
      return perDay[date.year * 100 + date.month] ?? 7
    }
    let window = Backtest.Window(first: try day("2027-03-01"), dayCount: 31)
    // January and February of this year over those of last year.
    let growth = 1165.0 / 590
    let answer = try #require(
      SimpleForecasts.sameMonth(DailySeries(start: start, values: values), in: window))
    #expect(abs(answer - 31 * 40 * growth) < 1e-9)
    var broken = values
    broken[70] = .nan
    #expect(
      SimpleForecasts.sameMonth(DailySeries(start: start, values: broken), in: window) == nil)
    #expect(
      SimpleForecasts.sameMonth(
        DailySeries(start: try day("2026-06-01"), values: [Double](repeating: 1, count: 273)),
        in: window) == nil)
  }
}
