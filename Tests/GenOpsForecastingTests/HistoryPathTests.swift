import Foundation
import GenOpsUnits
import Testing
@testable import GenOpsForecasting
@testable import GenOpsNumerics

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

  /// With a growth given that says how far it strays, only that spreads the level: the days scatter around it, and
  /// sums of 28 days far ahead spread no more than near ones. About any other growth the level wanders as it did.
  @Test("the level does not wander where it is said how far it strays")
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
    let still = CompoundGrowth(
      ratePerMonth: .constant(0), volatility: Volatility(perYear: .constant(0)))
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
    let given = spreads(still)
    #expect(given.far < 1.3 * given.near, "\(given)")
    let about = spreads(flat)
    #expect(about.far > 2 * about.near, "\(about)")
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
