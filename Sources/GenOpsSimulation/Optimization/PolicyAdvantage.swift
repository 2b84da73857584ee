import GenOpsNumerics
import GenOpsScenario

/// What a policy is better by than another, future by future.
package struct PolicyAdvantage: Sendable, Hashable {
  package var mean: Double
  /// 95 times of 100 an interval like this holds the mean of all futures: 1.96 standard errors on each side.
  package var low: Double
  package var high: Double
  /// 8 of 10 futures lie between.
  package var p10: Double
  package var p90: Double
  /// The part of futures in which it is better.
  package var chance: Double
  /// How many items less it loses, in the mean.
  package var lost: Double

  /// Two-sided 95 % of the normal distribution.
  private static let width = 1.96

  init(_ differences: ForecastDistribution, chance: Double, lost: Double) {
    mean = differences.mean
    low = differences.mean - PolicyAdvantage.width * differences.standardError
    high = differences.mean + PolicyAdvantage.width * differences.standardError
    p10 = differences.p10
    p90 = differences.p90
    self.chance = chance
    self.lost = lost
  }
}

extension ResultBuilder {
  /// Of `one` over `other`, in money: less cost, or more value.
  func advantage(
    _ objective: PolicyObjective, of one: (option: Int, lost: Double),
    over other: (option: Int, lost: Double)
  ) -> PolicyAdvantage {
    let all = differences(of: objective, one, other)
    return PolicyAdvantage(
      distribution(all), chance: Double(all.count { $0 > 0 }) / Double(max(1, all.count)),
      lost: other.lost - one.lost)
  }
}
