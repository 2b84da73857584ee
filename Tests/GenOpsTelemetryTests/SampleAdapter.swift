import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import Synchronization

/// A still clock.
struct StillClock: WallClock {
  var instant = Timestamp(microseconds: 1_799_582_400_000_000)  // 2027-01-10T12:00:00Z

  func now() -> Timestamp { instant }
}

/// An adapter that has sent two events and refused one.
func sampleAdapter(_ change: (inout AdapterConfiguration) -> Void = { _ in }) throws
  -> PostHogAdapter
{
  var opening = OpeningBalance.nothing
  opening.current[.events] = 1_000_000
  var configuration = AdapterConfiguration(
    attribution: Attribution(team: "a\"b\\c", project: "shop", environment: "production"),
    plan: GovernancePlan(
      mode: .enforced,
      budgets: [Budget(name: "daily", limit: Money(nanos: 125_000), period: .day)]),
    opening: opening)
  change(&configuration)
  let adapter = try PostHogAdapter(
    configuration, transport: CountingTransport(), clock: StillClock())
  for number in 0..<3 {
    adapter.capture(
      UsageEvent(
        name: "$pageview", distinctID: "user-\(number)",
        uuid: EventUUID(high: 1, low: UInt64(number)), timestamp: StillClock().now(),
        processPersonProfile: false))
  }
  adapter.record(.flagRequest, count: 5)
  return adapter
}
