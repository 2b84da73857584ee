package import GenOpsGovernance
package import GenOpsMetering
package import GenOpsPostHog
import GenOpsScenario
package import GenOpsUnits

/// A policy with the tests that prove it: events in, decisions out, in simulated time.
///
/// ```yaml
/// prices: genops-guide
/// opening_usage: {events: 1M}        # the month so far; otherwise everything starts at 0
/// governance: {mode: enforced, budget: 0.001 USD per day}
/// tests:
///   - name: the budget ends after twenty events and begins again at midnight
///     events:
///       - {event: $pageview, count: 30, every: 1s, expect: "20 sent, 10 budget"}
///       - {at: 1d, event: $pageview, expect: sent}
///     then:
///       - {at: 1h, cost: 0.001 USD, refused: 10, alerts: [day 80, day 90, day 95, day 100]}
/// ```
package struct PolicyFile: Sendable {
  package var configuration: AdapterConfiguration
  package var tests: [PolicyTest]
}

/// One test of a ``PolicyFile``.
package struct PolicyTest: Sendable {
  package var name: String
  package var location: SourceLocation
  package var start: Timestamp
  package var opening: OpeningBalance?
  package var steps: [Step]
  package var checks: [Check]

  /// Events alike.
  package struct Step: Sendable {
    /// Seconds after the start.
    package var at: Double
    package var event: String
    /// One person's id; nil makes a person for each event: `user-1`, `user-2`, …
    package var user: String?
    package var count: Int
    /// Seconds between them.
    package var every: Double
    package var isIdentified: Bool
    package var attribution: Attribution
    package var consent: Bool?
    package var properties: JSONValue
    /// How many of each outcome; a single one without a number is all of them. Nil expects nothing.
    package var expected: [(count: Int?, outcome: String)]?
    package var location: SourceLocation
  }

  /// What must hold after a while.
  package struct Check: Sendable {
    /// Seconds after the start; what happens at this very instant has happened. Nil is the end.
    package var at: Double?
    package var expectations: [(what: Quantity, text: String, location: SourceLocation)]
    package var location: SourceLocation
  }

  /// What a check looks at.
  package enum Quantity: Sendable, Hashable {
    case cost, sent, refused, sampled, duplicates, alerts, notices
    case spent(String)
    case usage(Meter)
  }
}
