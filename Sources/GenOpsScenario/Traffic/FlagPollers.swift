import GenOpsCosting
import GenOpsForecasting
import GenOpsMetering
package import GenOpsNumerics
import GenOpsUnits

/// Servers that fetch flag definitions and evaluate flags themselves.
package struct FlagPollers: Sendable {
  /// PostHog bills each poll as ten flag requests. Source: posthog.com,
  /// docs/feature-flags/cutting-costs.
  package static let requestsPerPoll = 10.0
  /// Seconds between two polls of PostHog's server clients unless told otherwise.
  package static let defaultInterval = 30.0

  /// Processes that poll, not machines: each has its own client.
  package var servers: UncertainValue
  /// Seconds between two polls.
  package var interval: Double

  package init(servers: UncertainValue, interval: Double = FlagPollers.defaultInterval) {
    self.servers = servers
    self.interval = interval
  }

  /// Billable flag requests in a day of one server that polls every `interval` seconds.
  package static func dailyRequests(interval: Double) -> Double {
    86_400 / interval * requestsPerPoll
  }
}
