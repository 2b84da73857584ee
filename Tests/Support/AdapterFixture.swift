package import GenOpsGovernance
package import GenOpsMetering
package import GenOpsPostHog
package import GenOpsPostHogTesting

import GenOpsUnits

/// An adapter whose clock a test moves and whose transport keeps what goes out.
///
/// A million events are used, so that an anonymous event costs 0.00005 USD by the standard book.
package struct AdapterFixture: Sendable {
  package let transport = RecordingTransport()
  package let clock = ManualClock("2027-01-10T12:00:00Z")

  package init() {}

  /// A configuration with `used` events of the month behind it.
  package static func configuration(
    _ plan: GovernancePlan = .open, used: Int64 = 1_000_000,
    attribution: Attribution = Attribution(team: "growth", project: "shop")
  ) -> AdapterConfiguration {
    var opening = OpeningBalance.nothing
    opening.current[.events] = used
    return AdapterConfiguration(attribution: attribution, plan: plan, opening: opening)
  }

  package func adapter(
    _ plan: GovernancePlan = .open, used: Int64 = 1_000_000,
    _ change: (inout AdapterConfiguration) -> Void = { _ in }
  ) throws -> PostHogAdapter {
    var configuration = Self.configuration(plan, used: used)
    change(&configuration)
    return try PostHogAdapter(configuration, transport: transport, clock: clock)
  }

  /// Event `number` of person `number`, now; anonymous unless `identified`.
  package func event(
    _ number: Int, _ name: String = "$pageview", identified: Bool = false
  ) -> UsageEvent {
    UsageEvent(
      name: name, distinctID: "user-\(number)", uuid: EventUUID(high: 1, low: UInt64(number)),
      timestamp: clock.now(), processPersonProfile: identified ? nil : false)
  }

  /// A budget of so many nano-units a day.
  package func dayBudget(_ nanos: Int64, scope: Attribution = .none) -> Budget {
    Budget(name: "day", limit: Money(nanos: nanos), period: .day, scope: scope)
  }
}
