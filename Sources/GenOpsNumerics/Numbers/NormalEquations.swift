import CGSL

/// A symmetric positive definite system, solved by Cholesky's decomposition
/// (`gsl_linalg_cholesky_*`). Fast where X has hundreds of rows and few columns of like size; the
/// design of a history is that, arbitrary regressors are not.
package struct NormalEquations: Sendable {
  /// By rows, both triangles.
  private(set) var matrix: [Double]
  private(set) var right: [Double]
  let columns: Int

  init(columns: Int) {
    self.columns = columns
    matrix = [Double](repeating: 0, count: columns * columns)
    right = [Double](repeating: 0, count: columns)
  }

  /// XᵀWX and XᵀWy.
  package init(rows: [Double], columns: Int, y: [Double], weights: [Double]) {
    self.init(columns: columns)
    rows.withUnsafeBufferPointer { rows in
      matrix.withUnsafeMutableBufferPointer { matrix in
        right.withUnsafeMutableBufferPointer { right in
          // Four rows at a time, each sum in the order of the rows: a place of the matrix is loaded and
          // stored once for four products.
          let used = y.indices.filter { weights[$0] != 0 }
          var next = 0
          while next + 4 <= used.count {
            let (a, b, c, d) = (used[next], used[next + 1], used[next + 2], used[next + 3])
            next += 4
            let (ra, rb, rc, rd) = (a * columns, b * columns, c * columns, d * columns)
            for j in 0..<columns {
              let (wa, wb) = (weights[a] * rows[ra + j], weights[b] * rows[rb + j])
              let (wc, wd) = (weights[c] * rows[rc + j], weights[d] * rows[rd + j])
              right[j] = right[j] + wa * y[a] + wb * y[b] + wc * y[c] + wd * y[d]
              let place = j * columns
              for k in j..<columns {
                matrix[place + k] =
                  matrix[place + k] + wa * rows[ra + k] + wb * rows[rb + k] + wc * rows[rc + k]
                  + wd * rows[rd + k]
              }
            }
          }
          for i in used[next...] {
            let start = i * columns
            for j in 0..<columns {
              let weighted = weights[i] * rows[start + j]
              right[j] += weighted * y[i]
              for k in j..<columns { matrix[j * columns + k] += weighted * rows[start + k] }
            }
          }
        }
      }
    }
    for j in 0..<columns {
      for k in 0..<j { matrix[j * columns + k] = matrix[k * columns + j] }
    }
  }

  /// Adds `amount` to the diagonal: a normal prior with mean 0.
  package mutating func addPrecision(_ amount: Double, at column: Int) {
    matrix[column * columns + column] += amount
  }

  /// Adds a symmetric matrix, by rows: the information that something else gives.
  mutating func add(_ other: [Double]) {
    for index in matrix.indices { matrix[index] += other[index] }
  }

  /// Multiplies both sides.
  package mutating func scale(by factor: Double) {
    for index in matrix.indices { matrix[index] *= factor }
    for index in right.indices { right[index] *= factor }
  }

  /// The solution.
  package func solved() throws(NumericalError) -> [Double] {
    var solution = right
    try withFactor { factor in
      solution.withUnsafeMutableBufferPointer { solution in
        var view = gsl_vector_view_array(solution.baseAddress, columns)
        return gsl_linalg_cholesky_svx(factor, &view.vector)
      }
    }
    return solution
  }

  /// The inverse matrix, by rows.
  package func inverse() throws(NumericalError) -> [Double] {
    var inverse = [Double](repeating: 0, count: columns * columns)
    try withFactor { factor in
      let status = gsl_linalg_cholesky_invert(factor)
      for j in 0..<columns {
        for k in 0..<columns { inverse[j * columns + k] = gsl_matrix_get(factor, j, k) }
      }
      return status
    }
    return inverse
  }

  private func withFactor(_ body: (UnsafeMutablePointer<gsl_matrix>) -> Int32)
    throws(NumericalError)
  {
    GSL.ready
    var copy = matrix
    let status = copy.withUnsafeMutableBufferPointer { copy in
      var view = gsl_matrix_view_array(copy.baseAddress, columns, columns)
      let status = gsl_linalg_cholesky_decomp1(&view.matrix)
      return status == GSL_SUCCESS ? body(&view.matrix) : status
    }
    try NumericalError.check(status, "normal equations")
  }
}
