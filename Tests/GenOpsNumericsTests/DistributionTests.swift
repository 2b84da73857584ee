import GenOpsTestSupport
import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsNumerics

/// Reads an amount such as `3`, `40k` or `2 to 6`, for distributions of plain numbers.
func plainAmount(_ node: Node, _ key: String, _ findings: inout Findings) -> UncertainValue? {
  ParameterText.read(node, key: key, as: .number, example: "2 to 6", &findings)
}

func distribution(_ text: String) -> (UncertainValue?, [Finding]) {
  var findings = Findings()
  let value = UncertainValue.decode(mapping(text), key: "x", &findings, amount: plainAmount)
  return (value, findings.all)
}

/// Runs over the registry: a new distribution is tested by its line there.
/// Where distributions are looked at, their tails included.
private let lawProbabilities = [1e-6, 0.001, 0.05, 0.2, 0.5, 0.7, 0.95, 0.999, 1 - 1e-6]

@Suite("Distributions: what every kind keeps")
struct DistributionContract {
  static let names = Distributions.registry.names

  static func example(_ name: String, also: String = "") throws -> UncertainValue {
    let kind = try #require(Distributions.registry[name])
    let (value, findings) = distribution(kind.example + also)
    #expect(findings.isEmpty)
    return try #require(value)
  }

  @Test("quantiles ascend and the distribution function is their inverse", arguments: names)
  func inverse(name: String) throws {
    let distribution = try Self.example(name)
    let quantiles = lawProbabilities.map { distribution.quantile($0) }
    #expect(quantiles == quantiles.sorted())
    for (p, x) in zip(lawProbabilities, quantiles) {
      let step = 1e-7 * max(1e-3, abs(x))
      #expect(distribution.probability(atMost: x + step) >= p - 1e-9, "\(p): \(x)")
      #expect(distribution.probability(atMost: x - step) <= p + 1e-9, "\(p): \(x)")
    }
  }

  @Test("mean and standard deviation are the integrals of the quantiles", arguments: names)
  func moments(name: String) throws {
    let distribution = try Self.example(name)
    let n = 20_000
    // A tail beyond the last point adds what the sum misses: so the tolerance.
    let points = (0..<n).map { distribution.quantile((Double($0) + 0.5) / Double(n)) }
    let mean = points.reduce(0, +) / Double(n)
    let sd = (points.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n)).squareRoot()
    #expect(
      abs(mean - distribution.mean) < 4e-3 * distribution.sd, "\(mean), said \(distribution.mean)")
    if name != "pareto" {
      #expect(abs(sd / distribution.sd - 1) < 4e-3, "\(sd), said \(distribution.sd)")
    }
  }

  @Test("a draw is the quantile at one uniform number", arguments: names)
  func oneUniform(name: String) throws {
    let distribution = try Self.example(name)
    var drawn = RandomGenerator(RandomKey(bits: 7))
    var same = RandomGenerator(RandomKey(bits: 7))
    for _ in 0..<20 { #expect(distribution.value(&drawn) == distribution.quantile(same.uniform())) }
  }

  @Test("cut off, it stays inside and keeps its moments", arguments: names)
  func truncated(name: String) throws {
    let whole = try Self.example(name)
    let (low, high) = (whole.quantile(0.2), whole.quantile(0.9))
    guard low < high, low > 0 else { return }
    let cut = try Self.example(name, also: "\nmin: \(low)\nmax: \(high)")
    let points = (0..<20_000).map { cut.quantile((Double($0) + 0.5) / 20_000) }
    #expect(points.allSatisfy { $0 >= low && $0 <= high })
    #expect(points == points.sorted())
    let mean = points.reduce(0, +) / 20_000
    #expect(abs(mean - cut.mean) < 1e-2 * max(cut.sd, 1e-3))
    #expect(cut.probability(atMost: high) == 1)
    #expect(cut.probability(atMost: low.nextDown) == 0)
  }

  @Test("an unknown key is a finding", arguments: names)
  func unknownKey(name: String) throws {
    let kind = try #require(Distributions.registry[name])
    #expect(distribution(kind.example + "\ncolour: red").1.map(\.code) == ["unknown-key"])
  }
}

@Suite("Distributions: closed forms")
struct DistributionTests {
  @Test(
    "quantiles are the published ones",
    arguments: [
      // Student's and Pearson's tables: χ²(4) = gamma(2, 2), upper 5 % and 1 %.
      ("dist: gamma\nshape: 2\nscale: 2", 0.95, 9.487729036781154),
      ("dist: gamma\nshape: 2\nscale: 2", 0.99, 13.276704135987622),
      // Beta(1, 5) is 1 − (1 − x)⁵.
      ("dist: beta\nalpha: 1\nbeta: 5", 0.95, 1 - pow(0.05, 0.2)),
      // Median of beta(2, 5): root of the polynomial 1 − (1 − x)⁵(1 + 5x) = 1/2.
      ("dist: beta\nalpha: 2\nbeta: 5", 0.5, 0.26444998329566),
      ("dist: pareto\nfrom: 10\nexponent: 2", 0.75, 20),
      ("dist: triangular\nlow: 2\nlikely: 3\nhigh: 6", 0.25, 3),
      ("dist: uniform\nlow: 2\nhigh: 3", 0.3, 2.3),
      // Poisson(4): P(X ≤ 7) = 0.94887, P(X ≤ 8) = 0.97864.
      ("dist: poisson\nmean: 4", 0.949, 8),
      ("dist: poisson\nmean: 4", 0.948, 7),
      // Poisson(10⁶) is nearly normal: 10⁶ + 1.644854·10³ + (1.6449² − 1)/6, rounded up.
      ("dist: poisson\nmean: 1M", 0.95, 1_001_645),
      // Negative binomial with dispersion 1 is geometric: P(X ≤ k) = 1 − (4/5)^(k + 1).
      ("dist: negative-binomial\nmean: 4\ndispersion: 1", 0.95, 13),
      ("dist: normal\np5: 30\np95: 50", 0.95, 50),
      ("dist: lognormal\np5: 100\np95: 140", 0.05, 100),
    ] as [(String, Double, Double)])
  func quantile(text: String, p: Double, exact: Double) throws {
    let (value, findings) = distribution(text)
    #expect(findings.isEmpty)
    let seen = try #require(value).quantile(p)
    #expect(abs(seen - exact) < 1e-8 * max(1, exact), "\(seen)")
  }

  @Test("a PERT has the mean its authors gave it and a beta the moments of a share")
  func moments() throws {
    let pert = try #require(distribution("dist: pert\nlow: 2\nlikely: 3\nhigh: 6").0)
    #expect(abs(pert.mean - (2 + 4 * 3 + 6) / 6.0) < 1e-12)
    let beta = try #require(distribution("dist: beta\nalpha: 2\nbeta: 5").0)
    #expect(abs(beta.sd - (10 / 392.0).squareRoot()) < 1e-12)
    let normal = try #require(distribution("dist: lognormal\nmean: 100\nsd: 30").0)
    #expect(abs(normal.mean - 100) < 1e-9)
    #expect(abs(normal.sd - 30) < 1e-9)
  }

  @Test("a normal cut at its mean has the half-normal's moments")
  func halfNormal() throws {
    let cut = try #require(distribution("dist: normal\nmean: 10\nsd: 2\nmin: 10").0)
    #expect(abs(cut.mean - (10 + 2 * (2 / Double.pi).squareRoot())) < 1e-6)
    #expect(abs(cut.sd - 2 * (1 - 2 / Double.pi).squareRoot()) < 1e-5)
  }

  @Test("extreme shapes have quantiles too", arguments: [0.01, 0.3, 30, 4000])
  func extreme(shape: Double) {
    for p in lawProbabilities {
      let gamma = GammaDistribution(shape: shape, scale: 2)
      let beta = BetaDistribution(alpha: shape, beta: 0.7)
      let (g, b) = (gamma.quantile(p), beta.quantile(p))
      // Below that a `Double` ends.
      if g > 1e-300 { #expect(abs(gamma.probability(atMost: g) - p) < 1e-6, "gamma \(p)") }
      if b > 1e-300 { #expect(abs(beta.probability(atMost: b) - p) < 1e-6, "beta \(p)") }
    }
  }

  @Test(
    "what makes no distribution is said",
    arguments: [
      ("dist: normal\nmean: 3\nsd: 0", "a number above 0"),
      ("dist: uniform\nlow: 3\nhigh: 2", "'low' lies below 'high'"),
      ("dist: triangular\nlow: 3\nlikely: 2\nhigh: 4", "stand in this order"),
      ("dist: lognormal\np5: 3\np95: 2", "0 < p5 < p95"),
      ("dist: pareto\nfrom: 3\nexponent: 1", "one number above 1"),
      ("dist: discrete\nvalues: [1, 2]\nchances: [50%]", "2 values and 1 chances"),
      ("dist: discrete\nvalues: [1, 2]\nchances: [50%, 40%]", "add up to 90%"),
      ("dist: discrete\nvalues: 3", "a list of numbers"),
      ("dist: empirical\nvalues: [3]", "not a sample"),
      ("dist: zero-inflated\nzero: 100%\nvalue: 3", "nothing to be uncertain about"),
      ("dist: mixture\nof: [{chance: 50%, value: 2}]", "add up to 50%"),
      ("dist: mixture\nof: [{value: 2}]", "needs 'chance'"),
      ("dist: normal\nmean: 3 to 4\nsd: 1", "one number, not an interval"),
      ("dist: normal\nmean: 3\nsd: 1\nmin: 40", "less than a millionth"),
      ("dist: normal\nmean: 3\nsd: 1\nmin: 4\nmax: 3", "'min' lies below 'max'"),
      ("dist: norml\nmean: 3", "there is no distribution 'norml'"),
    ])
  func refused(text: String, message: String) {
    let (value, findings) = distribution(text)
    #expect(value == nil)
    #expect(findings.count == 1)
    #expect(findings.first?.message.contains(message) ?? false, "\(findings)")
  }

  @Test("everything wrong is reported at once")
  func allAtOnce() {
    #expect(distribution("dist: beta\nalpha: -2\nbeta: much\nmin: low\nsize: 3").1.count == 4)
  }
}
