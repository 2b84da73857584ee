import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsForecasting
@testable import GenOpsNumerics

struct `Structural: what it finds` {
  static let start = CalendarDay(number: 20_089)

  static func fit(_ days: Int, _ value: (CalendarDay, Double) -> Double) -> StructuralModel {
    let values = (0..<days).map { index -> Double in
      value(start.advanced(by: index), Double(index - days))
    }
    return StructuralModel(DailySeries(start: start, values: values), name: "events")
  }

  /// What the model expects of each day ahead.
  static func ahead(_ model: StructuralModel, days: Int) -> [Double] {
    var random = RandomGenerator()
    var trend = [Double](repeating: 0, count: days)
    trend.withUnsafeMutableBufferPointer {
      model.trend(into: $0, key: RandomKey(bits: 1), path: 0, generator: &random)
    }
    return zip(trend, model.profile(from: model.dayZero, count: days)).map {
      model.level * $0 * $1
    }
  }

  /// 3 years without noise: +20 % a year, a week, and a season of one pair.
  @Test func `a clean trend, week and season go on`() {
    func truth(_ day: CalendarDay, _ ahead: Double) -> Double {
      let week = SimulatedHistory.weekdays[day.weekday]
      return 10_000 * week
        * exp(0.18 * ahead / 365.25 + 0.1 * sin(HistoryDesign.angle(day)))
    }
    let model = Self.fit(1095, truth)
    let ahead = Self.ahead(model, days: 365)
    for day in 0..<365 {
      let expected = truth(model.dayZero.advanced(by: day), Double(day))
      #expect(abs(ahead[day] / expected - 1) < 0.012, "day \(day)")
    }
    #expect(abs(log1p(model.expectedYearlyGrowth) - 0.18) < 0.01)
  }

  @Test func `a growth that decays is not prolonged`() {
    // 60 % more a year at first, 1/e of it every 16 weeks, for two years.
    let model = Self.fit(730) { day, ahead in
      let since = ahead + 730
      return 10_000 * exp(0.6 * 112 / 365.25 * (1 - exp(-since / 112)))
        * (1 + 0.02 * sin(Double(day.number * day.number % 97)))
    }
    #expect(abs(model.expectedYearlyGrowth) < 0.03)
  }

  /// Below a year growth is drawn towards the prior and the range is the wider the younger.
  @Test func `the younger, the wider`() {
    func spread(_ days: Int) -> Double {
      let model = StructuralModel(SimulatedHistory(days: days, noise: 0.05).series(), name: "a")
      let year = drawn(model, days: 365, count: 300).map { $0.reduce(0, +) }
      return Statistics.sd(year) / Statistics.mean(year)
    }
    let (young, middle, old) = (spread(45), spread(200), spread(1100))
    #expect(young > 1.2 * middle && middle > 1.2 * old, "\(young) \(middle) \(old)")
    #expect(young > 0.15 && old < 0.1)
  }

  @Test func `special dates move to the next year's days`() throws {
    let end = try #require(CalendarDay("2028-01-01"))
    let dates = SpecialDates(DailySeries.usualDates, from: end.advanced(by: -2000), to: end)
    let model = Self.fit(700) { day, _ in
      let place = dates.place(of: day)
      let wiggle = 1 + 0.03 * sin(Double(day.number * day.number % 97))
      return 10_000 * wiggle * (place.map { $0 < 5 ? 2 : 0.5 } ?? 1)
    }
    // 700 days from 1 January 2025 on: the next Thanksgiving is 26 November 2026, the last 27 in 2025.
    let thanksgiving = try #require(CalendarDay("2026-11-26"))
    let factors = model.dateFactors(from: thanksgiving.advanced(by: -1), count: 7)
    #expect(factors.first == 1 && factors.last == 1)
    #expect(factors[1...5].allSatisfy { abs($0 / 2 - 1) < 0.1 })
    let christmas = try #require(CalendarDay("2026-12-25"))
    #expect(abs(model.dateFactors(from: christmas, count: 1)[0] / 0.5 - 1) < 0.1)
  }

  @Test func `dates like any other have no effect`() {
    let model = StructuralModel(SimulatedHistory(days: 800).series(), name: "events")
    let factors = model.dateFactors(from: model.dayZero, count: 365)
    #expect(factors.allSatisfy { abs($0 - 1) < 0.06 })
  }

  @Test func `a week that has changed is the new one, and the level stays`() {
    let model = Self.fit(500) { day, ahead in
      let old = [1.2, 1.2, 1.2, 1.2, 1.2, 0.5, 0.5]
      let new = [0.9, 0.9, 0.9, 0.9, 1.0, 1.2, 1.2]
      let wiggle = 1 + 0.02 * sin(Double(day.number * day.number % 97))
      return 10_000 * (ahead < -60 ? old : new)[day.weekday] * wiggle
    }
    let ahead = Self.ahead(model, days: 7)
    #expect(abs(ahead.reduce(0, +) / 70_000 - 1) < 0.03)
    for day in 0..<7 {
      let weekday = model.dayZero.advanced(by: day).weekday
      #expect(abs(ahead[day] / 10_000 - (weekday < 4 ? 0.9 : weekday == 4 ? 1 : 1.2)) < 0.08)
    }
  }

  @Test func `after a level shift the level is the new one`() {
    for factor in [0.5, 1.7] {
      let model = StructuralModel(
        SimulatedHistory(noise: 0.05).series { $0 >= 460 ? ($1 * factor).rounded() : $1 },
        name: "events")
      #expect(abs(model.level / (10_000 * factor) - 1) < 0.1, "\(model.level)")
      #expect(model.findings.all.contains { $0.code == "level-shift" })
    }
  }

  @Test func `where weeks cannot be told it is the plain model`() {
    for series in [
      SimulatedHistory(days: 20).series(),
      SimulatedHistory(days: 300).series { $0 % 5 == 2 ? $1 : 0 },
      SimulatedHistory().series { _, _ in 100 },
    ] {
      let (model, plain) = (
        StructuralModel(series, name: "a"), HistoryModel(series, name: "a")
      )
      #expect(model.level == plain.level)
      #expect(model.expectedYearlyGrowth == plain.expectedYearlyGrowth)
      #expect(
        model.profile(from: model.dayZero, count: 30)
          == plain.profile(from: model.dayZero, count: 30))
    }
  }
}

struct `Structural: the paths` {
  /// A year's months, not only the first days, and every way of the mixture.
  @Test func `have expectation 1 in every week of a year`() {
    let model = StructuralModel(SimulatedHistory(days: 430, noise: 0.05).series(), name: "events")
    let source = RandomSource(seed: 5)
    var random = RandomGenerator()
    let (days, count) = (371, 1500)
    var sums = [Double](repeating: 0, count: days)
    var squares = sums
    var buffer = sums
    for path in 0..<count {
      buffer.withUnsafeMutableBufferPointer {
        $0.update(repeating: 1)
        model.applyErrors(
          to: $0, motion: .own, key: source.key("a", purpose: "errors"), path: path,
          generator: &random)
      }
      for day in stride(from: 3, to: days, by: 7) {
        sums[day] += buffer[day]
        squares[day] += buffer[day] * buffer[day]
      }
    }
    for day in stride(from: 3, to: days, by: 7) {
      let mean = sums[day] / Double(count)
      let error = ((squares[day] / Double(count) - mean * mean) / Double(count)).squareRoot()
      #expect(abs(mean - 1) < 4.5 * error, "day \(day): \(mean) ± \(error)")
    }
  }

  @Test func `of one account move together as they did, and apart with keys of their own`() {
    // One walk, two names: the same steps in both.
    func walked(_ seed: UInt64) -> [Double] {
      var walk = RandomGenerator(RandomKey(bits: seed))
      var level = 0.0
      return SimulatedHistory(days: 700, noise: 0.02).values().enumerated().map { index, value in
        if index % 7 == 0 { level += 0.05 * walk.normal() }
        return (value * exp(level)).rounded()
      }
    }
    func model(_ seed: UInt64, _ name: String) -> StructuralModel {
      StructuralModel(
        DailySeries(start: CalendarDay(number: 20_089), values: walked(seed)), name: name)
    }
    func correlation(_ a: StructuralModel, _ b: StructuralModel, _ key: String) -> Double {
      let one = drawn(a, days: 60, count: 300).map { log($0[50...].reduce(0, +)) }
      let two = drawn(b, days: 60, count: 300, errors: key).map { log($0[50...].reduce(0, +)) }
      let (ma, mb) = (Statistics.mean(one), Statistics.mean(two))
      let product = zip(one, two).reduce(0) { $0 + ($1.0 - ma) * ($1.1 - mb) }
      return product / 299 / Statistics.sd(one) / Statistics.sd(two)
    }
    let (events, flags, other) = (model(7, "events"), model(7, "flags"), model(8, "other"))
    #expect(correlation(events, flags, "account") > 0.5)
    #expect(abs(correlation(events, flags, "someone else")) < 0.22)
    #expect(abs(correlation(events, other, "account")) < 0.35)
  }

  @Test func `hold the truth about as often as they say`() {
    var held = 0
    let (series, horizon) = (20, 90)
    for index in 0..<series {
      let whole = SimulatedHistory(days: 400 + horizon, slope: 0.2, name: "coverage \(index)")
      let values = whole.values()
      let model = StructuralModel(
        DailySeries(start: whole.start, values: Array(values.prefix(400))), name: "events")
      let totals = drawn(model, days: horizon, count: 100).map { $0.reduce(0, +) }
      let ends = Statistics.quantiles(of: totals, at: [0.1, 0.9])
      let truth = values.suffix(horizon).reduce(0, +)
      if truth >= ends[0] && truth <= ends[1] { held += 1 }
    }
    // Binomial(20, 0.8): 10 … 20 in all but one of 1,000.
    #expect(held >= 10, "\(held) of \(series)")
  }
}

/// Paths of any forecast.
private func drawn(
  _ forecast: any Forecast, days: Int, count: Int, errors: String = "account"
) -> [[Double]] {
  let generator = PathGenerator(
    StreamModel(following: forecast, days: days, errorsName: errors), source: RandomSource(seed: 1))
  var random = RandomGenerator()
  var buffer = [Double](repeating: 0, count: days)
  return (0..<count).map { path in
    buffer.withUnsafeMutableBufferPointer { generator.means(path: path, into: $0, using: &random) }
    return buffer
  }
}
