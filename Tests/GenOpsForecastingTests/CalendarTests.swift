import GenOpsTestSupport
import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsForecasting
@testable import GenOpsNumerics

@Suite("Holidays")
struct HolidayTests {
  static let cases = TextCase.lines("holidays").map(\.text)

  @Test("are those that the authorities publish", arguments: cases)
  func published(line: String) throws {
    let words = line.split(whereSeparator: { $0 == " " || $0 == ":" }).map(String.init)
    let calendar = try #require(HolidayCalendar.named(words[0]))
    let year = try #require(Int(words[1]))
    // A holiday of the next year may be kept in this one.
    let days = [year, year + 1].flatMap { calendar.days(in: $0).map(\.day) }
    let seen = Set(days.filter { $0.civil.year == year }.map { String("\($0)".dropFirst(5)) })
    #expect(seen == Set(words.dropFirst(2)))
  }

  @Test("every country has a published year")
  func complete() {
    #expect(HolidayCalendar.all.count >= 10)
    for calendar in HolidayCalendar.all {
      #expect(Self.cases.contains { $0.hasPrefix(calendar.country + " ") }, "\(calendar.name)")
    }
  }

  @Test(
    "Easter Sunday is the published one",
    arguments: [
      "1818-03-22", "1943-04-25", "1961-04-02", "2000-04-23", "2008-03-23", "2024-03-31",
      "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2038-04-25", "2285-03-22",
    ])
  func easter(day: String) throws {
    let expected = try #require(CalendarDay(day))
    #expect(HolidayRule.easterSunday(in: expected.civil.year) == expected)
  }
}

/// Runs over the registry: a new effect is tested by its line there.
@Suite("Calendar effects: what every kind keeps")
struct CalendarEffectContract {
  static let names = CalendarEffects.registry.names

  func effect(_ name: String, also: String = "") throws -> ((any CalendarEffect)?, [Finding]) {
    var findings = Findings()
    let kind = try #require(CalendarEffects.registry[name])
    let effect = CalendarEffects.decode(mapping(kind.example + also), &findings)
    return (effect, findings.all)
  }

  func path(_ effect: any CalendarEffect, from: CalendarDay, count: Int) -> [Double] {
    CalendarProfile(effects: [("it", effect)]).medianProfile(from: from, count: count)
  }

  @Test("its example decodes, and an unknown key is a finding", arguments: names)
  func example(name: String) throws {
    let (effect, findings) = try effect(name)
    #expect(effect != nil && findings.isEmpty)
    #expect(try self.effect(name, also: "\ncolour: red").1.map(\.code) == ["unknown-key"])
  }

  @Test(
    "a day's multiplier does not depend on the window, is finite and not negative", arguments: names
  )
  func window(name: String) throws {
    let effect = try #require(try effect(name).0)
    let first = try #require(CalendarDay("2027-01-01"))
    let whole = path(effect, from: first, count: 730)
    #expect(whole.allSatisfy { $0.isFinite && $0 >= 0 })
    #expect(whole.contains { $0 != 1 })
    for (begin, count) in [(100, 40), (128, 3), (355, 20), (729, 1), (3, 0)] {
      let part = path(effect, from: first.advanced(by: begin), count: count)
      #expect(part == Array(whole[begin..<begin + count]))
    }
  }

  @Test("any values leave it finite and not negative", arguments: names)
  func extremes(name: String) throws {
    let effect = try #require(try effect(name).0)
    let first = try #require(CalendarDay("2027-01-01"))
    for value in [-1e9, -2, 0, 0.5, 3, 1e9] {
      let values = effect.parameters.map { _ in value }
      let profile = CalendarProfile(effects: [("it", effect)])
        .profile(from: first, count: 50, values: values)
      #expect(profile.allSatisfy { $0.isFinite && $0 >= 0 })
    }
  }
}

@Suite("Calendar")
struct CalendarProfileTests {
  func profile(_ text: String, from: String, count: Int, day: BusinessDay = .utc) throws -> [Double]
  {
    var findings = Findings()
    let effect = CalendarEffects.decode(mapping(text), &findings)
    #expect(findings.all.isEmpty, "\(findings.all.map(\.message))")
    return CalendarProfile(effects: [("it", try #require(effect))], day: day)
      .medianProfile(from: try #require(CalendarDay(from)), count: count)
  }

  @Test("campaigns have the shapes they say")
  func shapes() throws {
    func shape(_ name: String) throws -> [Double] {
      try profile(
        "effect: campaign\nfrom: 2027-05-10\nby: +100%\nshape: \(name)\nlasts: 2 days",
        from: "2027-05-09", count: 6)
    }
    #expect(try shape("pulse") == [1, 2, 2, 1, 1, 1])
    #expect(try shape("ramp") == [1, 1.5, 2, 2, 2, 2])
    let decay = try shape("decay")
    for (seen, exact) in zip(decay, [1, 2, 1 + 0.5.squareRoot(), 1.5]) {
      #expect(abs(seen - exact) < 1e-12)
    }
  }

  @Test("holidays, own dates and days of the month fall on their days")
  func dates() throws {
    #expect(
      try profile(
        "effect: holidays\ncountry: us\ndates: [2027-12-29]\nby: -40%", from: "2027-12-23",
        count: 9) == [1, 0.6, 1, 1, 1, 1, 0.6, 1, 0.6])
    #expect(
      try profile(
        "effect: month-days\ndays: {1: +50%, last: +100%}", from: "2028-02-28", count: 3)
        == [1, 2, 1.5])
  }

  @Test("an outage loses its hours, and some come back the day after")
  func outage() throws {
    let seen = try profile(
      "effect: outage\nfrom: 2027-05-10\nlasts: 36 hours\nloses: 80%\ncomes_back: 50%",
      from: "2027-05-09", count: 5)
    for (seen, exact) in zip(seen, [1, 0.2, 0.6, 1 + 0.5 * 0.8 * 1.5, 1]) {
      #expect(abs(seen - exact) < 1e-12)
    }
  }

  @Test("an uncertain date moves the campaign, 90 of 100 between its ends")
  func uncertainDate() throws {
    var findings = Findings()
    let effect = try #require(
      CalendarEffects.decode(
        mapping(
          "effect: campaign\nfrom: 2027-05-10 to 2027-05-24\nby: +100%\nshape: pulse\nlasts: 1 day"),
        &findings))
    let calendar = CalendarProfile(effects: [("spring", effect)])
    #expect(calendar.inputs.map(\.name) == ["spring.from", "spring.by", "spring.lasts"])
    let sampler = InputSampler(inputs: calendar.inputs, source: RandomSource(seed: 2))
    let first = try #require(CalendarDay("2027-04-01"))
    let inside = (0..<4000).count { path in
      let profile = calendar.profile(from: first, count: 120, values: sampler.values(path: path))
      return profile.firstIndex(of: 2).map { (39...53).contains($0) } ?? false
    }
    // 10 to 24 May are 15 whole days, a little more than between their middles: 92 %.
    #expect(abs(Double(inside) / 4000 - 0.922) < 0.02)
  }

  @Test("a day of UTC holds parts of two business days")
  func zones() throws {
    let text = "effect: holidays\ndates: [2027-05-10]\nby: -50%"
    let ahead = try profile(
      text, from: "2027-05-08", count: 4, day: try #require(BusinessDay("UTC+6")))
    #expect(ahead == [1, 1 - 0.5 * 0.25, 1 - 0.5 * 0.75, 1])
    let behind = try profile(
      text, from: "2027-05-08", count: 4, day: try #require(BusinessDay("-06:00")))
    #expect(behind == [1, 1, 1 - 0.5 * 0.75, 1 - 0.5 * 0.25])
    let berlin = try #require(BusinessDay("Europe/Berlin"))
    #expect(berlin.minutes(on: try #require(CalendarDay("2027-01-10"))) == 60)
    #expect(berlin.minutes(on: try #require(CalendarDay("2027-07-10"))) == 120)
    #expect(BusinessDay("UTC") == .utc)
    #expect(BusinessDay("+05:30") == .offset(minutes: 330))
    for wrong in ["", "Berlin", "UTC+", "UTC+25", "+05:xx", "Europe/Atlantis"] {
      #expect(BusinessDay(wrong) == nil, "\(wrong)")
    }
  }

  @Test(
    "what is wrong is said at once",
    arguments: [
      (
        "effect: campaign\nfrom: 2027-02-30\nby: much\nshape: wave\nlasts: 3",
        ["impossible-date", "wrong-value", "wrong-value", "unknown-kind"]
      ),
      (
        "effect: campaign\nfrom: 2027-03-02 to 2027-03-01\nby: +3%\nshape: ramp\nlasts: 3 days",
        ["impossible-date"]
      ),
      ("effect: holidays\ncountry: xx\nby: -20%", ["unknown-kind"]),
      ("effect: holidays\nby: -20%", ["missing-key"]),
      ("effect: holidays\ndates: [soon, 2027-01-02]\nby: -20%", ["impossible-date"]),
      ("effect: month-days\ndays: {32: +5%, first: +3%}", ["wrong-value", "wrong-value"]),
      (
        "effect: outage\nfrom: 2027-03-02\nlasts: 3 hours\nloses: 120%",
        ["missing-key", "wrong-value"]
      ),
      ("effect: eclipse", ["unknown-kind"]),
    ] as [(String, [String])])
  func refused(text: String, codes: [String]) {
    var findings = Findings()
    #expect(CalendarEffects.decode(mapping(text), &findings) == nil)
    #expect(findings.all.map(\.code) == codes, "\(findings.all.map(\.message))")
  }
}
