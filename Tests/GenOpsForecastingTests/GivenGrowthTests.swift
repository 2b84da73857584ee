import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsForecasting
@testable import GenOpsNumerics

/// A growth that the user gives takes the place of the history's own, and of nothing else.
struct `Given growth: the range` {
  /// A company whose growth ahead is drawn from `growth`: days scatter, months wander, the year has a season.
  static func values(
    _ number: Int, past: Int, ahead: Int, growth: UncertainValue, before: Double
  ) -> [Double] {
    var random = RandomGenerator(RandomSource(seed: 31).key("company", purpose: "\(number)"))
    let start = CalendarDay(number: 20_089)
    let given = growth.value(&random)
    let season = [0, 0.05, 0.1, 0.2][number / 4 % 4]
    let phase = 2 * Double.pi * random.uniform()
    let noise = 0.02 + 0.04 * random.uniform()
    var (log, near, month) = (0.0, 0.0, 0.0)
    return (0..<past + ahead).map { index in
      let day = start.advanced(by: index)
      if day.civil.day == 1 { month = 0.5 * month + 0.008 * random.normal() }
      log += log1p((index < past ? before : given) + month) / 30.4375
      near = 0.5 * near + noise * random.normal()
      let week = SimulatedHistory.weekdays[day.weekday]
      return
        (100_000 * week * exp(log + near + season * cos(HistoryDesign.angle(day) + phase)))
        .rounded()
    }
  }

  /// The part of months of a year ahead that the 80 % range holds, over as many companies.
  static func held(
    _ companies: Int, _ growth: any GrowthModel, truth: UncertainValue, by kind: ForecasterKind
  ) -> Double {
    let paths = 100
    var held = 0
    for number in 0..<companies {
      let past = [150, 300, 430, 800][number % 4]
      let values = values(number, past: past, ahead: 360, growth: truth, before: 0.01)
      let start = CalendarDay(number: 20_089)
      let forecast = kind.fit(
        DailySeries(start: start, values: Array(values[..<past])), name: "events", at: nil)
      let generator = PathGenerator(
        StreamModel(following: forecast, days: 360, growth: growth), source: RandomSource(seed: 7))
      var random = RandomGenerator()
      var days = [Double](repeating: 0, count: 360)
      var months = [[Double]](repeating: [], count: 12)
      for path in 0..<paths {
        days.withUnsafeMutableBufferPointer {
          generator.means(path: path, into: $0, using: &random)
        }
        for month in 0..<12 {
          months[month].append(days[(30 * month)..<(30 * month + 30)].reduce(0, +))
        }
      }
      for month in 0..<12 {
        let from = past + 30 * month
        let came = values[from..<from + 30].reduce(0, +)
        let ends = Statistics.quantiles(of: months[month], at: [0.1, 0.9])
        if came >= ends[0] && came <= ends[1] { held += 1 }
      }
    }
    return Double(held) / Double(12 * companies)
  }

  /// Months of one company go together, so 288 of them are worth about 80: three standard errors of 0.8 are 0.13.
  @Test func `holds the months of companies that grow as was said`() throws {
    let said = try UncertainValue.between(0.02, 0.06)
    let held = Self.held(
      24, CompoundGrowth(ratePerMonth: said), truth: said, by: StructuralModel.self)
    #expect(held > 0.66 && held < 0.94, "\(held)")
  }

  /// What is not growth is as uncertain as without: a growth that is known leaves level, season and wandering.
  @Test func `of a growth that is known still holds the months`() {
    let known = UncertainValue.constant(0.03)
    let held = Self.held(
      12, CompoundGrowth(ratePerMonth: known), truth: known, by: StructuralModel.self)
    #expect(held > 0.6 && held < 0.97, "\(held)")
  }

  /// A volatility that is given takes the place of the level's wandering, 0 % too.
  @Test func `is what the user says where a volatility is given`() {
    func spread(_ volatility: Volatility?) -> Double {
      let rate = UncertainValue.constant(0)
      let growth =
        volatility.map { CompoundGrowth(ratePerMonth: rate, volatility: $0) }
        ?? CompoundGrowth(ratePerMonth: rate)
      let values = Self.values(3, past: 430, ahead: 0, growth: rate, before: 0)
      let forecast = StructuralModel(
        DailySeries(start: CalendarDay(number: 20_089), values: values), name: "events")
      let generator = PathGenerator(
        StreamModel(following: forecast, days: 360, growth: growth), source: RandomSource(seed: 7))
      var random = RandomGenerator()
      var days = [Double](repeating: 0, count: 360)
      let sums = (0..<300).map { path -> Double in
        days.withUnsafeMutableBufferPointer {
          generator.means(path: path, into: $0, using: &random)
        }
        return log(days[330...].reduce(0, +))
      }
      return Statistics.sd(sums)
    }
    let (silent, none) = (spread(nil), spread(Volatility(perYear: .constant(0))))
    let large = spread(Volatility(perYear: .constant(0.5)))
    #expect(none < silent && silent < large, "\(none) \(silent) \(large)")
    // Level, season and month's end alone.
    #expect(none > 0.01)
  }
}
