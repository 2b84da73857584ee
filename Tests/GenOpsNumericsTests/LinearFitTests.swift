import CGSL
import Foundation
import Testing

@testable import GenOpsNumerics

@Suite("Linear regression")
struct LinearFitTests {
  /// Longley's data as NIST StRD states them: y, then x1…x6.
  static let longley: [[Double]] = [
    [60323, 83.0, 234289, 2356, 1590, 107608, 1947],
    [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
    [60171, 88.2, 258054, 3682, 1616, 109773, 1949],
    [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
    [63221, 96.2, 328975, 2099, 3099, 112075, 1951],
    [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
    [64989, 99.0, 365385, 1870, 3547, 115094, 1953],
    [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
    [66019, 101.2, 397469, 2904, 3048, 117388, 1955],
    [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
    [68169, 108.4, 442769, 2936, 2798, 120445, 1957],
    [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
    [68655, 112.6, 482704, 3813, 2552, 123366, 1959],
    [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
    [69331, 115.7, 518173, 4806, 2572, 127852, 1961],
    [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
  ]

  @Test("ordinary least squares has NIST's certified values for Longley's data")
  func nist() throws {
    let rows = LinearFitTests.longley.flatMap { [1] + $0.dropFirst() }
    let fit = try LinearFit.ordinary(
      rows: rows, columns: 7, y: LinearFitTests.longley.map { $0[0] })
    let certified = [
      -3482258.63459582, 15.0618722713733, -0.358191792925910E-01, -2.02022980381683,
      -1.03322686717359, -0.511041056535807E-01, 1829.15146461355,
    ]
    for (value, exact) in zip(fit.coefficients, certified) {
      #expect(abs(value / exact - 1) < 1e-8, "\(value), certified \(exact)")
    }
    #expect(abs(fit.scale / 304.854073561965 - 1) < 1e-8)
  }

  /// A design such as a history has, with noise and a share of outliers.
  static func problem(_ n: Int, outliers: Double, seed: UInt64) -> (rows: [Double], y: [Double]) {
    var generator = RandomGenerator(RandomSource(seed: seed).key("regression", purpose: "test"))
    var rows: [Double] = []
    var y: [Double] = []
    for t in 0..<n {
      let years = Double(t) / 365.25
      var row = [1, years]
      for weekday in 0..<6 { row.append(t % 7 == weekday ? 1 : t % 7 == 6 ? -1 : 0) }
      row += [sin(2 * .pi * years), cos(2 * .pi * years)]
      rows += row
      var value = 8 + 0.4 * years + (t % 7 >= 5 ? -0.5 : 0.2) + 0.1 * generator.normal()
      if generator.uniform() < outliers { value += 3 }
      y.append(value)
    }
    return (rows, y)
  }

  @Test("robust regression agrees with gsl_multifit_robust", arguments: [0, 0.02, 0.15])
  func againstGSL(outliers: Double) throws {
    let (rows, y) = LinearFitTests.problem(400, outliers: outliers, seed: 4)
    let fit = try LinearFit.bisquare(rows: rows, columns: 10, y: y)
    let work = try #require(gsl_multifit_robust_alloc(genops_robust_bisquare(), 400, 10))
    let x = try #require(gsl_matrix_alloc(400, 10))
    let v = try #require(gsl_vector_alloc(400))
    let c = try #require(gsl_vector_alloc(10))
    let covariance = try #require(gsl_matrix_alloc(10, 10))
    defer {
      gsl_multifit_robust_free(work)
      gsl_matrix_free(x)
      gsl_vector_free(v)
      gsl_vector_free(c)
      gsl_matrix_free(covariance)
    }
    for i in 0..<400 {
      gsl_vector_set(v, i, y[i])
      for j in 0..<10 { gsl_matrix_set(x, i, j, rows[i * 10 + j]) }
    }
    #expect(gsl_multifit_robust(x, v, c, covariance, work) == GSL_SUCCESS)
    for j in 0..<10 {
      let theirs = gsl_vector_get(c, j)
      // A thirtieth of the coefficients' standard errors: the two stop at different iterations.
      #expect(abs(fit.coefficients[j] - theirs) < 2e-4, "\(j): \(fit.coefficients[j]), \(theirs)")
    }
  }

  @Test("outliers move ordinary least squares and not the robust fit")
  func outliers() throws {
    let (rows, clean) = LinearFitTests.problem(400, outliers: 0, seed: 6)
    let (_, dirty) = LinearFitTests.problem(400, outliers: 0.1, seed: 6)
    let exact = try LinearFit.ordinary(rows: rows, columns: 10, y: clean).coefficients
    let ordinary = try LinearFit.ordinary(rows: rows, columns: 10, y: dirty).coefficients
    let robust = try LinearFit.bisquare(rows: rows, columns: 10, y: dirty)
    #expect(abs(ordinary[0] - exact[0]) > 0.2)
    #expect(abs(robust.coefficients[0] - exact[0]) < 0.05)
    #expect(robust.weights.count { $0 == 0 } >= 25)
  }

  @Test("normal equations and singular values give the same ordinary fit")
  func normalEquations() throws {
    let (rows, y) = LinearFitTests.problem(400, outliers: 0, seed: 8)
    let ones = [Double](repeating: 1, count: 400)
    let normal = try NormalEquations(rows: rows, columns: 10, y: y, weights: ones).solved()
    let ordinary = try LinearFit.ordinary(rows: rows, columns: 10, y: y).coefficients
    for (a, b) in zip(normal, ordinary) { #expect(abs(a - b) < 1e-10) }
  }

  @Test("a singular design is an error, not an abort")
  func singular() {
    #expect(throws: NumericalError.self) {
      try LinearFit.bisquare(
        rows: [1, 1, 1, 1, 1, 1, 1, 1], columns: 2, y: [1, 2, 3, 4])
    }
    #expect(throws: NumericalError.self) {
      try LinearFit.ordinary(rows: [1, 1], columns: 2, y: [1])
    }
  }
}
