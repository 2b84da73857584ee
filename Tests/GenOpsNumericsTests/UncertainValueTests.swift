import Testing

@testable import GenOpsNumerics

@Suite("Uncertain values")
struct UncertainValueTests {
  static let intervals: [(Double, Double)] = [
    (0.02, 0.06), (100, 140), (-0.02, 0.03), (0, 0.04), (-5, -1), (1.8, 2.6),
  ]

  @Test("an interval's ends are the 5 % and the 95 % point", arguments: intervals)
  func quantiles(low: Double, high: Double) throws {
    let value = try UncertainValue.between(low, high)
    #expect(abs(value.quantile(0.05) - low) < 1e-12 * max(1, abs(low)))
    #expect(abs(value.quantile(0.95) - high) < 1e-12 * max(1, abs(high)))
  }

  @Test("draws stay below the ends as often as they should", arguments: intervals)
  func draws(low: Double, high: Double) throws {
    let value = try UncertainValue.between(low, high)
    var generator = RandomGenerator(RandomSource(seed: 1).key("\(low) \(high)", purpose: "test"))
    let n = 100_000
    let sample = (0..<n).map { _ in value.value(&generator) }
    // A share of 5 % has a standard error of 0.00069 at 10⁵ draws.
    #expect(abs(Double(sample.count { $0 < low }) / Double(n) - 0.05) < 4 * 0.00069)
    #expect(abs(Double(sample.count { $0 > high }) / Double(n) - 0.05) < 4 * 0.00069)
    let mean = sample.reduce(0, +) / Double(n)
    #expect(abs(mean - value.mean) < 4 * value.sd / Double(n).squareRoot())
  }

  @Test("both positive is lognormal, else normal, equal ends are exact")
  func shapes() throws {
    if case .distribution(let distribution) = try UncertainValue.between(1, 2) {
      #expect(distribution is LognormalDistribution)
    }
    if case .distribution(let distribution) = try UncertainValue.between(0, 2) {
      #expect(distribution is NormalDistribution)
    }
    #expect(try UncertainValue.between(1, 2) == .between(1, 2))
    #expect(try UncertainValue.between(1, 2) != .between(1, 3))
    #expect(try UncertainValue.between(3, 3) == .constant(3))
    #expect(throws: UncertainValueError.reversed(low: 2, high: 1)) {
      try UncertainValue.between(2, 1)
    }
    #expect(throws: UncertainValueError.notFinite) { try UncertainValue.between(1, .infinity) }
  }

  @Test("a constant draws nothing")
  func constant() {
    var generator = RandomGenerator(RandomKey(bits: 1))
    let first = RandomGenerator(RandomKey(bits: 1))
    _ = first
    #expect(UncertainValue.constant(4).value(&generator) == 4)
    var fresh = RandomGenerator(RandomKey(bits: 1))
    #expect(generator.word() == fresh.word())
  }
}
