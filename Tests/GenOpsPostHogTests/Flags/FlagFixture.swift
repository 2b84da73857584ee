import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits

@testable import GenOpsPostHog
import GenOpsAdmission

/// Flags against a double of PostHog's server, on an account whose requests cost something.
struct FlagFixture {
  let server = FlagServerDouble()
  let base = AdapterFixture()
  let time = ManualTime()

  /// A million requests are used: one costs 0.0001 by PostHog's book of 2026-08.
  func adapter(_ plan: GovernancePlan = .open) throws -> PostHogAdapter {
    try base.adapter(plan) { $0.opening.current[.featureFlagRequests] = 1_000_000 }
  }

  func flags(
    _ adapter: PostHogAdapter, local: Bool = false,
    _ change: (inout FlagConfiguration) -> Void = { _ in }
  ) -> FeatureFlags {
    var configuration = FlagConfiguration(
      endpoint: DeliveryEndpoint(host: .us, key: Secret("phc_testkey")),
      personalKey: local ? Secret("phx_secret") : nil)
    change(&configuration)
    return FeatureFlags(
      configuration, adapter: adapter, exchange: server, clock: base.clock, timer: time.timer)
  }

  func requests(_ adapter: PostHogAdapter) -> Int64 {
    adapter.snapshot().totals[Meter.featureFlagRequests.index].units
  }

  /// The `$feature_flag_called` events that went out.
  var called: [UsageEvent] {
    base.transport.all.map(\.event).filter { $0.name == "$feature_flag_called" }
  }
}
