import CGSL
import Foundation
import Testing

@testable import GenOpsNumerics

/// Every sampler at 10⁵ seeded draws: mean and variance within 4 standard errors, and a goodness of
/// fit against GSL's distribution function at the 0.1 % level.
@Suite("Samplers")
struct SamplerTests {
  static let draws = 100_000

  func generator(_ name: String) -> RandomGenerator {
    RandomGenerator(RandomSource(seed: 2027).key(name, purpose: "test"))
  }

  struct Continuous: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var mean: Double
    var variance: Double
    /// Fourth central moment over the squared variance.
    var kurtosis: Double
    var draw: @Sendable (inout RandomGenerator) -> Double
    var distribution: @Sendable (Double) -> Double
  }

  static let continuous: [Continuous] = [
    Continuous(
      testDescription: "normal", mean: 0, variance: 1, kurtosis: 3, draw: { $0.normal() },
      distribution: { gsl_cdf_ugaussian_P($0) }),
    Continuous(
      testDescription: "uniform", mean: 0.5, variance: 1 / 12.0, kurtosis: 1.8,
      draw: { $0.uniform() }, distribution: { $0 }),
    Continuous(
      testDescription: "exponential", mean: 3, variance: 9, kurtosis: 9,
      draw: { $0.exponential(mean: 3) }, distribution: { gsl_cdf_exponential_P($0, 3) }),
    Continuous(
      testDescription: "gamma 2.5", mean: 5, variance: 10, kurtosis: 3 + 6 / 2.5,
      draw: { $0.gamma(shape: 2.5, scale: 2) }, distribution: { gsl_cdf_gamma_P($0, 2.5, 2) }),
    Continuous(
      testDescription: "gamma 0.3", mean: 0.6, variance: 1.2, kurtosis: 3 + 6 / 0.3,
      draw: { $0.gamma(shape: 0.3, scale: 2) }, distribution: { gsl_cdf_gamma_P($0, 0.3, 2) }),
  ]

  @Test("a continuous sampler has its distribution", arguments: continuous)
  func continuousDistribution(_ distribution: Continuous) {
    var generator = generator(distribution.testDescription)
    expectDistribution(
      (0..<SamplerTests.draws).map { _ in distribution.draw(&generator) }, distribution)
  }

  @Test("normals in bulk have their distribution, in the middle and in the tails")
  func bulkNormals() {
    var generator = generator("bulk")
    var sample = [Double](repeating: 0, count: 1_000_000)
    sample.withUnsafeMutableBufferPointer { generator.fillNormals($0) }
    expectDistribution(sample, SamplerTests.continuous[0])
    // Beyond 3.65: 262 expected.
    let far = 3.65
    let expected = 2e6 * gsl_cdf_ugaussian_Q(far)
    #expect(abs(Double(sample.count { abs($0) > far }) - expected) < 4 * expected.squareRoot())
    let beyond = sample.filter { $0 > far }
    let tailMean = gsl_ran_ugaussian_pdf(far) / gsl_cdf_ugaussian_Q(far)
    #expect(abs(Statistics.mean(beyond) - tailMean) < 4 * 0.26 / Double(beyond.count).squareRoot())
  }

  func expectDistribution(_ drawn: [Double], _ distribution: Continuous) {
    var sample = drawn
    expectMoments(
      sample, mean: distribution.mean, variance: distribution.variance,
      kurtosis: distribution.kurtosis)
    sample.sort()
    let n = Double(sample.count)
    var distance = 0.0
    for (index, x) in sample.enumerated() {
      let p = distribution.distribution(x)
      distance = max(distance, p - Double(index) / n, Double(index + 1) / n - p)
    }
    // Kolmogorov–Smirnov: P(√n·D > 1.95) = 0.001.
    #expect(distance * n.squareRoot() < 1.95)
  }

  struct Discrete: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var mean: Double
    var variance: Double
    var draw: @Sendable (inout RandomGenerator) -> Int64
    var distribution: @Sendable (Int64) -> Double
  }

  static func poisson(_ mean: Double) -> Discrete {
    Discrete(
      testDescription: "Poisson \(mean)", mean: mean, variance: mean,
      draw: { $0.poisson(mean: mean) },
      distribution: { $0 < 0 ? 0 : gsl_cdf_poisson_P(UInt32($0), mean) })
  }
  static func binomial(_ n: Int64, _ p: Double) -> Discrete {
    Discrete(
      testDescription: "binomial \(n) \(p)", mean: Double(n) * p,
      variance: Double(n) * p * (1 - p), draw: { $0.binomial(n: n, p: p) },
      distribution: { k in
        if k < 0 { return 0 }
        if n <= Int64(UInt32.max) { return gsl_cdf_binomial_P(UInt32(k), p, UInt32(n)) }
        // P(X ≤ k) by the incomplete beta function, for n beyond GSL's 32 bits.
        return gsl_cdf_beta_Q(p, Double(k) + 1, Double(n - k))
      })
  }
  static func negativeBinomial(_ mean: Double, _ k: Double) -> Discrete {
    Discrete(
      testDescription: "negative binomial \(mean) \(k)", mean: mean,
      variance: mean + mean * mean / k,
      draw: { $0.negativeBinomial(mean: mean, dispersion: k) },
      distribution: {
        $0 < 0 ? 0 : gsl_cdf_negative_binomial_P(UInt32($0), k / (k + mean), k)
      })
  }

  static let discrete: [Discrete] = [
    poisson(0.4), poisson(5), poisson(40), poisson(255.5), poisson(256), poisson(1000),
    poisson(100_000),
    binomial(10, 0.3), binomial(1000, 0.02), binomial(1000, 0.9), binomial(5000, 0.06),
    binomial(100_000, 0.3), binomial(1_000_000, 0.9997),
    binomial(1_000_000_000_000, 0.5e-11), binomial(20_000_000_000, 0.1),
    negativeBinomial(3, 0.8), negativeBinomial(50, 4), negativeBinomial(2000, 10),
    negativeBinomial(1024, 32), negativeBinomial(90_000, 50),
  ]

  @Test(
    "a count sampler has its distribution, on both sides of the large-mean limit",
    arguments: discrete)
  func discreteDistribution(_ distribution: Discrete) {
    var generator = generator(distribution.testDescription)
    let sample = (0..<SamplerTests.draws).map { _ in distribution.draw(&generator) }
    expectMoments(
      sample.map(Double.init), mean: distribution.mean, variance: distribution.variance,
      kurtosis: nil)
    // Chi-square over about 60 cells of equal probability.
    let sorted = sample.sorted()
    let n = Double(sorted.count)
    var statistic = 0.0
    var cells = 0
    var lower = 0.0
    var taken = 0
    var index = 0
    while index < sorted.count {
      let edge = sorted[min(index + sorted.count / 60, sorted.count - 1)]
      let upper = distribution.distribution(edge)
      let expected = (upper - lower) * n
      index = sorted.partitioningIndex { $0 > edge }
      let last = index == sorted.count
      let cell = last ? (1 - lower) * n : expected
      if cell >= 5 {
        statistic += pow(Double(index - taken) - cell, 2) / cell
        cells += 1
        lower = upper
        taken = index
      }
    }
    if cells > 1 {
      let p = gsl_cdf_chisq_Q(statistic, Double(cells - 1))
      #expect(p > 0.001, "chi-square \(statistic) over \(cells) cells")
    }
  }

  @Test("the limit's distribution function is within 0.0003 (Poisson) and 0.001 (binomial)")
  func limitError() {
    /// P(limit ≤ k): where mean + s·z + t/6·(z² − 1) passes k + 1/2.
    func limit(_ k: Double, mean: Double, variance: Double, t: Double) -> Double {
      let s = (variance - t * t / 18 - 1.0 / 12).squareRoot()
      let c = mean - t / 6 - (k + 0.5)
      let root = (s * s - 4 * t / 6 * c).squareRoot()
      return gsl_cdf_ugaussian_P(t == 0 ? -c / s : (-s + root) / (2 * t / 6))
    }
    var (poisson, binomial) = (0.0, 0.0)
    for k in 0..<1000 {
      let exact = gsl_cdf_poisson_P(UInt32(k), 256)
      if k > 170 {
        poisson = max(poisson, abs(exact - limit(Double(k), mean: 256, variance: 256, t: 1)))
      }
      let fifth = gsl_cdf_binomial_P(UInt32(k), 0.5, 1024)
      let other = limit(Double(k), mean: 512, variance: 256, t: 0)
      binomial = max(binomial, abs(fifth - other))
    }
    #expect(poisson < 0.0003, "\(poisson)")
    #expect(binomial < 0.001, "\(binomial)")
  }

  @Test("a gamma number of shape 32 by a normal one is within 0.0002 of probability")
  func wilsonHilferty() {
    let k = 32.0
    var furthest = 0.0
    for step in -500...500 {
      let z = Double(step) / 100
      let cube = 1 - 1 / (9 * k) + z / (3 * k.squareRoot())
      let value = k * cube * cube * cube
      furthest = max(furthest, abs(gsl_cdf_gamma_P(value, k, 1) - gsl_cdf_ugaussian_P(z)))
    }
    #expect(furthest < 0.0002, "\(furthest)")
  }

  @Test("degenerate counts are what they must be")
  func degenerate() {
    var generator = generator("degenerate")
    #expect(generator.poisson(mean: 0) == 0)
    #expect(generator.negativeBinomial(mean: 0, dispersion: 2) == 0)
    #expect(generator.binomial(n: 0, p: 0.5) == 0)
    #expect(generator.binomial(n: 9, p: 1) == 9)
    #expect(generator.binomial(n: 9, p: 0) == 0)
    let n: Int64 = 1_000_000_000_000
    for _ in 0..<100 { #expect((0...n).contains(generator.binomial(n: n, p: 1 - 1e-13))) }
  }

  @Test("an index is below its bound and every one comes up")
  func indices() {
    var generator = generator("index")
    var seen = [Int](repeating: 0, count: 700)
    for _ in 0..<70_000 { seen[generator.index(below: 700)] += 1 }
    let chi = seen.reduce(0.0) { $0 + pow(Double($1) - 100, 2) / 100 }
    #expect(gsl_cdf_chisq_Q(chi, 699) > 0.001)
  }

  func expectMoments(_ sample: [Double], mean: Double, variance: Double, kurtosis: Double?) {
    let n = Double(sample.count)
    let m = sample.reduce(0, +) / n
    let squares = sample.map { pow($0 - mean, 2) }
    let v = squares.reduce(0, +) / n
    let spread =
      kurtosis.map { (($0 - 1) / n).squareRoot() * variance }
      ?? (squares.reduce(0) { $0 + pow($1 - v, 2) } / n / n).squareRoot()
    #expect(abs(m - mean) < 4 * (variance / n).squareRoot(), "mean \(m), distribution \(mean)")
    #expect(abs(v - variance) < 4 * spread, "variance \(v), distribution \(variance)")
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index whose element satisfies `belongs`, in a collection sorted by it.
  func partitioningIndex(_ belongs: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
