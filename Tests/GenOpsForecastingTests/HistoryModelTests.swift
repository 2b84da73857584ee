import Foundation
import GenOpsUnits
import Testing
@testable import GenOpsForecasting
@testable import GenOpsNumerics

@Suite("History: the fit")
struct HistoryModelTests {
  @Test("finds level, weekdays and trend of a series that has them")
  func recovers() {
    let model = HistoryModel(SimulatedHistory(slope: 0.4).series(), name: "events")
    #expect(abs(model.level / 10_000 - 1) < 0.08, "\(model.level)")
    let profile = model.profile(from: CalendarDay(number: 20_451), count: 7)  // a Monday's week
    let monday = CalendarDay(number: 20_451).weekday
    for index in 0..<7 {
      #expect(abs(profile[index] - SimulatedHistory.weekdays[(monday + index) % 7]) < 0.03)
    }
    // Damped: the first year ahead is worth 0.72 years of the slope.
    #expect(abs(log1p(model.expectedYearlyGrowth) - 0.4 * 0.72) < 0.15)
    #expect(model.findings.all.isEmpty)
  }

  @Test("finds a season of the year from 13 months on, and not before")
  func yearly() {
    let long = HistoryModel(
      SimulatedHistory(days: 800, yearly: 0.3).series(), name: "events")
    let profile = long.profile(from: CalendarDay(number: 21_000), count: 365)
    #expect((profile.max() ?? 0) / (profile.min() ?? 1) > 1.8)
    let short = HistoryModel(
      SimulatedHistory(days: 300, yearly: 0.3).series(), name: "events")
    #expect(short.season.yearly.isEmpty)
    #expect(short.findings.all.map(\.code) == ["no-yearly-season"])
  }

  @Test("outliers do not wreck it, and are named")
  func outliers() {
    let clean = SimulatedHistory()
    let model = HistoryModel(
      clean.series { $0 % 100 == 99 ? $1 * 20 : $0 == 120 ? 0 : $1 }, name: "events")
    #expect(abs(model.level / 10_000 - 1) < 0.08, "\(model.level)")
    #expect(model.findings.all.contains { $0.code == "outliers" })
    let ordinary = HistoryModel(
      clean.series { $0 % 100 == 99 ? $1 * 20 : $1 }, name: "events", method: .ordinary)
    #expect(ordinary.level > 0)
  }

  @Test("after a level shift the level is the new one", arguments: [0.4, 2.5])
  func shift(factor: Double) throws {
    let model = HistoryModel(
      SimulatedHistory().series { $0 >= 350 ? ($1 * factor).rounded() : $1 }, name: "events")
    // The level forgets faster in a series that has shifted, and so is less exact.
    #expect(abs(model.level / (10_000 * factor) - 1) < 0.1, "\(model.level)")
    #expect(abs(model.expectedYearlyGrowth) < 0.15)
    let finding = try #require(model.findings.all.first { $0.code == "level-shift" })
    let day = CalendarDay(number: 20_089).advanced(by: 350)
    #expect(
      finding.message
        == "events \(factor < 1 ? "fell by 62 %" : "rose to 2.4 times") around \(day) and stayed "
        + "there; the level since then is used")
  }

  @Test("a level that comes back is an event that passed, and the calendar is what names it")
  func passing() throws {
    let model = HistoryModel(
      SimulatedHistory().series { (300..<350).contains($0) ? ($1 * 1.8).rounded() : $1 },
      name: "events")
    let shifts = model.findings.all.filter { $0.code == "level-shift" }
    let finding = try #require(shifts.first)
    #expect(shifts.count == 1)
    #expect(finding.message.contains("and came back; the level since then is used"))
    #expect(finding.help?.hasPrefix("name it under calendar:") == true)
  }

  @Test("a burst that ends is not a shift")
  func burst() {
    let model = HistoryModel(
      SimulatedHistory().series { (300..<320).contains($0) ? $1 * 3 : $1 }, name: "events")
    #expect(!model.findings.all.contains { $0.code == "level-shift" })
    #expect(abs(model.level / 10_000 - 1) < 0.1)
  }

  @Test("missing days are left out and counted")
  func missing() {
    let model = HistoryModel(
      SimulatedHistory().series { $0 % 9 == 3 || $0 > 490 ? .nan : $1 }, name: "events")
    #expect(abs(model.level / 10_000 - 1) < 0.05)
    #expect(model.findings.all.map(\.code) == ["missing-days"])
    #expect(model.dayZero == CalendarDay(number: 20_089 + 500))
  }

  @Test("weekdays without usage stay without")
  func closed() {
    let start = CalendarDay(number: 20_089)
    let model = HistoryModel(
      SimulatedHistory().series { start.advanced(by: $0).weekday >= 5 ? 0 : $1 }, name: "events")
    let profile = model.profile(from: CalendarDay(number: 20_451), count: 14)
    for index in 0..<14 {
      let weekday = CalendarDay(number: 20_451).advanced(by: index).weekday
      #expect(weekday >= 5 ? profile[index] == 0 : profile[index] > 1.2)
    }
    let total = paths(model, days: 28, count: 200).map { $0.reduce(0, +) }
    #expect(abs(Statistics.mean(total) / (20 * 10_000 * 1.06) - 1) < 0.1)
  }

  @Test("usage on few days has its mean, and no season")
  func intermittent() {
    let model = HistoryModel(
      SimulatedHistory(days: 200).series { $0 % 5 == 2 ? $1 : 0 }, name: "surveys")
    #expect(model.findings.all.contains { $0.code == "intermittent" })
    #expect(abs(model.level / 2000 - 1) < 0.15)
    let all = paths(model, days: 60, count: 500)
    #expect(all.allSatisfy { $0.allSatisfy { $0 >= 0 } })
    #expect(abs(Statistics.mean(all.map { Statistics.mean($0) }) / model.level - 1) < 0.05)
  }

  /// Four days in sixty: each weekday looks closed, and nothing is left to fit.
  @Test("usage on hardly any day has its mean too, and no words of the library are said")
  func rare() {
    let model = HistoryModel(
      SimulatedHistory(days: 300).series { $0 % 60 >= 56 ? $1 : 0 }, name: "surveys")
    #expect(model.findings.all.contains { $0.code == "intermittent" })
    #expect(!model.findings.all.contains { $0.code == "fit-failed" || $0.message.contains("GSL") })
    #expect(model.level > 0)
  }

  @Test("a silence at the end that is longer than ever before is told", arguments: [2, 3, 18, 27])
  func silence(days: Int) {
    let model = HistoryModel(
      SimulatedHistory(days: 100).series { $0 >= 100 - days || $0 % 40 == 7 ? 0 : $1 },
      name: "events")
    let warning = model.findings.all.first { $0.code == "ends-in-zeros" }
    #expect(warning?.message.contains("the last \(days) days are zero") == (days > 2 ? true : nil))
  }

  struct Rung: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var values: [Double]
    var codes: [String]
    var level: Double
  }
  static let ladder: [Rung] = [
    Rung(testDescription: "nothing", values: [], codes: ["no-history"], level: 0),
    Rung(
      testDescription: "unknown", values: [.nan, .nan], codes: ["no-history"], level: 0),
    Rung(
      testDescription: "all zero", values: [Double](repeating: 0, count: 90), codes: ["no-usage"],
      level: 0),
    Rung(testDescription: "one day", values: [5], codes: ["short-history"], level: 5),
    Rung(
      testDescription: "13 days", values: [Double](repeating: 4, count: 12) + [30],
      codes: ["short-history"], level: 6),
    Rung(
      testDescription: "constant", values: [Double](repeating: 7, count: 90), codes: ["constant"],
      level: 7),
    Rung(
      testDescription: "stopped", values: [1, 5, 9] + [Double](repeating: 0, count: 40),
      codes: ["stopped"], level: 0),
    Rung(
      testDescription: "late start",
      values: [Double](repeating: 0, count: 20) + [Double](repeating: 3, count: 5),
      codes: ["late-start", "short-history"], level: 3),
    Rung(
      testDescription: "impossible days", values: [-4, .infinity, 6],
      codes: ["impossible-usage", "short-history"], level: 6),
  ]

  @Test("a short or broken history falls back with its reason", arguments: ladder)
  func fallsBack(_ rung: Rung) {
    let model = HistoryModel(
      DailySeries(start: CalendarDay(number: 20_000), values: rung.values), name: "events")
    #expect(Set(model.findings.all.map(\.code)) == Set(rung.codes))
    #expect(model.level == rung.level)
    #expect(model.isDeterministic && !model.hasTrend)
    #expect(paths(model, days: 30, count: 1)[0].allSatisfy { $0 == rung.level })
  }

  @Test("14 to 27 days give weekdays and spread but no trend", arguments: [14, 20, 27])
  func short(days: Int) {
    let model = HistoryModel(SimulatedHistory(days: days).series(), name: "events")
    #expect(model.findings.all.first?.code == "short-history")
    #expect(!model.hasTrend)
    #expect(!model.isDeterministic)
    #expect(abs(model.level / 10_000 - 1) < 0.15, "\(model.level)")
  }

  @Test("any history gives finite paths that are not negative", arguments: 0..<12)
  func fuzz(seed: Int) {
    var random = RandomGenerator(RandomKey(bits: UInt64(seed)))
    let count = random.index(below: 220)
    let scale = pow(10, 6 * random.uniform() - 1)
    let values = (0..<count).map { _ -> Double in
      switch random.index(below: 12) {
      case 0: .nan
      case 1: 0
      case 2: (scale * exp(3 * random.normal())).rounded()
      default: (scale * exp(0.3 * random.normal())).rounded()
      }
    }
    let model = HistoryModel(
      DailySeries(start: CalendarDay(number: 20_000), values: values), name: "fuzz")
    #expect(model.level.isFinite && model.level >= 0)
    for path in paths(model, days: 400, count: 20) {
      #expect(path.allSatisfy { $0.isFinite && $0 >= 0 })
    }
  }
}
