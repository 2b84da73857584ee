import GenOpsNumerics
import GenOpsUnits

/// A series that is zero most of the time: its values are drawn from those of the past, later ones
/// more often, each step by itself.
///
/// The weight of a value falls by the factor 1 − α per step back with α = 0.05 (the smoothing that
/// J. D. Croston, "Forecasting and Stock Control for Intermittent Demands", Operational Research
/// Quarterly 23, 1972, and R. H. Teunter, A. A. Syntetos and M. Z. Babai 2011 give to demand and to how
/// often there is one), so that the mean is that of simple exponential smoothing and the quantiles are
/// those that were seen. There is no trend and no season.
enum IntermittentSeries {
  static let smoothing = 0.05

  static func forecast(
    _ values: [Double], _ request: SeriesRequest, name: String, findings: Findings
  ) -> SeriesForecast {
    var findings = findings
    let zeros = values.count { $0 == 0 }
    findings.note(
      "intermittent-series",
      "\(name): \(zeros) of \(values.count) values are zero; single values are drawn from the past, later ones more often, without trend or season"
    )
    let weighed = values.enumerated().map { (index, value) -> (value: Double, weight: Double) in
      (value, power(1 - smoothing, values.count - 1 - index))
    }
    let total = weighed.reduce(0) { $0 + $1.weight }
    let mean = weighed.reduce(0) { $0 + $1.value * $1.weight / total }
    let sorted = weighed.sorted { $0.value < $1.value }
    var shares: [Double] = []
    var sum = 0.0
    for entry in sorted {
      sum += entry.weight / total
      shares.append(sum)
    }
    func quantile(_ level: Double) -> Double {
      let place = shares.firstIndex { $0 >= level - 1e-12 } ?? sorted.count - 1
      return sorted[place].value
    }
    let horizon = max(0, request.horizon)
    let row = request.levels.map(quantile)
    let key = request.source.key(name, purpose: "forecast")
    var generator = RandomGenerator()
    let paths = (0..<max(0, request.pathCount)).map { path -> [Double] in
      generator.seek(key, path: path)
      return (0..<horizon).map { _ in quantile(generator.uniform()) }
    }
    return SeriesForecast(
      point: [Double](repeating: mean, count: horizon),
      quantiles: [[Double]](repeating: row, count: horizon), paths: paths, model: "intermittent",
      reason: "\(zeros) of \(values.count) values are zero", findings: findings)
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    // Below 10⁻³⁰⁰ after 13,500 steps, which is zero for this purpose.
    var (result, base, left) = (1.0, base, exponent)
    while left > 0 {
      if left & 1 == 1 { result *= base }
      base *= base
      left >>= 1
    }
    return result
  }
}
