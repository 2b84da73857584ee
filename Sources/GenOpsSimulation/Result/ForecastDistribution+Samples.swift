import GenOpsNumerics

extension ForecastDistribution {
  /// The distribution of `samples`, exact; 0 throughout for nothing.
  package init(_ samples: [Double]) {
    let sorted = samples.ascending()
    let count = Double(max(1, sorted.count))
    // Summed in sorted order, so that the result does not depend on the order of the paths.
    let mean = sorted.reduce(0, +) / count
    let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let sd = sorted.count > 1 ? (squares / (count - 1)).squareRoot() : 0
    func quantile(_ p: Double) -> Double {
      sorted.isEmpty ? 0 : Statistics.quantile(ofSorted: sorted, at: p)
    }
    self.init(
      mean: mean, sd: sd, standardError: sd / count.squareRoot(), p01: quantile(0.01),
      p05: quantile(0.05), p10: quantile(0.1), p25: quantile(0.25), p50: quantile(0.5),
      p75: quantile(0.75), p90: quantile(0.9), p95: quantile(0.95), p99: quantile(0.99))
  }
}
