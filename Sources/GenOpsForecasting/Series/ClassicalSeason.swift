import Foundation

/// The classical decomposition by moving averages (Hyndman and Athanasopoulos, Forecasting:
/// Principles and Practice, 3.4): the mean distance of each place in the season from a centred moving
/// average over one season.
enum ClassicalSeason {
  /// One number per place in the season of `m`, from the first value's place on; they add up to 0.
  /// `z` has at least two seasons.
  static func additive(_ z: [Double], season m: Int) -> [Double] {
    let n = z.count
    var sums = [Double](repeating: 0, count: m)
    var counts = sums
    let half = m / 2
    guard n > 2 * half else { return sums }
    // half < n − half by the guard above.
    for t in half..<(n - half) {
      var mean = 0.0
      if m % 2 == 0 {
        mean = (z[t - half] + z[t + half]) / 2
        for i in (t - half + 1)..<(t + half) { mean += z[i] }
      } else {
        for i in (t - half)...(t + half) { mean += z[i] }
      }
      sums[t % m] += z[t] - mean / Double(m)
      counts[t % m] += 1
    }
    for j in 0..<m where counts[j] > 0 { sums[j] /= counts[j] }
    let mean = sums.reduce(0, +) / Double(m)
    return sums.map { $0 - mean }
  }

  /// Whether the autocorrelation at lag `m` is beyond 90 % of what chance gives (the test of the M4
  /// competition's benchmarks).
  static func isPresent(_ z: [Double], season m: Int) -> Bool {
    let n = z.count
    guard m > 1, n >= 3 * m else { return false }
    let mean = z.reduce(0, +) / Double(n)
    var c0 = 0.0
    for value in z { c0 += (value - mean) * (value - mean) }
    guard c0 > 0 else { return false }
    var (sum, last) = (1.0, 0.0)
    for lag in 1...m {
      var c = 0.0
      for t in lag..<n { c += (z[t] - mean) * (z[t - lag] - mean) }
      last = c / c0
      if lag < m { sum += 2 * last * last }
    }
    return abs(last) > 1.645 * (sum / Double(n)).squareRoot()
  }
}
