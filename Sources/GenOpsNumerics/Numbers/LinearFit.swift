import CGSL

/// y ≈ X·c by ordinary or by robust least squares.
package struct LinearFit: Sendable {
  /// One per column of X.
  package var coefficients: [Double]
  /// y − X·c.
  package var residuals: [Double]
  /// The weight each observation ended with: 1 for ordinary least squares, 0 for an outlier that
  /// counts nothing.
  package var weights: [Double]
  /// Standard deviation of the residuals, by the method's own measure.
  package var scale: Double

  /// Ordinary least squares by singular value decomposition (`gsl_multifit_linear`).
  ///
  /// `rows` is X by rows, `columns` numbers each.
  package static func ordinary(rows: [Double], columns: Int, y: [Double]) throws(NumericalError)
    -> LinearFit
  {
    GSL.ready
    let n = y.count
    guard n > columns else { throw NumericalError("linear regression", Int32(GSL_EBADLEN)) }
    guard let work = gsl_multifit_linear_alloc(n, columns),
      let covariance = gsl_matrix_alloc(columns, columns)
    else { throw .memory("linear regression") }
    defer {
      gsl_multifit_linear_free(work)
      gsl_matrix_free(covariance)
    }
    var (x, y) = (rows, y)
    var coefficients = [Double](repeating: 0, count: columns)
    var squares = 0.0
    let status = x.withUnsafeMutableBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        coefficients.withUnsafeMutableBufferPointer { c in
          var xView = gsl_matrix_view_array(x.baseAddress, n, columns)
          var yView = gsl_vector_view_array(y.baseAddress, n)
          var cView = gsl_vector_view_array(c.baseAddress, columns)
          return gsl_multifit_linear(
            &xView.matrix, &yView.vector, &cView.vector, covariance, &squares, work)
        }
      }
    }
    try NumericalError.check(status, "linear regression")
    return LinearFit(
      coefficients: coefficients,
      residuals: residuals(rows, y, coefficients),
      weights: [Double](repeating: 1, count: n),
      scale: (squares / Double(n - columns)).squareRoot())
  }

  static func residuals(_ rows: [Double], _ y: [Double], _ c: [Double]) -> [Double] {
    let columns = c.count
    return y.indices.map { i in
      var fitted = 0.0
      for j in 0..<columns { fitted += rows[i * columns + j] * c[j] }
      return y[i] - fitted
    }
  }
}
