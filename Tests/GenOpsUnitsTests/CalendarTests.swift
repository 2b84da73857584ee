import GenOpsUnits
import Testing

@Suite("Calendar")
struct CalendarTests {
  @Test(
    "known days",
    arguments: [
      ("1970-01-01", 0, 3), ("1969-12-31", -1, 2), ("2000-02-29", 11_016, 1),
      ("2024-02-29", 19_782, 3), ("2026-11-24", 20_781, 1), ("2038-01-19", 24_855, 1),
      ("1900-03-01", -25_508, 3), ("0001-01-01", -719_162, 0), ("9999-12-31", 2_932_896, 4),
    ])
  func known(_ text: String, _ number: Int32, _ weekday: Int) throws {
    let day = try #require(CalendarDay(text))
    #expect(day.number == number && day.weekday == weekday)
    #expect(day.description == text)
  }

  @Test("four hundred years, day by day, against counting")
  func naive() throws {
    var day = try #require(CalendarDay("1900-01-01"))
    var weekday = 0  // 1900-01-01 was a Monday.
    for year in 1900..<2300 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      var dayOfYear = 1
      for (index, length) in lengths.enumerated() {
        let month = CalendarMonth(year: year, month: index + 1)
        try #require(month.dayCount == length && month.firstDay == day)
        for number in 1...length {
          let civil = day.civil
          let matches =
            civil == (year, index + 1, number) && day.weekday == weekday
            && day.dayOfYear == dayOfYear && day.month == month
            && CalendarDay(year: year, month: index + 1, day: number) == day
          try #require(matches, "\(year)-\(index + 1)-\(number)")
          day = day.advanced(by: 1)
          weekday = (weekday + 1) % 7
          dayOfYear += 1
        }
        try #require(month.lastDay.advanced(by: 1) == day)
      }
    }
  }

  @Test(
    "days that do not exist",
    arguments: [
      "2027-02-29", "2100-02-29", "2027-13-01", "2027-00-01", "2027-01-00", "2027-04-31",
      "0000-01-01",
      "27-01-01", "2027-1-1", "2027/01/01", "2027-01-01 ", "2027-01", "", "-001-01-01",
      "2027-01-+1",
    ])
  func noDay(_ text: String) { #expect(CalendarDay(text) == nil) }

  @Test("months count on over years")
  func months() throws {
    let month = try #require(CalendarMonth("2027-11"))
    #expect(month.advanced(by: 3).description == "2028-02")
    #expect(month.advanced(by: -11).description == "2026-12")
    #expect(month.distance(to: month.advanced(by: 30)) == 30)
    #expect(month.shortName == "Nov")
    #expect(CalendarMonth("2027-13") == nil && CalendarMonth("2027") == nil)
  }

  @Test("billing periods follow each other without a gap for every anchor", arguments: 1...31)
  func billing(anchor: Int) throws {
    var day = try #require(CalendarDay("2027-01-01"))
    var period = BillingPeriod(containing: day, anchorDay: anchor)
    for _ in 0..<800 {
      let now = BillingPeriod(containing: day, anchorDay: anchor)
      try #require(now.contains(day))
      if now != period {
        try #require(now.start == period.end && now.start == day)
        let start = now.start.civil.day
        try #require(start == min(anchor, now.start.month.dayCount))
        period = now
      }
      day = day.advanced(by: 1)
    }
  }

  @Test("PostHog's own example: subscribed on 17 November")
  func subscription() throws {
    let period = BillingPeriod(containing: try #require(CalendarDay("2023-12-01")), anchorDay: 17)
    #expect(period.start.description == "2023-11-17" && period.end.description == "2023-12-17")
  }

  @Test(
    "budget windows",
    arguments: [
      (BudgetPeriod.day, 1, "2027-05-12", "2027-05-13"), (.week, 1, "2027-05-10", "2027-05-17"),
      (.month, 1, "2027-05-01", "2027-06-01"), (.quarter, 1, "2027-04-01", "2027-07-01"),
      (.year, 1, "2027-01-01", "2028-01-01"), (.quarter, 2, "2027-05-01", "2027-08-01"),
      (.year, 2, "2027-02-01", "2028-02-01"), (.year, 7, "2026-07-01", "2027-07-01"),
    ])
  func windows(_ period: BudgetPeriod, _ fiscalStart: Int, _ start: String, _ end: String) throws {
    let day = try #require(CalendarDay("2027-05-12"))  // A Wednesday.
    let window = period.window(containing: day, fiscalStart: fiscalStart)
    #expect(window.start.description == start && window.end.description == end)
  }

  @Test(
    "every day is in its window, and windows follow each other", arguments: BudgetPeriod.allCases)
  func windowsTile(_ period: BudgetPeriod) throws {
    for fiscalStart in 1...12 {
      var day = try #require(CalendarDay("2027-01-15"))
      for _ in 0..<6 {
        let window = period.window(containing: day, fiscalStart: fiscalStart)
        try #require(window.start <= day && day < window.end)
        let next = period.window(containing: window.end, fiscalStart: fiscalStart)
        try #require(next.start == window.end)
        day = window.end
      }
    }
  }
}
