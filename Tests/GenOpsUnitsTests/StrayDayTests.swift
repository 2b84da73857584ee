import GenOpsUnits
import Testing

@Suite("Stray days")
struct StrayDayTests {
  private func kept(_ text: String) throws -> String? {
    let counts = try text.split(separator: " ").flatMap { item in
      let parts = item.split(separator: "*")
      let ends = parts[0].split(separator: "/").compactMap { CalendarDay($0) }
      let first = try #require(ends.first)
      let days = first.distance(to: ends.last ?? first)
      return (0...max(0, days)).map {
        (first.advanced(by: $0), parts.count > 1 ? Int(parts[1]) ?? 0 : 1)
      }
    }
    return StrayDays(counts).kept.map { "\($0.lowerBound)/\($0.upperBound)" }
  }

  /// DAY or FIRST/LAST, with how much there is of each day behind a star; what is kept.
  @Test(
    "lie far from all others and are few",
    arguments: [
      ("2026-10-01/2026-11-29*50", "2026-10-01/2026-11-29"),
      ("2026-10-01/2026-11-29*50 1970-01-01*1", "2026-10-01/2026-11-29"),
      ("2026-10-01/2026-11-29*50 1970-01-01*2000", "2026-10-01/2026-11-29"),
      ("2026-10-01/2026-11-29*50 1970-01-01/1989-12-31*1", "2026-10-01/2026-11-29"),
      ("2026-10-01/2026-11-29*50 2099-01-01 0001-01-01 9999-12-31", "2026-10-01/2026-11-29"),
      ("2026-11-10 1970-01-01 2099-01-01", "2026-11-10/2026-11-10"),
      ("2026-11-10 2016-01-01", "2026-11-10/2026-11-10"),
      ("2026-11-10 2038-01-19", "2026-11-10/2026-11-10"),
      // Two hundred days behind sixty, one of three thousand.
      ("2026-10-01/2026-11-29*50 2027-06-17", "2026-10-01/2026-11-29"),
      ("2026-10-01/2026-11-29*50 2026-06-17*3", "2026-10-01/2026-11-29"),
      // A gap that is shorter than what is known, or too much behind it, is a gap of the recording.
      ("2026-10-01/2026-11-29*50 2027-01-17", "2026-10-01/2027-01-17"),
      ("2026-10-01/2026-11-29*50 2027-06-17*200", "2026-10-01/2027-06-17"),
      ("2024-01-01/2024-02-29*50 2026-10-01/2026-11-29*50", "2024-01-01/2026-11-29"),
      ("2026-11-10*2 2027-01-01*2", "2026-11-10/2027-01-01"),
    ])
  func strays(_ text: String, _ expected: String) throws { #expect(try kept(text) == expected) }

  @Test("are all of them where none is credible")
  func none() throws {
    #expect(try kept("1970-01-01/1970-02-01*50") == nil)
    #expect(try kept("2099-01-01") == nil)
    #expect(StrayDays([]).kept == nil)
  }
}
