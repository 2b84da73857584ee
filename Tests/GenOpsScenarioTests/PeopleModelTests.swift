import Foundation
import GenOpsNumerics
import GenOpsScenario
import Testing

struct `Unequal users` {
  private let spread = ActivitySpread(top: 0.1, make: 0.5)

  @Test func `make what they are said to make`() throws {
    let sigma = try #require(spread).sigma
    // The most active tenth: activity above the 90 % point of the lognormal distribution with mean
    // 1.
    let normal = UncertainValue.normal(mean: 0, sd: 1)
    let points = 200_000
    let share = (0..<points / 10).reduce(0.0) { sum, index in
      let p = 1 - (Double(index) + 0.5) / Double(points)
      return sum + exp(sigma * normal.quantile(p) - sigma * sigma / 2)
    }
    #expect(abs(share / Double(points) - 0.5) < 0.002)
  }

  @Test(arguments: [(0.1, 0.1), (0.1, 0.05), (0, 0.5), (0.5, 1)])
  func `are refused where they say nothing`(top: Double, make: Double) {
    #expect(ActivitySpread(top: top, make: make) == nil)
  }

  /// Against users drawn one by one.
  @Test func `scatter as so many lognormal numbers do`() throws {
    let spread = try #require(spread)
    let users = 50
    var generator = RandomGenerator(RandomSource(seed: 7).key("users", purpose: "test"))
    var means: [Double] = []
    var effective = 0.0
    for _ in 0..<20_000 {
      let activities = (0..<users).map { _ in
        exp(spread.sigma * generator.normal() - spread.sigma * spread.sigma / 2)
      }
      let sum = activities.reduce(0, +)
      means.append(sum / Double(users))
      effective += activities.reduce(0) { $0 + $1 * $1 }
    }
    let normal = UncertainValue.normal(mean: 0, sd: 1)
    let points = 10_000
    let model = (0..<points).map {
      spread.meanActivity(
        users: Double(users), normal: normal.quantile((Double($0) + 0.5) / Double(points)))
    }
    let error = Statistics.standardError(means)
    #expect(abs(Statistics.mean(means) - 1) < 4 * error)
    #expect(abs(Statistics.mean(model) - 1) < 0.002)
    let deviation = Statistics.sd(means)
    #expect(abs(Statistics.sd(model) / deviation - 1) < 0.1)
    // E[Σa²] / E[Σa]² = 1 / effective users.
    let expected = Double(users) / spread.effectiveUsers(Double(users))
    #expect(abs(effective / 20_000 / Double(users) / expected - 1) < 0.1)
  }
}

struct `Visitors who become known` {
  /// Against people who come session by session.
  @Test(arguments: [
    (0.7, 0.1, 8.0, 0.0), (0.7, 0.1, 8, 1.3), (0.5, 0.02, 30, 1), (1, 0.9, 2, 0.5), (1, 0, 4, 1),
  ])
  func `send the part of events that people drawn one by one send`(
    visitors: Double, chance: Double, sessions: Double, sigma: Double
  ) {
    let model = VisitorIdentification(
      visitors: visitors, chance: chance, sessions: sessions, spread: ActivitySpread(sigma: sigma))
    var generator = RandomGenerator(RandomSource(seed: 3).key("people", purpose: "test"))
    var anonymous: [Double] = []
    var known = 0.0
    let people = 20_000
    for _ in 0..<people {
      let activity = exp(sigma * generator.normal() - sigma * sigma / 2)
      let count = generator.poisson(mean: sessions * activity)
      let isVisitor = generator.uniform() < visitors
      var unknown = 0.0
      if isVisitor {
        for _ in 0..<count {
          if generator.uniform() < chance {
            known += 1
            break
          }
          unknown += 1
        }
      }
      anonymous.append(unknown / sessions)
    }
    let error = Statistics.standardError(anonymous)
    #expect(abs(Statistics.mean(anonymous) - model.anonymousShare) <= 4 * error + 1e-9)
    let part = known / Double(people)
    let partError = (part * (1 - part) / Double(people)).squareRoot()
    #expect(abs(part - model.identified) <= 4 * partError + 1e-9)
  }

  @Test func `are all anonymous without a chance to sign in, and none when each does`() {
    func share(_ chance: Double) -> Double {
      VisitorIdentification(
        visitors: 0.6, chance: chance, sessions: 5, spread: ActivitySpread(sigma: 1)
      ).anonymousShare
    }
    #expect(share(0) == 0.6)
    #expect(share(1) == 0)
    #expect(abs(share(1e-9) - 0.6) < 1e-6)
  }
}
