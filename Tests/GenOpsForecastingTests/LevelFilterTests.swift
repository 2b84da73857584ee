import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsForecasting
@testable import GenOpsNumerics

struct `Structural: the filter` {
  static let variances = LevelFilter.Variances(
    noise: 0.5, walk: 0.2, slope: 0.03, persistence: 0.8)

  /// Covariance of level + noise at steps i and j, written out: the walk has made i steps, and the slope
  /// is an AR(1) in its stationary state, summed over the steps before.
  static func covariance(_ i: Int, _ j: Int) -> Double {
    let v = variances
    var sum = v.walk * Double(min(i, j)) + (i == j ? v.noise : 0)
    for a in 0..<i {
      for b in 0..<j { sum += v.firstSlope * pow(v.persistence, Double(abs(a - b))) }
    }
    return sum
  }

  /// Known answer: the dense Gaussian. With d = diag(L) of the covariance C over the known steps,
  /// Σ log F = log |C| and the innovations' products are XᵀC⁻¹X.
  @Test func `agrees with the dense normal distribution, gaps and all`() throws {
    let known = [0, 1, 2, 4, 5, 8, 9, 10]
    let columns = 2
    var rows: [Double] = []
    for step in 0..<11 {
      let y = sin(Double(step)) + 0.3 * Double(step)
      rows += [1, Double(step), known.contains(step) ? y : .nan]
    }
    let filter = LevelFilter(rows, columns: columns, variances: Self.variances)
    let dense = known.flatMap { i in known.map { Self.covariance(i, $0) } }
    #expect(filter.count == known.count)
    for a in 0...columns {
      let right = known.map { rows[$0 * 3 + a] }
      let solved = try NormalPosterior(precision: dense, right: right)
      #expect(abs(solved.logDeterminant - filter.logDeterminant) < 1e-10)
      for b in 0...columns {
        let product = zip(known, solved.mean).reduce(0) { $0 + rows[$1.0 * 3 + b] * $1.1 }
        #expect(abs(product - filter[a, b]) < 1e-10 * max(1, abs(product)))
      }
    }
  }

  /// The level at the end given y is c·C⁻¹y, c the covariances of the level with each step.
  @Test func `ends where the dense conditional mean is`() throws {
    let y = [0.3, 1.2, 0.7, 2.0, 1.1, 2.4]
    let rows = y.flatMap { [1.0, $0] }
    let filter = LevelFilter(rows, columns: 1, variances: Self.variances)
    let dense = y.indices.flatMap { i in y.indices.map { Self.covariance(i, $0) } }
    let last = y.count - 1
    let with = y.indices.map {
      Self.covariance(last, $0) - ($0 == last ? Self.variances.noise : 0)
    }
    let solved = try NormalPosterior(precision: dense, right: y)
    let mean = zip(with, solved.mean).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(filter.end([], kept: []).level - mean) < 1e-10)
    let own = Self.covariance(last, last) - Self.variances.noise
    #expect(abs(filter.levelVariance - (own - solved.variance(of: with))) < 1e-10)
    let less = filter.end([0.4], kept: [0])
    let shifted = LevelFilter(
      y.flatMap { [1.0, $0 - 0.4] }, columns: 1, variances: Self.variances)
    #expect(abs(less.level - shifted.end([], kept: []).level) < 1e-12)
    #expect(abs(less.slope - shifted.end([], kept: []).slope) < 1e-12)
  }
}

struct `Normal posterior` {
  /// Λ = (4 2; 2 3), Λ⁻¹ = (3 −2; −2 4) / 8.
  @Test func `is that of two numbers solved by hand`() throws {
    let posterior = try NormalPosterior(precision: [4, 2, 2, 3], right: [8, 8])
    #expect(abs(posterior.mean[0] - 1) < 1e-14 && abs(posterior.mean[1] - 2) < 1e-14)
    #expect(abs(posterior.logDeterminant - log(8)) < 1e-14)
    #expect(abs(posterior.variance(of: [1, 0]) - 3.0 / 8) < 1e-14)
    #expect(abs(posterior.variance(of: [1, 1]) - 3.0 / 8) < 1e-14)
    // L = (2 0; 1 √2): L⁻ᵀ(0, 1) = (−1/(2√2), 1/√2), and its outer products sum to Λ⁻¹.
    var normals = [0.0, 1]
    posterior.deviate(&normals)
    #expect(abs(normals[0] + 0.5 / 2.0.squareRoot()) < 1e-14)
    #expect(abs(normals[1] - 1 / 2.0.squareRoot()) < 1e-14)
  }

  @Test func `needs a positive definite precision`() {
    #expect(throws: NumericalError.self) {
      try NormalPosterior(precision: [1, 2, 2, 1], right: [1, 1])
    }
  }
}
