/// A number that sums up a quantity over all paths, by its name in conditions and in `result.json`,
/// in that order.
package enum Quantile: String, Sendable, Hashable, CaseIterable {
  case mean, sd, standardError, p01, p05, p10, p25, p50, p75, p90, p95, p99
}
