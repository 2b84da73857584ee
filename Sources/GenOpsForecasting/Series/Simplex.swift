/// The simplex of Nelder and Mead ("A Simplex Method for Function Minimization", The Computer
/// Journal 7, 1965) with their coefficients 1, 2, ½, ½, for a few parameters and a function that
/// takes microseconds; GSL's own takes longer than the function.
enum Simplex {
  /// A point near the minimum, from `start` on with first steps `steps`, after at most `limit`
  /// evaluations or where the corners differ by less than `tolerance` of their value. Values that
  /// are not finite count as impossible.
  static func minimum(
    from start: [Double], steps: [Double], limit: Int = 200, tolerance: Double = 1e-5,
    _ value: (UnsafeBufferPointer<Double>) -> Double
  ) -> [Double] {
    let n = start.count
    func at(_ point: [Double]) -> Double {
      let v = point.withUnsafeBufferPointer(value)
      return v.isFinite ? v : .greatestFiniteMagnitude
    }
    var corners = [start]
    for i in 0..<n {
      var corner = start
      corner[i] += steps[i]
      corners.append(corner)
    }
    var values = corners.map(at)
    var used = n + 1
    while used < limit {
      let order = values.indices.sorted {
        values[$0] != values[$1] ? values[$0] < values[$1] : $0 < $1
      }
      corners = order.map { corners[$0] }
      values = order.map { values[$0] }
      if values[n] - values[0] <= tolerance * (abs(values[0]) + 1e-300) { break }
      var center = [Double](repeating: 0, count: n)
      for i in 0..<n { for j in 0..<n { center[j] += corners[i][j] / Double(n) } }
      func along(_ by: Double) -> [Double] {
        (0..<n).map { center[$0] + by * (corners[n][$0] - center[$0]) }
      }
      let reflected = along(-1)
      let r = at(reflected)
      used += 1
      if r < values[0] {
        let expanded = along(-2)
        let e = at(expanded)
        used += 1
        (corners[n], values[n]) = e < r ? (expanded, e) : (reflected, r)
      } else if r < values[n - 1] {
        (corners[n], values[n]) = (reflected, r)
      } else {
        let contracted = along(r < values[n] ? -0.5 : 0.5)
        let c = at(contracted)
        used += 1
        if c < min(r, values[n]) {
          (corners[n], values[n]) = (contracted, c)
        } else {
          for i in 1...n {
            corners[i] = (0..<n).map { corners[0][$0] + (corners[i][$0] - corners[0][$0]) / 2 }
            values[i] = at(corners[i])
          }
          used += n
        }
      }
    }
    let best = values.indices.min { values[$0] != values[$1] ? values[$0] < values[$1] : $0 < $1 }
    return corners[best ?? 0]
  }
}
