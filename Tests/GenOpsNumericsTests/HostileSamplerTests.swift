import GenOpsUnits
import Testing

@testable import GenOpsNumerics

/// Samplers end, and give a number, for parameters that nobody means.
@Suite struct HostileSamplerTests {
  private static let odd: [Double] = [
    .nan, .infinity, -.infinity, -1, 0, .leastNonzeroMagnitude, 1e-300, 1e18, 1e300,
    .greatestFiniteMagnitude,
  ]

  @Test(arguments: odd)
  func `Counts and gamma numbers`(value: Double) {
    var generator = RandomGenerator()
    for other in Self.odd + [0.5, 3] {
      #expect(generator.poisson(mean: value) >= 0)
      #expect(generator.negativeBinomial(mean: value, dispersion: other) >= 0)
      let all = Int64(rounding: min(1e12, other))
      #expect((0...max(0, all)).contains(generator.binomial(n: all, p: value)))
      _ = generator.gamma(shape: value, scale: other)
    }
  }

  @Test(arguments: odd)
  func `Distribution functions`(value: Double) {
    #expect((0...1).contains(PoissonDistribution(mean: 4).probability(atMost: value)))
    let clustered = NegativeBinomialDistribution(mean: 4, dispersion: 1e-300)
    #expect((0...1.000_001).contains(clustered.probability(atMost: value)))
    #expect(clustered.quantile(1.0.nextDown) <= 4e9)
    _ = Inversion.quantile(0.5, between: -value, and: value) { $0 < 3 ? 0 : 1 }
  }
}
