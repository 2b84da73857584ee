extension ForecastDistribution {
  /// The distribution of `samples`, exact: quantiles by linear interpolation of the order
  /// statistics (Hyndman and Fan's type 7).
  package init(_ samples: [Double]) {
    let sorted = samples.sorted()
    let count = Double(max(1, sorted.count))
    // Summed in sorted order, so that the result does not depend on the order of the paths.
    let mean = sorted.reduce(0, +) / count
    let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let sd = sorted.count > 1 ? (squares / (count - 1)).squareRoot() : 0
    func quantile(_ p: Double) -> Double { ForecastDistribution.quantile(sorted, p) }
    self.init(
      mean: mean, sd: sd, standardError: sd / count.squareRoot(), p01: quantile(0.01),
      p05: quantile(0.05), p10: quantile(0.1), p25: quantile(0.25), p50: quantile(0.5),
      p75: quantile(0.75), p90: quantile(0.9), p95: quantile(0.95), p99: quantile(0.99))
  }

  /// Quantile `p` of ascending `sorted`; 0 for nothing.
  package static func quantile(_ sorted: [Double], _ p: Double) -> Double {
    guard let last = sorted.last else { return 0 }
    let position = p * Double(sorted.count - 1)
    let index = Int(position)
    guard index + 1 < sorted.count else { return last }
    return sorted[index] + (position - Double(index)) * (sorted[index + 1] - sorted[index])
  }
}
