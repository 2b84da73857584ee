import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsForecasting
@testable import GenOpsNumerics

/// Series whose distribution is known.
struct SimulatedHistory {
  var days = 500
  var level = 10_000.0
  /// Of the logarithm, per year.
  var slope = 0.0
  var noise = 0.1
  var yearly = 0.0
  var name = "simulated"
  /// 1 January 2025 was a Wednesday.
  var start = CalendarDay(number: 20_089)
  static let weekdays = [1.1, 1.1, 1.05, 1.05, 1.0, 0.85, 0.85]

  /// Level, trend, weekday and noise; `level` is what holds on the day after the last.
  func values(_ change: (Int, Double) -> Double = { $1 }) -> [Double] {
    var random = RandomGenerator(RandomSource(seed: 12).key(name, purpose: "history"))
    return (0..<days).map { index in
      let day = start.advanced(by: index)
      let trend = slope * Double(index - days) / 365.25
      let season = yearly * sin(HistoryDesign.angle(day))
      let value =
        level * exp(trend + season + noise * random.normal() - noise * noise / 2)
        * SimulatedHistory.weekdays[day.weekday]
      return change(index, value.rounded())
    }
  }

  func series(_ change: (Int, Double) -> Double = { $1 }) -> DailySeries {
    DailySeries(start: start, values: values(change))
  }
}

/// Paths of a model: level × profile × trend × errors.
func paths(
  _ model: HistoryModel, days: Int, count: Int, seed: UInt64 = 1, errors: String = "account"
)
  -> [[Double]]
{
  let source = RandomSource(seed: seed)
  let profile = model.profile(from: model.dayZero, count: days)
  var random = RandomGenerator()
  var buffer = [Double](repeating: 0, count: days)
  return (0..<count).map { path in
    buffer.withUnsafeMutableBufferPointer { buffer in
      model.trend(
        into: buffer, key: source.key(model.name, purpose: "trend"), path: path,
        generator: &random)
      model.applyErrors(
        to: buffer, key: source.key(errors, purpose: "errors"), path: path, generator: &random)
    }
    return zip(buffer, profile).map { $0 * $1 * model.level }
  }
}

@Suite("History: the fit")
struct HistoryModelTests {
  @Test("finds level, weekdays and trend of a series that has them")
  func recovers() {
    let model = HistoryModel(SimulatedHistory(slope: 0.4).series(), name: "events")
    #expect(abs(model.level / 10_000 - 1) < 0.05, "\(model.level)")
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
        == "events \(factor < 1 ? "fell by 59 %" : "rose to 2.6 times") around \(day) and stayed "
        + "there; the level since then is used")
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

@Suite("History: the paths")
struct HistoryPathTests {
  static let model = HistoryModel(SimulatedHistory(slope: 0.3).series(), name: "events")

  @Test("errors have expectation 1 on every day, in a block and after it")
  func unbiased() {
    let source = RandomSource(seed: 3)
    var random = RandomGenerator()
    let (days, count) = (200, 20_000)
    var sums = [Double](repeating: 0, count: days)
    var squares = sums
    var buffer = sums
    for path in 0..<count {
      buffer.withUnsafeMutableBufferPointer { buffer in
        buffer.update(repeating: 1)
        HistoryPathTests.model.applyErrors(
          to: buffer, key: source.key("a", purpose: "errors"), path: path, generator: &random)
      }
      for day in 0..<days {
        sums[day] += buffer[day]
        squares[day] += buffer[day] * buffer[day]
      }
    }
    for day in 0..<days {
      let mean = sums[day] / Double(count)
      let error = ((squares[day] / Double(count) - mean * mean) / Double(count)).squareRoot()
      // 200 days are looked at: 4.5 standard errors are passed by one in 700 such tests.
      #expect(abs(mean - 1) < 4.5 * error, "day \(day): \(mean)")
    }
  }

  /// With a growth given, only that growth spreads the level: the days scatter around it, and sums
  /// of 28 days far ahead spread no more than near ones.
  @Test("the level does not wander where the growth is given")
  func givenGrowth() {
    var walk = RandomGenerator(RandomKey(bits: 77))
    var level = 0.0
    let levels = (0..<500).map { _ -> Double in
      level += 0.03 * walk.normal()
      return exp(level)
    }
    let model = HistoryModel(
      SimulatedHistory(noise: 0.03).series { ($1 * levels[$0]).rounded() }, name: "events")
    let flat = CompoundGrowth(ratePerMonth: .constant(0))
    func spreads(_ growth: (any GrowthModel)?) -> (near: Double, far: Double) {
      let distribution = StreamModel(following: model, days: 364, growth: growth)
      let generator = PathGenerator(distribution, source: RandomSource(seed: 1))
      var random = RandomGenerator()
      var days = [Double](repeating: 0, count: 364)
      let sums = (0..<400).map { path -> (Double, Double) in
        days.withUnsafeMutableBufferPointer {
          generator.means(path: path, into: $0, using: &random)
        }
        let adjusted = zip(days, distribution.profile).map { $0 / $1 }
        return (adjusted[..<28].reduce(0, +), adjusted[336...].reduce(0, +))
      }
      func relative(_ sample: [Double]) -> Double {
        Statistics.sd(sample) / Statistics.mean(sample)
      }
      return (relative(sums.map(\.0)), relative(sums.map(\.1)))
    }
    let given = spreads(flat)
    #expect(given.far < 1.3 * given.near, "\(given)")
    let own = spreads(nil)
    #expect(own.far > 2 * own.near, "\(own)")
  }

  @Test("a trend's paths have its expectation and differ")
  func trend() {
    let distribution = DampedTrend(slope: 0.3, sd: 0.2)
    var random = RandomGenerator(RandomKey(bits: 8))
    var buffer = [Double](repeating: 0, count: 366)
    let last = (0..<20_000).map { _ -> Double in
      buffer.withUnsafeMutableBufferPointer { distribution.path(into: $0, generator: &random) }
      #expect(buffer[0] == 1)
      return buffer[365]
    }
    let reach = DampedTrend.reach(365)
    #expect(abs(reach - 0.7209) < 0.001)
    #expect(
      abs(Statistics.mean(last) - exp(0.3 * reach)) < 4 * Statistics.standardError(last))
    #expect(abs(Statistics.sd(last.map { log($0) }) - 0.2 * reach) < 0.004)
  }

  @Test("any path can be drawn alone, and a longer horizon keeps the earlier days")
  func alone() {
    let all = paths(HistoryPathTests.model, days: 60, count: 8)
    let longer = paths(HistoryPathTests.model, days: 90, count: 8)
    for path in 0..<8 { #expect(Array(longer[path][..<60]) == all[path]) }
    #expect(all[1] != all[2])
  }

  @Test("series of one account move together as they did, and apart with keys of their own")
  func together() {
    let one = SimulatedHistory()
    let values = one.values()
    // Half of the noise in common.
    let other = HistoryModel(
      DailySeries(
        start: one.start,
        values: zip(values, SimulatedHistory(name: "other").values()).map {
          ($0 * $1).squareRoot() / 10
        }), name: "flags")
    let first = HistoryModel(one.series(), name: "events")
    func correlation(_ key: String) -> Double {
      let a = paths(first, days: 14, count: 600).map { $0.reduce(0, +) }
      let b = paths(other, days: 14, count: 600, errors: key).map { $0.reduce(0, +) }
      let (ma, mb) = (Statistics.mean(a), Statistics.mean(b))
      let product = zip(a, b).reduce(0) { $0 + ($1.0 - ma) * ($1.1 - mb) }
      return product / 599 / Statistics.sd(a) / Statistics.sd(b)
    }
    #expect(correlation("account") > 0.4)
    #expect(abs(correlation("someone else")) < 0.15)
  }

  @Test("8 of 10 futures hold the truth about as often as they say")
  func coverage() {
    var held = 0
    let (series, horizon) = (30, 28)
    for index in 0..<series {
      let whole = SimulatedHistory(days: 400 + horizon, slope: 0.2, name: "coverage \(index)")
      let values = whole.values()
      let model = HistoryModel(
        DailySeries(start: whole.start, values: Array(values.prefix(400))), name: "events")
      let totals = paths(model, days: horizon, count: 200).map { $0.reduce(0, +) }
      let ends = Statistics.quantiles(of: totals, at: [0.1, 0.9])
      let truth = values.suffix(horizon).reduce(0, +)
      if truth >= ends[0] && truth <= ends[1] { held += 1 }
    }
    // Binomial(30, 0.8): 17 … 30 in all but one of 1,000.
    #expect(held >= 17, "\(held) of \(series)")
  }
}
