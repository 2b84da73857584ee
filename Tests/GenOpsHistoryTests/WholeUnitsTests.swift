import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsHistory

/// A series and a span of days may lie anywhere to each other.
@Suite struct WholeUnitsTests {
  @Test(
    arguments: [
      ("2027-02-01", "2027-02-04", 12), ("2027-02-02", "2027-02-03", 0),
      ("2027-03-01", "2027-04-01", 0), ("2026-01-01", "2026-02-01", 0),
      ("2027-02-03", "2027-02-01", 0), ("2026-01-01", "2028-01-01", 12),
    ] as [(String, String, Int64)])
  func theKnownDaysOfASpan(from: String, to: String, units: Int64) throws {
    let series = UsageSeries(
      meter: .events, start: try #require(CalendarDay("2027-02-01")), values: [5, .nan, 7])
    #expect(
      series.wholeUnits(
        from: try #require(CalendarDay(from)), to: try #require(CalendarDay(to))) == units)
  }

  @Test func daysBeyondCountingAreHeld() throws {
    let start = try #require(CalendarDay("2027-02-01"))
    let series = UsageSeries(meter: .events, start: start, values: [1e300, -4])
    #expect(series.wholeUnits(from: start, to: start.advanced(by: 2)) == 1_000_000_000_000_000)
  }
}
