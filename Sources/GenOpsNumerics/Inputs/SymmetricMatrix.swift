import CGSL

/// A symmetric matrix, by rows, both triangles.
struct SymmetricMatrix: Sendable, Hashable {
  let size: Int
  var elements: [Double]

  init(size: Int, elements: [Double]) {
    self.size = size
    self.elements = elements
  }

  /// The identity.
  init(identity size: Int) {
    self.init(size: size, elements: [Double](repeating: 0, count: size * size))
    for i in 0..<size { elements[i * size + i] = 1 }
  }

  subscript(i: Int, j: Int) -> Double {
    get { elements[i * size + j] }
    set {
      elements[i * size + j] = newValue
      elements[j * size + i] = newValue
    }
  }

  /// Eigenvalues and, in columns, their eigenvectors (`gsl_eigen_symmv`).
  func eigen() throws(NumericalError) -> (values: [Double], vectors: [Double]) {
    GSL.ready
    guard let work = gsl_eigen_symmv_alloc(size) else { throw .memory("eigenvalues") }
    defer { gsl_eigen_symmv_free(work) }
    var copy = elements
    var values = [Double](repeating: 0, count: size)
    var vectors = [Double](repeating: 0, count: size * size)
    let status = copy.withUnsafeMutableBufferPointer { copy in
      values.withUnsafeMutableBufferPointer { values in
        vectors.withUnsafeMutableBufferPointer { vectors in
          var matrix = gsl_matrix_view_array(copy.baseAddress, size, size)
          var value = gsl_vector_view_array(values.baseAddress, size)
          var vector = gsl_matrix_view_array(vectors.baseAddress, size, size)
          return gsl_eigen_symmv(&matrix.matrix, &value.vector, &vector.matrix, work)
        }
      }
    }
    try NumericalError.check(status, "eigenvalues")
    return (values, vectors)
  }

  /// The nearest positive semidefinite matrix: negative eigenvalues become 0.
  func semidefinite() throws(NumericalError) -> SymmetricMatrix {
    let (values, vectors) = try eigen()
    var result = SymmetricMatrix(size: size, elements: elements.map { _ in 0 })
    for k in 0..<size where values[k] > 0 {
      for i in 0..<size {
        for j in i..<size {
          result[i, j] += values[k] * vectors[i * size + k] * vectors[j * size + k]
        }
      }
    }
    return result
  }

  /// The lower triangle L with L·Lᵀ equal to this matrix, by rows (`gsl_linalg_cholesky_decomp1`).
  func cholesky() throws(NumericalError) -> [Double] {
    GSL.ready
    var factor = elements
    let status = factor.withUnsafeMutableBufferPointer { factor in
      var view = gsl_matrix_view_array(factor.baseAddress, size, size)
      return gsl_linalg_cholesky_decomp1(&view.matrix)
    }
    try NumericalError.check(status, "Cholesky decomposition")
    for i in 0..<size {
      for j in (i + 1)..<max(size, i + 1) { factor[i * size + j] = 0 }
    }
    return factor
  }

  /// (1 − part) of this and `part` of the identity.
  func towardsIdentity(_ part: Double) -> SymmetricMatrix {
    var result = self
    for i in 0..<size {
      for j in 0..<size { result.elements[i * size + j] *= 1 - part }
      result.elements[i * size + i] += part
    }
    return result
  }
}

extension SymmetricMatrix {
  /// The nearest correlation matrix in the Frobenius norm: alternating projections on the positive
  /// semidefinite matrices and on those with ones on the diagonal, with Dykstra's correction
  /// (N. Higham, "Computing the nearest correlation matrix: a problem from finance", 2002).
  func nearestCorrelation() throws(NumericalError) -> SymmetricMatrix {
    var y = self
    var correction = [Double](repeating: 0, count: elements.count)
    for _ in 0..<500 {
      var r = y
      for index in r.elements.indices { r.elements[index] -= correction[index] }
      let x = try r.semidefinite()
      for index in correction.indices { correction[index] = x.elements[index] - r.elements[index] }
      var next = x
      for i in 0..<size { next[i, i] = 1 }
      let moved = zip(next.elements, y.elements).map { abs($0 - $1) }.max() ?? 0
      y = next
      if moved < 1e-10 { break }
    }
    return y
  }
}
