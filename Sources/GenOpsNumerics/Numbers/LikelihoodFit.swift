import CGSL

/// Maximum likelihood by the simplex of Nelder and Mead (`gsl_multimin_fminimizer_nmsimplex2`),
/// with standard errors from the curvature at the maximum.
package struct LikelihoodFit: Sendable {
  package var parameters: [Double]
  /// By rows: the inverse of the observed information.
  package var covariance: [Double]
  /// The logarithm of the likelihood at the maximum.
  package var logLikelihood: Double

  /// √ of the covariance's diagonal.
  package var standardErrors: [Double] {
    parameters.indices.map { covariance[$0 * parameters.count + $0].squareRoot() }
  }

  private final class Problem {
    let value: ([Double]) -> Double
    init(_ value: @escaping ([Double]) -> Double) { self.value = value }
  }

  /// Maximizes `logLikelihood` from `start` on, with first steps of `step`. The parameters are on
  /// scales without bounds on which 0.001 is little: logarithms. A value that is not finite counts
  /// as impossible.
  package static func fit(
    start: [Double], step: Double = 0.3, _ logLikelihood: ([Double]) -> Double
  ) throws(NumericalError) -> LikelihoodFit {
    GSL.ready
    var point = start
    // A simplex can collapse beside the maximum; begun anew there, it goes on.
    var best = -Double.infinity
    for round in 0..<6 {
      let (next, value) = try simplex(point, step / Double(1 << round), logLikelihood)
      point = next
      if round > 1, value - best < 1e-9 * max(1, abs(value)) { break }
      best = value
    }
    let information = curvature(point, logLikelihood)
    let size = point.count
    var equations = NormalEquations(columns: size)
    equations.add(information)
    let covariance = try equations.inverse()
    guard covariance.allSatisfy(\.isFinite) else {
      throw NumericalError("maximum likelihood", Int32(GSL_ESING))
    }
    return LikelihoodFit(
      parameters: point, covariance: covariance, logLikelihood: logLikelihood(point))
  }

  private static func simplex(
    _ start: [Double], _ step: Double, _ logLikelihood: ([Double]) -> Double
  ) throws(NumericalError) -> ([Double], Double) {
    let size = start.count
    guard let work = gsl_multimin_fminimizer_alloc(genops_nelder_mead(), size) else {
      throw .memory("maximum likelihood")
    }
    defer { gsl_multimin_fminimizer_free(work) }
    let status = withoutActuallyEscaping(logLikelihood) { value in
      let problem = Problem(value)
      return withExtendedLifetime(problem) {
        run(work, start, step, Unmanaged.passUnretained(problem).toOpaque())
      }
    }
    try NumericalError.check(status, "maximum likelihood")
    return ((0..<size).map { gsl_vector_get(work.pointee.x, $0) }, -work.pointee.fval)
  }

  private static func run(
    _ work: UnsafeMutablePointer<gsl_multimin_fminimizer>, _ start: [Double], _ step: Double,
    _ problem: UnsafeMutableRawPointer
  ) -> Int32 {
    var function = gsl_multimin_function()
    function.f = { x, problem in
      guard let x, let problem else { return 1e300 }
      let box = Unmanaged<Problem>.fromOpaque(problem).takeUnretainedValue()
      let value = box.value((0..<x.pointee.size).map { gsl_vector_get(x, $0) })
      return value.isFinite ? -value : 1e300
    }
    function.n = start.count
    function.params = problem
    var (start, steps) = (start, start.map { _ in step })
    return withUnsafeMutablePointer(to: &function) { function in
      start.withUnsafeMutableBufferPointer { start in
        steps.withUnsafeMutableBufferPointer { steps in
          var x = gsl_vector_view_array(start.baseAddress, start.count)
          var s = gsl_vector_view_array(steps.baseAddress, steps.count)
          var status = gsl_multimin_fminimizer_set(work, function, &x.vector, &s.vector)
          guard status == Int32(GSL_SUCCESS) else { return status }
          for _ in 0..<2000 {
            // It reports no progress where the simplex has become a point: that is the end.
            if gsl_multimin_fminimizer_iterate(work) != Int32(GSL_SUCCESS) { break }
            status = gsl_multimin_test_size(gsl_multimin_fminimizer_size(work), 1e-6)
            if status == Int32(GSL_SUCCESS) { break }
          }
          return Int32(GSL_SUCCESS)
        }
      }
    }
  }

  /// Minus the second derivatives, by central differences.
  private static func curvature(_ point: [Double], _ logLikelihood: ([Double]) -> Double)
    -> [Double]
  {
    let (h, size) = (1e-3, point.count)
    func at(_ moves: [(Int, Double)]) -> Double {
      var moved = point
      for (index, by) in moves { moved[index] += by }
      return logLikelihood(moved)
    }
    let center = at([])
    var matrix = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      matrix[i * size + i] = -(at([(i, h)]) - 2 * center + at([(i, -h)])) / (h * h)
      for j in 0..<i {
        let mixed =
          at([(i, h), (j, h)]) - at([(i, h), (j, -h)]) - at([(i, -h), (j, h)])
          + at([(i, -h), (j, -h)])
        matrix[i * size + j] = -mixed / (4 * h * h)
        matrix[j * size + i] = matrix[i * size + j]
      }
    }
    return matrix
  }
}
