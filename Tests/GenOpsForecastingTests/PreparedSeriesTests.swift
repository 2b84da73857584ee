import Foundation
import GenOpsNumerics
import GenOpsUnits
import Testing

@testable import GenOpsForecasting

/// Dates of the year and caps around the models of a series.
struct `A prepared series` {
  private static let start = CalendarDay(year: 2025, month: 1, day: 1)

  /// `count` days from 1 January 2025 on that scatter by 2 %, times `factor` of each.
  private static func days(_ count: Int, _ factor: (CalendarDay) -> Double) throws -> TimeSeries {
    let start = try #require(start)
    var generator = RandomGenerator(RandomSource(seed: 5).key("days", purpose: "test"))
    let values = (0..<count).map { index in
      let day = start.advanced(by: index)
      let weekday = day.weekday > 4 ? 0.6 : 1.0
      return 1000 * weekday * factor(day) * exp(0.02 * generator.normal())
    }
    return TimeSeries(name: "web", values: values, step: .day, start: start, seasonLength: 7)
  }

  private static func answer(
    _ series: TimeSeries, horizon: Int, _ preparation: SeriesPreparation = .init(),
    by model: SeriesModelKind = DampedSmoothing.self
  ) -> SeriesForecast {
    PreparedSeries(series, preparation).forecast(
      SeriesRequest(
        horizon: horizon, levels: [0.1, 0.5, 0.9], pathCount: 20, source: RandomSource(seed: 1)),
      by: model)
  }

  private static func isChristmas(_ day: CalendarDay) -> Bool {
    let (_, month, date) = day.civil
    return month == 12 && date >= 23 || month == 1 && date <= 2
  }

  @Test func `moves what Christmas did to the next one, and not where it is switched off`() throws {
    // The history ends on 15 December 2026: one Christmas is in it.
    let series = try Self.days(714) { Self.isChristmas($0) ? 0.5 : 1 }
    let end = try #require(series.start).advanced(by: series.values.count)
    let usual = Self.answer(series, horizon: 21)
    let without = Self.answer(series, horizon: 21, .init(holidays: .none))
    let christmas = try #require(CalendarDay("2026-12-25"))
    let step = end.distance(to: christmas)
    #expect(abs(usual.point[step] / without.point[step] / 0.5 - 1) < 0.15)
    // Quantiles and paths move with the point, and days before stay.
    #expect(usual.quantiles[step][2] < 0.8 * without.quantiles[step][1])
    #expect(usual.paths.allSatisfy { $0[step] < 0.75 * without.point[step] })
    #expect(abs(usual.point[2] / without.point[2] - 1) < 0.05)
    let effect = try #require(usual.dates.first { $0.name == "Christmas and New Year" })
    #expect(effect.times == 2 || effect.times == 1)
    #expect(effect.days.first?.day == CalendarDay("2026-12-23"))
    #expect(effect.days.allSatisfy { abs($0.change + 0.5) < 0.12 })
    #expect(without.dates.isEmpty)
  }

  @Test func `finds a date of one's own that two years had`() throws {
    let series = try Self.days(800) { $0.civil.month == 5 && $0.civil.day == 12 ? 2.5 : 1 }
    let found = Self.answer(series, horizon: 7).dates
    let effect = try #require(found.first { $0.name == "12 May" })
    #expect(effect.times == 2 && effect.days.count == 1)
    #expect(effect.days.first?.day == CalendarDay("2027-05-12"))
    #expect(abs(effect.largest / 1.5 - 1) < 0.15)
  }

  @Test func `finds a date that moves with its weekday`() throws {
    let rule = HolidayRule.nth(3, weekday: 1, month: 9)
    let series = try Self.days(800) { $0 == rule.day(in: $0.civil.year) ? 2.5 : 1 }
    let found = Self.answer(series, horizon: 7).dates
    let effect = try #require(found.first { $0.name == "3rd-tue-sep" })
    #expect(effect.days.map(\.day) == [rule.day(in: 2027)])
  }

  @Test func `finds nothing where days are like any other`() throws {
    let series = try Self.days(800) { _ in 1 }
    let answer = Self.answer(series, horizon: 30)
    #expect(answer.dates.allSatisfy { abs($0.largest) < 0.06 })
    #expect(answer.notices == SeriesNotices())
  }

  @Test func `says which named holiday its history does not hold`() throws {
    var findings = Findings()
    let choice = HolidayChoice("none, fr, 2025-03-03", &findings)
    #expect(findings.all.isEmpty && !choice.finds)
    let series = try Self.days(120) { _ in 1 }
    let answer = Self.answer(series, horizon: 7, .init(holidays: choice))
    let told = answer.findings.all.filter { $0.code == "holiday-unseen" }
    // 1 January and Easter Monday 2025 are among the first 120 days; Labour Day is the day after them.
    #expect(told.contains { $0.message.contains("National Day") })
    #expect(!told.contains { $0.message.contains("Easter") })
    #expect(!told.contains { $0.message.contains("own dates") })
  }

  @Test func `reads words of dates, and says which it cannot read`() throws {
    for text in [
      "12-24", "easter", "easter+39", "easter-2", "4th-thu-nov", "last-mon-may", "02-29",
    ] {
      let rule = try #require(HolidayRule(text: text))
      #expect(rule.words == text)
    }
    #expect(HolidayRule(text: "4th-thu-nov")?.day(in: 2026) == CalendarDay("2026-11-26"))
    #expect(HolidayRule(text: "last-mon-may")?.day(in: 2027) == CalendarDay("2027-05-31"))
    #expect(HolidayRule(text: "easter+39")?.day(in: 2027) == CalendarDay("2027-05-06"))
    for text in ["13-01", "02-30", "5th-mon-may", "easter39", "easter-", "1-1", "thu-nov", ""] {
      #expect(HolidayRule(text: text) == nil, "\(text)")
    }
    var findings = Findings()
    _ = HolidayChoice("germany,de", &findings)
    #expect(findings.all.map(\.code) == ["unknown-holiday"])
  }

  @Test(arguments: SeriesModels.registry.names)
  func `never passes its cap`(name: String) throws {
    let kind = try #require(SeriesModels.registry[name])
    // A logistic curve that has come to 90 % of 1,000.
    let values = (0..<60).map { 1000 / (1 + exp(-(Double($0) - 38) / 10)) }
    let series = TimeSeries(name: "seats", values: values, step: .week)
    let capped = Self.answer(series, horizon: 40, .init(cap: 1000), by: kind)
    for row in [capped.point] + capped.quantiles + capped.paths {
      #expect(row.allSatisfy { $0 >= 0 && $0 <= 1000 }, "\(row)")
    }
    for row in capped.quantiles { #expect(zip(row, row.dropFirst()).allSatisfy { $0 <= $1 }) }
  }

  @Test func `is seen by its odds against the cap`() throws {
    // The drift model draws a line through the first and the last odds: e^-3.8 and e^2.1, 59 steps apart.
    let values = (0..<60).map { 1000 / (1 + exp(-(Double($0) - 38) / 10)) }
    let series = TimeSeries(name: "seats", values: values, step: .week)
    let capped = Self.answer(series, horizon: 30, .init(cap: 1000), by: DriftSeries.self)
    let plain = Self.answer(series, horizon: 30, by: DriftSeries.self)
    let odds = exp(2.1) + 30 * (exp(2.1) - exp(-3.8)) / 59
    #expect(abs(capped.point[29] - 1000 * odds / (1 + odds)) < 1)
    #expect(plain.point[29] > 1200)
  }

  @Test func `is forecast without a cap that it has passed`() {
    let series = TimeSeries(name: "seats", values: [3, 4, 5, 6, 7, 8, 9, 12], step: .week)
    let answer = Self.answer(series, horizon: 3, .init(cap: 10))
    #expect(answer.findings.all.contains { $0.code == "cap-exceeded" })
    #expect(answer.point == Self.answer(series, horizon: 3).point)
  }

  @Test func `names outliers with what was usual, and new levels`() throws {
    let strange = try #require(CalendarDay("2025-06-11"))
    let change = try #require(CalendarDay("2025-11-03"))
    let series = try Self.days(420) { day in
      (day == strange ? 4 : 1) * (day >= change ? 0.5 : 1)
    }
    let notices = SeriesNotices(series)
    let start = try #require(series.start)
    #expect(notices.outliers.map { start.advanced(by: $0.index) } == [strange])
    let outlier = try #require(notices.outliers.first)
    #expect(abs(outlier.usual / 1000 - 1) < 0.05 && abs(outlier.value / 4000 - 1) < 0.1)
    let shift = try #require(notices.shifts.first)
    #expect(notices.shifts.count == 1)
    // Levels are looked for by the week.
    #expect(abs(start.advanced(by: shift.index).distance(to: change)) <= 7)
    #expect(abs(shift.factor / 0.5 - 1) < 0.15)
  }

  @Test func `marks a guess, and says why a plainer kind answered`() {
    let two = Self.answer(TimeSeries(name: "n", values: [4, 6]), horizon: 2, by: AutoSeries.self)
    #expect(two.isUnreliable && two.reason == "2 known values" && two.model == "last-value")
    let same = Self.answer(
      TimeSeries(name: "n", values: [Double](repeating: 4, count: 20)), horizon: 2,
      by: AutoSeries.self)
    #expect(!same.isUnreliable && same.reason == "all values are the same")
    let silent = (0..<40).map { $0 % 5 == 0 ? 3.0 : 0 }
    let some = Self.answer(TimeSeries(name: "n", values: silent), horizon: 2, by: AutoSeries.self)
    #expect(some.model == "intermittent" && some.reason == "32 of 40 values are zero")
  }
}
