import CGSL
import Foundation

/// The normal distribution that normal equations describe: precision Λ and Λ·mean, factored once as
/// Λ = L·Lᵀ (`gsl_linalg_cholesky_decomp1`).
package struct NormalPosterior: Sendable {
  package let mean: [Double]
  /// log |Λ|.
  package let logDeterminant: Double
  /// L by rows; what is above the diagonal is not read.
  private let factor: [Double]

  /// `precision` by rows, symmetric; `right` is precision times mean.
  package init(precision: [Double], right: [Double]) throws(NumericalError) {
    GSL.ready
    let columns = right.count
    var (factor, mean) = (precision, right)
    let status = factor.withUnsafeMutableBufferPointer { factor in
      mean.withUnsafeMutableBufferPointer { mean in
        var matrix = gsl_matrix_view_array(factor.baseAddress, columns, columns)
        var vector = gsl_vector_view_array(mean.baseAddress, columns)
        let status = gsl_linalg_cholesky_decomp1(&matrix.matrix)
        return status == GSL_SUCCESS
          ? gsl_linalg_cholesky_svx(&matrix.matrix, &vector.vector) : status
      }
    }
    try NumericalError.check(status, "normal posterior")
    self.factor = factor
    self.mean = mean
    logDeterminant = (0..<columns).reduce(0) { $0 + 2 * log(factor[$1 * columns + $1]) }
  }

  /// Its variance along `weights`: wᵀΛ⁻¹w = |L⁻¹w|².
  package func variance(of weights: [Double]) -> Double {
    var solved = weights
    var sum = 0.0
    for row in solved.indices {
      for column in 0..<row { solved[row] -= factor[row * mean.count + column] * solved[column] }
      solved[row] /= factor[row * mean.count + row]
      sum += solved[row] * solved[row]
    }
    return sum
  }

  /// Replaces independent standard normal numbers z by L⁻ᵀz, a draw's distance from the mean.
  package func deviate(_ normals: inout [Double]) {
    let columns = mean.count
    for row in normals.indices.reversed() {
      for column in (row + 1)..<max(row + 1, columns) {
        normals[row] -= factor[column * columns + row] * normals[column]
      }
      normals[row] /= factor[row * columns + row]
    }
  }
}
