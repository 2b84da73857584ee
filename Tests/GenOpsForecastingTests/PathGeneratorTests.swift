import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsForecasting
@testable import GenOpsNumerics

@Suite("Paths of daily usage")
struct PathGeneratorTests {
  let source = RandomSource(seed: 99)

  func path(_ model: StreamModel, _ number: Int, source: RandomSource? = nil) -> [Double] {
    let generator = PathGenerator(model, source: source ?? self.source)
    var random = RandomGenerator()
    var days = [Double](repeating: .nan, count: generator.dayCount)
    days.withUnsafeMutableBufferPointer {
      generator.sample(path: number, into: $0, using: &random)
    }
    return days
  }

  func model(
    _ noise: CountNoise, growth: (any GrowthModel)? = nil, level: Double = 40, days: Int = 60
  ) -> StreamModel {
    StreamModel(
      name: "events", level: level, profile: (0..<days).map { $0 % 7 < 5 ? 1.2 : 0.5 },
      growth: growth, noise: noise)
  }

  static let noises: [CountNoise] = [
    .none, .poisson, .negativeBinomial(dispersion: 5), .lognormal(sigma: 0.2),
  ]

  @Test("without randomness every path is level × profile × growth, rounded")
  func deterministic() {
    let growth = CompoundGrowth(ratePerMonth: .constant(0.1))
    let model = model(.none, growth: growth)
    let generator = PathGenerator(model, source: source)
    #expect(generator.isDeterministic)
    #expect(path(model, 0) == path(model, 17))
    #expect(path(model, 0)[0] == 48)
    let exact = model.profile.enumerated().map { 40 * $1 * pow(1.1, Double($0) / 30.4375) }
    let sums = exact.indices.map { exact[...$0].reduce(0, +).rounded() }
    #expect(path(model, 0) == zip(sums, [0] + sums).map { $0 - $1 })
    #expect(path(self.model(.none), 3)[5...6] == [20, 20])
  }

  @Test("halves are rounded up, nothing is negative, nothing is infinite")
  func rounding() {
    #expect(CountNoise.whole(2.5) == 3)
    #expect(CountNoise.whole(0.4999) == 0)
    #expect(CountNoise.whole(-3) == 0)
    #expect(CountNoise.whole(.infinity) == 1e15)
  }

  @Test("counts have the mean and the variance of their noise", arguments: noises)
  func moments(noise: CountNoise) {
    let model = model(noise, days: 1)
    let generator = PathGenerator(model, source: source)
    var random = RandomGenerator()
    var days = [0.0]
    let n = 20_000
    let sample = (0..<n).map { number -> Double in
      days.withUnsafeMutableBufferPointer {
        generator.sample(path: number, into: $0, using: &random)
      }
      return days[0]
    }
    let variance: Double =
      switch noise {
      case .none: 0
      case .poisson: 48
      case .negativeBinomial(let k): 48 + 48 * 48 / k
      // exp(σ²) − 1, and 1/12 from rounding.
      case .lognormal: 48 * 48 * 0.0408107741923882 + 1 / 12.0
      }
    #expect(abs(Statistics.mean(sample) - 48) <= 4 * (variance / Double(n)).squareRoot())
    let seen = Statistics.sd(sample) * Statistics.sd(sample)
    #expect(abs(seen - variance) <= 0.05 * variance)
    #expect(sample.allSatisfy { $0 == $0.rounded() && $0 >= 0 })
  }

  @Test("any path can be drawn alone", arguments: noises)
  func alone(noise: CountNoise) {
    let growth = GeometricBrownianGrowth(
      driftPerMonth: .constant(0.02), volatility: .constant(0.3))
    let model = model(noise, growth: growth)
    let generator = PathGenerator(model, source: source)
    var random = RandomGenerator()
    var days = [Double](repeating: 0, count: generator.dayCount)
    for number in [5, 2, 9, 2] {
      days.withUnsafeMutableBufferPointer {
        generator.sample(path: number, into: $0, using: &random)
      }
      #expect(days == path(model, number))
    }
    #expect(path(model, 5) != path(model, 2))
  }

  @Test(
    "days counted together are the days counted one by one",
    arguments: noises + [.negativeBinomial(dispersion: 40)])
  func together(noise: CountNoise) {
    // Means on both sides of the normal limit, and more days than are counted at once.
    let means = (0..<300).map { Double($0 % 5) * 300 + 0.25 }
    var model = model(noise, level: 1, days: means.count)
    model.profile = means
    let key = source.key("events", purpose: "counts")
    var random = RandomGenerator()
    let one = means.enumerated().map { day, mean in
      random.seek(key, path: 4, step: day)
      return noise.units(mean: mean, generator: &random)
    }
    if case .lognormal = noise {
      // What is not counted but rounded keeps its sums, so a day is one off at most.
      #expect(zip(path(model, 4), one).allSatisfy { abs($0 - $1) <= 1 })
    } else if noise == .none {
      let sums = path(model, 4).indices.map { path(model, 4)[...$0].reduce(0, +) }
      let exact = means.indices.map { means[...$0].reduce(0, +) }
      #expect(zip(sums, exact).allSatisfy { abs($0 - $1) <= 0.5 })
    } else {
      #expect(path(model, 4) == one)
    }
  }

  @Test("a part of a unit each day is not nothing in a year", arguments: [0.4, 0.6, 1.5, 2.2])
  func partsOfUnits(level: Double) {
    let exact = path(model(.none, level: level, days: 364), 0)
    #expect(abs(exact.reduce(0, +) - level * 364) <= 0.5)
    let scattered = (0..<50).map {
      path(model(.lognormal(sigma: 0.3), level: level, days: 364), $0).reduce(0, +) / 364
    }
    #expect(abs(Statistics.mean(scattered) / level - 1) < 0.01)
  }

  @Test("a change on one day leaves the counts of the others alone")
  func commonRandomNumbers() {
    var changed = model(.poisson)
    changed.profile[10] *= 3
    let (a, b) = (path(model(.poisson), 1), path(changed, 1))
    #expect(a.indices.filter { a[$0] != b[$0] } == [10])
  }

  @Test("streams that name one growth grow alike, others do not")
  func sharedGrowth() {
    let growth = CompoundGrowth(ratePerMonth: .normal(mean: 0.05, sd: 0.02))
    var (a, b) = (
      model(.none, growth: growth, level: 1e9), model(.none, growth: growth, level: 1e9)
    )
    (a.name, b.name) = ("web", "mobile")
    #expect(path(a, 1) == path(a, 1))
    (a.growthName, b.growthName) = ("growth.events", "growth.events")
    #expect(path(a, 1) == path(b, 1))
    (a.growthName, b.growthName) = ("web", "mobile")
    #expect(path(a, 1) != path(b, 1))
  }

  @Test("a history is followed with its own trend and errors, or with a given growth")
  func history() {
    let model = HistoryModel(SimulatedHistory(slope: 0.5).series(), name: "events")
    let own = StreamModel(following: model, days: 200)
    let given = StreamModel(
      following: model, days: 200, growth: CompoundGrowth(ratePerMonth: .constant(0)))
    func mean(_ model: StreamModel) -> Double {
      Statistics.mean((0..<300).map { Statistics.mean(path(model, $0)) })
    }
    #expect(abs(mean(given) / model.level - 1) < 0.03)
    #expect(mean(own) / mean(given) > 1.05)
    #expect(path(own, 1) != path(own, 2))
  }
}
