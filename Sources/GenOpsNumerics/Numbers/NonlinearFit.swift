import CGSL

/// Nonlinear least squares by a trust region (`gsl_multifit_nlinear`), with standard errors.
package struct NonlinearFit: Sendable {
  /// The parameters at the minimum.
  package var parameters: [Double]
  /// Their covariance by rows: s²·(JᵀJ)⁻¹, s² the residual sum of squares over the degrees of
  /// freedom.
  package var covariance: [Double]
  package var residualSumOfSquares: Double
  /// Residuals less parameters.
  package var degreesOfFreedom: Int

  /// √ of the covariance's diagonal.
  package var standardErrors: [Double] {
    parameters.indices.map { covariance[$0 * parameters.count + $0].squareRoot() }
  }

  /// Writes the residuals at some parameters; a residual that is not finite ends the step there.
  package typealias Residuals = (
    _ parameters: UnsafeBufferPointer<Double>, _ residuals: UnsafeMutableBufferPointer<Double>
  ) -> Void

  /// How a step is found: Levenberg and Marquardt's, with scales that only grow (Moré 1978); the
  /// same with geodesic acceleration (Transtrum and Sethna 2012); with Marquardt's own scales.
  private static var methods:
    [(UnsafePointer<gsl_multifit_nlinear_trs>?, UnsafePointer<gsl_multifit_nlinear_scale>?)]
  {
    [
      (genops_levenberg_marquardt(), genops_scale_more()),
      (genops_accelerated_marquardt(), genops_scale_more()),
      (genops_levenberg_marquardt(), genops_scale_marquardt()),
    ]
  }

  /// The least sum of squares of `count` residuals from `start` on. Tries the methods in turn until
  /// one converges; throws the first one's error when none does.
  package static func fit(start: [Double], count: Int, _ residuals: Residuals)
    throws(NumericalError)
    -> NonlinearFit
  {
    GSL.ready
    guard count > start.count else {
      throw NumericalError("nonlinear regression", Int32(GSL_EBADLEN))
    }
    var first: NumericalError?
    for (steps, scale) in methods {
      do throws(NumericalError) {
        return try fit(start, count, residuals, steps, scale)
      } catch {
        first = first ?? error
      }
    }
    throw first ?? NumericalError("nonlinear regression", Int32(GSL_EMAXITER))
  }

  /// Carries the residuals through GSL's `void *`.
  private final class Problem {
    private let residuals: Residuals
    private var parameters: [Double]
    private var values: [Double]

    init(_ residuals: @escaping Residuals, parameters: Int, count: Int) {
      self.residuals = residuals
      self.parameters = [Double](repeating: 0, count: parameters)
      values = [Double](repeating: 0, count: count)
    }

    /// By way of own arrays: a vector of GSL may be a column of a matrix, with gaps.
    func evaluate(_ x: UnsafePointer<gsl_vector>, _ f: UnsafeMutablePointer<gsl_vector>) -> Int32 {
      for index in parameters.indices { parameters[index] = gsl_vector_get(x, index) }
      parameters.withUnsafeBufferPointer { parameters in
        values.withUnsafeMutableBufferPointer { residuals(parameters, $0) }
      }
      for index in values.indices { gsl_vector_set(f, index, values[index]) }
      return values.allSatisfy(\.isFinite) ? Int32(GSL_SUCCESS) : Int32(GSL_EBADFUNC)
    }
  }

  private static func fit(
    _ start: [Double], _ count: Int, _ residuals: Residuals,
    _ steps: UnsafePointer<gsl_multifit_nlinear_trs>?,
    _ scale: UnsafePointer<gsl_multifit_nlinear_scale>?
  ) throws(NumericalError) -> NonlinearFit {
    var options = gsl_multifit_nlinear_default_parameters()
    options.trs = steps
    options.scale = scale
    options.solver = genops_solver_qr()
    options.fdtype = GSL_MULTIFIT_NLINEAR_CTRDIFF
    // The cube root of the rounding error is the best step of a central difference.
    options.h_df = 6e-6
    guard
      let work = gsl_multifit_nlinear_alloc(genops_trust_region(), &options, count, start.count),
      let covariance = gsl_matrix_alloc(start.count, start.count)
    else { throw .memory("nonlinear regression") }
    defer {
      gsl_multifit_nlinear_free(work)
      gsl_matrix_free(covariance)
    }
    let status = withoutActuallyEscaping(residuals) { residuals in
      let problem = Problem(residuals, parameters: start.count, count: count)
      return withExtendedLifetime(problem) {
        run(work, start, count, Unmanaged.passUnretained(problem).toOpaque())
      }
    }
    let result = read(work, start.count, count, covariance)
    // At the limit of rounding no step helps any more; that is the minimum if the gradient says so.
    if status != Int32(GSL_SUCCESS), !isFlat(work, start.count, count) {
      throw NumericalError("nonlinear regression", status)
    }
    guard result.parameters.allSatisfy(\.isFinite), result.covariance.allSatisfy(\.isFinite) else {
      throw NumericalError("nonlinear regression", Int32(GSL_EBADFUNC))
    }
    return result
  }

  private static func run(
    _ work: UnsafeMutablePointer<gsl_multifit_nlinear_workspace>, _ start: [Double], _ count: Int,
    _ problem: UnsafeMutableRawPointer
  ) -> Int32 {
    var system = gsl_multifit_nlinear_fdf()
    system.f = { x, problem, f in
      guard let x, let f, let problem else { return Int32(GSL_EFAULT) }
      let box = Unmanaged<Problem>.fromOpaque(problem).takeUnretainedValue()
      return box.evaluate(x, f)
    }
    system.n = count
    system.p = start.count
    system.params = problem
    return withUnsafeMutablePointer(to: &system) { system in
      var start = start
      return start.withUnsafeMutableBufferPointer { start in
        var view = gsl_vector_view_array(start.baseAddress, start.count)
        var status = gsl_multifit_nlinear_init(&view.vector, system, work)
        guard status == Int32(GSL_SUCCESS) else { return status }
        var info: Int32 = 0
        status = gsl_multifit_nlinear_driver(800, 1e-12, 1e-14, 0, nil, nil, &info, work)
        return status
      }
    }
  }

  private static func read(
    _ work: UnsafeMutablePointer<gsl_multifit_nlinear_workspace>, _ size: Int, _ count: Int,
    _ covariance: UnsafeMutablePointer<gsl_matrix>
  ) -> NonlinearFit {
    var squares = 0.0
    gsl_blas_ddot(work.pointee.f, work.pointee.f, &squares)
    gsl_multifit_nlinear_covar(work.pointee.J, 0, covariance)
    let variance = squares / Double(count - size)
    return NonlinearFit(
      parameters: (0..<size).map { gsl_vector_get(work.pointee.x, $0) },
      covariance: (0..<size * size).map {
        variance * gsl_matrix_get(covariance, $0 / size, $0 % size)
      },
      residualSumOfSquares: squares, degreesOfFreedom: count - size)
  }

  /// Whether the residuals stand at right angles on every column of the Jacobian.
  private static func isFlat(
    _ work: UnsafeMutablePointer<gsl_multifit_nlinear_workspace>, _ size: Int, _ count: Int
  ) -> Bool {
    let residuals = gsl_blas_dnrm2(work.pointee.f)
    return (0..<size).allSatisfy { column in
      var view = gsl_matrix_column(work.pointee.J, column)
      let length = gsl_blas_dnrm2(&view.vector)
      return abs(gsl_vector_get(work.pointee.g, column)) <= 1e-6 * length * residuals + 1e-300
    }
  }
}
