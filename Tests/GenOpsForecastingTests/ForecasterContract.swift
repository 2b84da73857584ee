import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsForecasting
@testable import GenOpsNumerics

/// Runs over the registry: a new forecaster is tested by its line there.
@Suite("Forecasters: what every kind keeps")
struct ForecasterContract {
  /// Histories that a method may not be made for.
  enum Case: String, CaseIterable, Sendable {
    case ordinary, growing, seasonal, gaps, intermittent, silentSundays, constant, stopped, none,
      short
    case oneDay

    var series: DailySeries {
      let whole = SimulatedHistory()
      switch self {
      case .ordinary: return whole.series()
      case .growing: return SimulatedHistory(slope: 0.5).series()
      case .seasonal: return SimulatedHistory(days: 800, yearly: 0.3).series()
      case .gaps: return whole.series { $0 % 9 == 3 || $0 > 490 ? .nan : $1 }
      case .intermittent: return whole.series { $0 % 3 == 0 ? $1 : 0 }
      case .silentSundays:
        return whole.series { whole.start.advanced(by: $0).weekday == 6 ? 0 : $1 }
      case .constant: return whole.series { _, _ in 100 }
      case .stopped: return whole.series { $0 < 400 ? $1 : 0 }
      case .none: return whole.series { _, _ in .nan }
      case .short: return SimulatedHistory(days: 5).series()
      case .oneDay: return SimulatedHistory(days: 1).series()
      }
    }
  }

  static let names = Forecasters.registry.names

  func forecast(_ name: String, _ history: Case) throws -> any Forecast {
    try #require(Forecasters.registry[name]).fit(history.series, name: "events", at: nil)
  }

  func path(
    _ forecast: any Forecast, days: Int, path: Int, seed: UInt64 = 4,
    growth: (any GrowthModel)? = nil
  ) -> [Double] {
    let generator = PathGenerator(
      StreamModel(following: forecast, days: days, growth: growth), source: RandomSource(seed: seed)
    )
    var random = RandomGenerator()
    var out = [Double](repeating: .nan, count: days)
    out.withUnsafeMutableBufferPointer { generator.means(path: path, into: $0, using: &random) }
    return out
  }

  @Test("the standard one is registered, and names are not used twice")
  func registered() {
    #expect(Forecasters.registry[Forecasters.standard.name] == Forecasters.standard)
    #expect(Set(ForecasterContract.names).count == ForecasterContract.names.count)
    #expect(Forecasters.registry.entries.allSatisfy { !$0.summary.isEmpty })
  }

  @Test("level, profile and paths are finite and not negative", arguments: names, Case.allCases)
  func range(name: String, history: Case) throws {
    let forecast = try forecast(name, history)
    #expect(forecast.name == "events")
    #expect(forecast.dayZero == history.series.end)
    #expect(forecast.level.isFinite && forecast.level >= 0)
    #expect(forecast.expectedYearlyGrowth.isFinite && forecast.expectedYearlyGrowth >= -1)
    let profile = forecast.profile(from: forecast.dayZero, count: 400)
    #expect(profile.count == 400 && profile.allSatisfy { $0.isFinite && $0 >= 0 })
    #expect(forecast.profile(from: forecast.dayZero, count: 0).isEmpty)
    let flat = CompoundGrowth(ratePerMonth: .constant(0))
    for growth in [nil, flat] as [(any GrowthModel)?] {
      for index in 0..<50 {
        let path = path(forecast, days: 400, path: index, growth: growth)
        #expect(path.allSatisfy { $0.isFinite && $0 >= 0 })
      }
    }
  }

  @Test(
    "a path is the same each time, and another seed or number gives another",
    arguments: names, Case.allCases)
  func repeats(name: String, history: Case) throws {
    let (one, again) = (try forecast(name, history), try forecast(name, history))
    let drawn = path(one, days: 90, path: 3)
    #expect(drawn == path(again, days: 90, path: 3))
    #expect(one.isDeterministic == (drawn == path(one, days: 90, path: 4)))
    #expect(one.isDeterministic == (drawn == path(one, days: 90, path: 3, seed: 5)))
  }

  @Test("a longer horizon leaves the earlier days as they were", arguments: names, Case.allCases)
  func prefix(name: String, history: Case) throws {
    let forecast = try forecast(name, history)
    let long = path(forecast, days: 400, path: 3)
    for days in [0, 1, 13, 90] {
      #expect(path(forecast, days: days, path: 3) == Array(long[..<days]))
    }
  }

  @Test("the trend begins at 1, and errors have expectation 1", arguments: names)
  func expectation(name: String) throws {
    let forecast = try forecast(name, .growing)
    let (days, count) = (60, 4000)
    let source = RandomSource(seed: 8)
    var random = RandomGenerator()
    var buffer = [Double](repeating: 1, count: days)
    var byDay = [[Double]](repeating: [], count: days)
    for path in 0..<count {
      buffer.withUnsafeMutableBufferPointer {
        forecast.trend(
          into: $0, key: source.key("a", purpose: "trend"), path: path, generator: &random)
        #expect($0[0] == 1)
        $0.update(repeating: 1)
        forecast.applyErrors(
          to: $0, motion: .own, key: source.key("a", purpose: "errors"), path: path,
          generator: &random)
      }
      for day in 0..<days { byDay[day].append(buffer[day]) }
    }
    for sample in byDay {
      #expect(
        abs(Statistics.mean(sample) - 1) <= 4.5 * Statistics.standardError(sample) + 1e-12)
    }
  }

  @Test("quantiles ascend and lie around the paths", arguments: names, Case.allCases)
  func quantiles(name: String, history: Case) throws {
    let forecast = try forecast(name, history)
    let source = RandomSource(seed: 4)
    let ends = [0.05, 0.25, 0.5, 0.75, 0.95]
    let byDay = forecast.quantiles(days: 30, at: ends, source: source)
    #expect(byDay.count == 30)
    for day in byDay {
      #expect(day.count == ends.count && day.allSatisfy { $0.isFinite && $0 >= 0 })
      #expect(zip(day, day.dropFirst()).allSatisfy { $0 <= $1 })
    }
    #expect(byDay == forecast.quantiles(days: 30, at: ends, source: source))
    let inside = (0..<400).count { index in
      let value = path(forecast, days: 8, path: index, seed: 77)[7]
      return byDay[7][0] <= value && value <= byDay[7][4]
    }
    // Binomial(400, 0.9) with the error of the ends themselves: 335 is passed below by fewer than 1
    // in 1,000.
    #expect(inside >= 335)
  }

  @Test(
    "there is a residual for each day that is known, and they lie around 0",
    arguments: names, Case.allCases)
  func residuals(name: String, history: Case) throws {
    let series = history.series
    let residuals = try forecast(name, history).residuals
    #expect(residuals.count == series.values.count)
    for (residual, value) in zip(residuals, series.values) {
      #expect(residual.isNaN || (residual.isFinite && residual >= -1 && !value.isNaN))
    }
    if history == .ordinary {
      let known = residuals.filter { !$0.isNaN }
      #expect(known.count > 400)
      #expect(abs(Statistics.mean(known)) < 0.05)
      #expect(abs(Statistics.sd(known) - 0.1) < 0.05)
    }
  }

  @Test(
    "a history that is too short or unknown is a finding", arguments: names,
    [Case.short, .oneDay, .none])
  func findings(name: String, history: Case) throws {
    let findings = try forecast(name, history).findings
    #expect(findings.all.contains { $0.severity != .note }, "\(history)")
    #expect(findings.all.allSatisfy { $0.message.hasPrefix("events") })
  }
}
