import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsTestSupport
import GenOpsUnits

/// An adapter that has sent two events and refused one.
func sampleAdapter(_ change: (inout AdapterConfiguration) -> Void = { _ in }) throws
  -> PostHogAdapter
{
  let base = AdapterFixture()
  let daily = Budget(name: "daily", limit: Money(nanos: 125_000), period: .day)
  let adapter = try base.adapter(GovernancePlan(mode: .enforced, budgets: [daily])) {
    $0.attribution = Attribution(team: "a\"b\\c", project: "shop", environment: "production")
    change(&$0)
  }
  for number in 0..<3 { adapter.capture(base.event(number)) }
  adapter.record(.flagRequest, count: 5)
  return adapter
}
