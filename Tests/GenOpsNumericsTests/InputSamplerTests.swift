import GenOpsTestSupport
import CGSL
import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsNumerics
import GenOpsForecasting

@Suite("Input sampler")
struct InputSamplerTests {
  static let inputs = (0..<6).map {
    UncertainInput(
      "input \($0)", $0 % 2 == 0 ? .lognormal(mu: 0, sigma: 0.3) : .normal(mean: 1, sd: 0.2))
  }

  static func sampler(
    _ points: InputSampler.Points, seed: UInt64 = 1, _ inputs: [UncertainInput] = inputs
  ) -> InputSampler {
    InputSampler(inputs: inputs, points: points, source: RandomSource(seed: seed))
  }

  @Test("any path can be drawn alone", arguments: InputSampler.Points.allCases)
  func alone(points: InputSampler.Points) {
    let sampler = Self.sampler(points)
    var generator = RandomGenerator()
    var buffer = [Double](repeating: 0, count: 6)
    let walked = (0..<40).map { path in
      buffer.withUnsafeMutableBufferPointer {
        sampler.values(path: path, into: $0, using: &generator)
      }
      return buffer
    }
    for path in [39, 0, 17] { #expect(sampler.values(path: path) == walked[path]) }
    #expect(Set(walked).count == 40)
  }

  @Test("an input more leaves the others as they were", arguments: InputSampler.Points.allCases)
  func undisturbed(points: InputSampler.Points) throws {
    var findings = Findings()
    let more = Self.inputs + [UncertainInput("more", .normal(mean: 0, sd: 1))]
    let pairs = [Correlations.Pair("input 0", "input 3", 0.5)]
    let before = InputSampler(
      inputs: Self.inputs,
      correlations: try #require(Correlations(pairs, among: Self.inputs, &findings)),
      points: points, source: RandomSource(seed: 1))
    let after = InputSampler(
      inputs: more, correlations: try #require(Correlations(pairs, among: more, &findings)),
      points: points, source: RandomSource(seed: 1))
    for path in 0..<50 {
      #expect(Array(after.values(path: path)[..<6]) == before.values(path: path))
    }
    if points == .random || points == .antithetic {
      let reversed = Self.sampler(points, Self.inputs.reversed())
      #expect(reversed.values(path: 7).reversed() == Self.sampler(points).values(path: 7))
    }
  }

  @Test("the draws of an input are uniform", arguments: InputSampler.Points.allCases)
  func uniform(points: InputSampler.Points) {
    // One path under each of many seeds: the randomization alone must make it uniform.
    let n = 4000
    let drawn = (0..<n).map { Self.sampler(points, seed: UInt64($0)).uniforms(path: 13) }
    for index in 0..<6 {
      let sorted = drawn.map { $0[index] }.sorted()
      let distance = sorted.enumerated().map { abs($1 - (Double($0) + 0.5) / Double(n)) }.max()
      #expect((distance ?? 1) < 1.95 / Double(n).squareRoot())
    }
  }

  @Test("Sobol' and Halton points are GSL's before they are randomized")
  func gsl() throws {
    let sobol = try #require(gsl_qrng_alloc(genops_sobol(), 40))
    let halton = try #require(gsl_qrng_alloc(genops_halton(), 12))
    defer {
      gsl_qrng_free(sobol)
      gsl_qrng_free(halton)
    }
    var (x, y) = ([Double](repeating: 0, count: 40), [Double](repeating: 0, count: 12))
    for index in 1...3000 {
      gsl_qrng_get(sobol, &x)
      gsl_qrng_get(halton, &y)
      for dimension in 0..<40 {
        #expect(abs(SobolPoints.point(index, dimension, scramble: 0) - x[dimension]) < 1e-9)
      }
      for dimension in 0..<12 {
        #expect(abs(HaltonPoints.point(index, dimension, shift: 0) - y[dimension]) < 1e-9)
      }
    }
  }

  @Test("scrambled Sobol' points stay a net: one in each of 1,024 cells, in every dimension")
  func net() {
    for dimension in 0..<40 {
      let cells = (0..<1024).map {
        Int(SobolPoints.point($0, dimension, scramble: 0x9e37_79b9 &* UInt32(dimension + 1)) * 1024)
      }
      #expect(Set(cells).count == 1024)
    }
  }

  @Test("an antithetic pair is a mirror image")
  func mirror() {
    let sampler = Self.sampler(.antithetic)
    for (a, b) in zip(sampler.uniforms(path: 6), sampler.uniforms(path: 7)) {
      #expect(abs(a + b - 1) < 1e-15)
    }
  }

  /// Something like a year's cost: a product with a free allotment.
  static func cost(_ x: [Double]) -> Double { max(0, x[0] * x[1] * x[2] + x[3] * x[4] - 1) + x[5] }

  @Test(
    "evenly spread points cut the error of a mean cost",
    arguments: [
      (InputSampler.Points.sobol, 5.0), (.halton, 3.0), (.antithetic, 2.0),
    ])
  func gain(points: InputSampler.Points, times: Double) {
    let paths = 1024
    func means(_ points: InputSampler.Points) -> [Double] {
      (0..<50).map { seed in
        let sampler = Self.sampler(points, seed: UInt64(seed))
        return Statistics.mean((0..<paths).map { Self.cost(sampler.values(path: $0)) })
      }
    }
    let random = Statistics.sd(means(.random))
    let spread = Statistics.sd(means(points))
    print("\(points): the error of a mean over \(paths) paths falls \(random / spread) times")
    #expect(random > times * spread)
  }

  @Test("the standard error is honest", arguments: InputSampler.Points.allCases)
  func honest(points: InputSampler.Points) {
    var (means, errors): ([Double], [Double]) = ([], [])
    for seed in 0..<100 {
      let sampler = Self.sampler(points, seed: UInt64(1000 + seed))
      let costs = (0..<256).map { Self.cost(sampler.values(path: $0)) }
      means.append(Statistics.mean(costs))
      errors.append(sampler.standardError(ofMean: costs))
    }
    // Both are known to about 1/√200 = 7 %: four of that, for either.
    let said = Statistics.mean(errors.map { $0 * $0 }).squareRoot()
    #expect(abs(said / Statistics.sd(means) - 1) < 0.35, "\(said), true \(Statistics.sd(means))")
  }

  @Test("a model's parameters can be inputs")
  func growthParameters() throws {
    var findings = Findings()
    let model = try #require(
      GrowthModels.decode(scalar("2% to 6% per month"), key: "events", &findings))
    let inputs = model.uncertainParameters.map {
      UncertainInput("events.\($0.name)", $0.distribution)
    }
    let sampler = InputSampler(inputs: inputs, points: .sobol, source: RandomSource(seed: 4))
    let generator = PathGenerator(
      StreamModel(name: "events", level: 1e9, profile: [1, 1], growth: model),
      source: RandomSource(seed: 4))
    var random = RandomGenerator()
    var days = [0.0, 0.0]
    days.withUnsafeMutableBufferPointer {
      generator.means(path: 5, into: $0, using: &random, parameters: sampler.uniforms(path: 5))
    }
    let rate = sampler.values(path: 5)[0]
    #expect(abs(days[1] / 1e9 - pow(1 + rate, 1 / 30.4375)) < 1e-12)
  }
}
