package import GenOpsScenario

/// A quantity over all paths.
package struct ForecastDistribution: Sendable, Hashable {
  package var mean, sd, standardError: Double
  package var p01, p05, p10, p25, p50, p75, p90, p95, p99: Double

  package init(
    mean: Double, sd: Double, standardError: Double, p01: Double, p05: Double, p10: Double,
    p25: Double, p50: Double, p75: Double, p90: Double, p95: Double, p99: Double
  ) {
    self.mean = mean
    self.sd = sd
    self.standardError = standardError
    self.p01 = p01
    self.p05 = p05
    self.p10 = p10
    self.p25 = p25
    self.p50 = p50
    self.p75 = p75
    self.p90 = p90
    self.p95 = p95
    self.p99 = p99
  }

  /// One of its numbers.
  package subscript(quantile: Quantile) -> Double {
    switch quantile {
    case .mean: mean
    case .sd: sd
    case .standardError: standardError
    case .p01: p01
    case .p05: p05
    case .p10: p10
    case .p25: p25
    case .p50: p50
    case .p75: p75
    case .p90: p90
    case .p95: p95
    case .p99: p99
    }
  }
}
