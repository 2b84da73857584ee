import GenOpsTestSupport
import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsNumerics

@Suite("Correlated inputs")
struct CorrelationTests {
  /// Distributions of every shape: rank correlations do not depend on them.
  static let inputs: [UncertainInput] = {
    var inputs = [
      UncertainInput("a", .normal(mean: 3, sd: 1)),
      UncertainInput("b", .lognormal(mu: 0, sigma: 1.5)),
      UncertainInput("c", .distribution(BetaDistribution(alpha: 0.5, beta: 2))),
      UncertainInput("d", .uniform(low: 2, high: 3)),
      UncertainInput("alone", .normal(mean: 0, sd: 1)),
      UncertainInput("certain", .constant(4)),
    ]
    if let cut = TruncatedDistribution(.normal(mean: 0, sd: 1), low: -0.5, high: 2) {
      inputs.append(UncertainInput("cut", .truncated(cut)))
    }
    return inputs
  }()

  static let pairs: [Correlations.Pair] = [
    .init("a", "b", 0.8), .init("a", "c", -0.5), .init("b", "c", -0.3), .init("c", "cut", 0.4),
    .init("a", "cut", 0.1),
  ]

  static func correlations(_ pairs: [Correlations.Pair], _ copula: Copula = .gaussian)
    -> (Correlations?, [Finding])
  {
    var findings = Findings()
    let value = Correlations(pairs, copula: copula, among: inputs, &findings)
    return (value, findings.all)
  }

  /// Spearman's ρ of two samples without ties.
  static func spearman(_ x: [Double], _ y: [Double]) -> Double {
    func ranks(_ sample: [Double]) -> [Double] {
      var ranks = [Double](repeating: 0, count: sample.count)
      for (rank, index) in sample.indices.sorted(by: { sample[$0] < sample[$1] }).enumerated() {
        ranks[index] = Double(rank)
      }
      return ranks
    }
    let n = Double(x.count)
    let squares = zip(ranks(x), ranks(y)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return 1 - 6 * squares / (n * (n * n - 1))
  }

  @Test(
    "rank correlations are those asked for, pairwise and after cutting off",
    arguments: [
      (Copula.gaussian, InputSampler.Points.random), (.t(degrees: 4), .random),
      (.gaussian, .sobol), (.t(degrees: 4), .antithetic),
    ])
  func ranks(copula: Copula, points: InputSampler.Points) throws {
    let (correlations, findings) = Self.correlations(Self.pairs, copula)
    #expect(findings.isEmpty)
    let sampler = InputSampler(
      inputs: Self.inputs, correlations: try #require(correlations), points: points,
      source: RandomSource(seed: 8))
    // The standard error of a rank correlation is at most 1/√n = 0.0065. The mirror image of a pair
    // has the same product of ranks, so there half of the paths count.
    let count = points == .antithetic ? 48_000 : 24_000
    let paths = (0..<count).map { sampler.values(path: $0) }
    let columns = Self.inputs.indices.map { index in paths.map { $0[index] } }
    for (i, first) in Self.inputs.enumerated() where !first.distribution.isConstant {
      for (j, second) in Self.inputs.enumerated() where i < j && !second.distribution.isConstant {
        let asked = Self.pairs.first { [$0.first, $0.second] == [first.name, second.name] }
        let seen = Self.spearman(columns[i], columns[j])
        #expect(abs(seen - (asked?.rank ?? 0)) < 0.02, "\(first.name), \(second.name): \(seen)")
      }
    }
  }

  @Test(
    "the distributions of the inputs stay what they are",
    arguments: [Copula.gaussian, .t(degrees: 4)])
  func margins(copula: Copula) throws {
    let correlations = try #require(Self.correlations(Self.pairs, copula).0)
    let sampler = InputSampler(
      inputs: Self.inputs, correlations: correlations, source: RandomSource(seed: 8))
    let n = 10_000
    let uniforms = (0..<n).map { sampler.uniforms(path: $0) }
    for index in Self.inputs.indices where !Self.inputs[index].distribution.isConstant {
      let sorted = uniforms.map { $0[index] }.sorted()
      // Kolmogorov and Smirnov: beyond 1.95/√n in one of a thousand samples.
      let distance = sorted.enumerated().map { abs($1 - (Double($0) + 0.5) / Double(n)) }.max()
      #expect((distance ?? 1) < 1.95 / Double(n).squareRoot(), "\(Self.inputs[index].name)")
    }
  }

  @Test("extremes come together under a t copula more than under a Gaussian one")
  func tails() throws {
    func together(_ copula: Copula) throws -> Int {
      let correlations = try #require(Self.correlations([.init("a", "b", 0.5)], copula).0)
      let sampler = InputSampler(
        inputs: Self.inputs, correlations: correlations, source: RandomSource(seed: 3))
      return (0..<10_000).count {
        let u = sampler.uniforms(path: $0)
        return u[0] > 0.99 && u[1] > 0.99
      }
    }
    // By the bivariate distributions 0.0013 and 0.0035 of the paths.
    #expect(try together(.t(degrees: 3)) > 3 * together(.gaussian) / 2)
  }

  @Test("the nearest correlation matrix is Higham's")
  func higham() throws {
    // "Computing the nearest correlation matrix", 2002, §4.
    let matrix = SymmetricMatrix(size: 3, elements: [1, 1, 0, 1, 1, 1, 0, 1, 1])
    let nearest = try matrix.nearestCorrelation()
    for (seen, published) in [
      (nearest[0, 1], 0.7607), (nearest[0, 2], 0.1573), (nearest[1, 2], 0.7607),
    ] { #expect(abs(seen - published) < 5e-5) }
    #expect(try nearest.eigen().values.allSatisfy { $0 > -1e-8 })
    #expect([nearest[0, 0], nearest[1, 1], nearest[2, 2]] == [1, 1, 1])
  }

  @Test(
    "correlations that cannot all hold are refused, and the offer is accepted",
    arguments: [Copula.gaussian, .t(degrees: 4)])
  func impossible(copula: Copula) throws {
    let (none, findings) = Self.correlations(
      [.init("a", "b", 0.95), .init("b", "c", 0.95), .init("a", "c", -0.4)], copula)
    #expect(none == nil)
    #expect(findings.map(\.code) == ["impossible-correlations"])
    let help = try #require(findings.first?.help)
    #expect(help.hasPrefix("the nearest that can: "))
    let offer = help.dropFirst("the nearest that can: ".count).split(separator: ";").map {
      let parts = $0.split(whereSeparator: { ":, ".contains($0) }).map(String.init)
      return Correlations.Pair(parts[0], parts[1], Double(parts[2]) ?? .nan)
    }
    #expect(offer.count >= 2)
    let (accepted, left) = Self.correlations(offer, copula)
    #expect(accepted != nil && left.isEmpty, "\(left)")
  }

  @Test("perfect correlation is possible")
  func perfect() throws {
    let correlations = try #require(Self.correlations([.init("a", "d", 1)]).0)
    let sampler = InputSampler(
      inputs: Self.inputs, correlations: correlations, source: RandomSource(seed: 3))
    for path in 0..<50 {
      let u = sampler.uniforms(path: path)
      #expect(abs(u[0] - u[3]) < 1e-4)
    }
  }

  @Test("ranks go to correlations and back", arguments: [Copula.gaussian, .t(degrees: 3)])
  func conversion(copula: Copula) {
    for rank in [-1, -0.7, 0, 0.3, 0.95, 1] {
      #expect(abs(copula.rank(correlation: copula.correlation(rank: rank)) - rank) < 1e-9)
    }
    // Many degrees of freedom are the Gaussian copula.
    #expect(
      abs(Copula.t(degrees: 200).correlation(rank: 0.5) - 2 * sin(.pi / 12)) < 1e-3)
  }

  @Test(
    "what is wrong in a list of correlations is said at once",
    arguments: [
      ("[{between: [a, bb], rank: 0.5}]", ["unknown-input"]),
      ("[{between: [a, certain], rank: 0.5}]", ["certain-input"]),
      ("[{between: [a, a], rank: 2}]", ["wrong-value", "wrong-value"]),
      ("[{between: [a, b], rank: 0.5}, {between: [b, a], rank: 0.4}]", ["duplicate-key"]),
      ("[{between: a, rank: high}, {rank: 0.4}]", ["wrong-type", "wrong-value", "missing-key"]),
      ("{copula: t, pairs: [{between: [a, b], rank: 0.5}]}", ["wrong-value"]),
      ("{copula: clayton, pairs: []}", ["unknown-kind"]),
      ("{copula: t, degrees: 4, pairs: [{between: [a, b], rank: 50%}]}", []),
      ("yes", ["wrong-type"]),
    ] as [(String, [String])])
  func decoding(text: String, codes: [String]) throws {
    var findings = Findings()
    let node = try #require(mapping("correlations: \(text)")["correlations"])
    let value = Correlations.decode(node, among: Self.inputs, &findings)
    #expect(findings.all.map(\.code) == codes)
    #expect((value == nil) == !codes.isEmpty)
  }
}
