import GenOpsCosting
package import GenOpsForecasting
package import GenOpsMetering
package import GenOpsNumerics
package import GenOpsUnits

/// Usage that is made up from people and servers rather than taken from a history.
///
/// It gives the mean of a day and how it grows and scatters. A month is the mean month of 365.25 /
/// 12 days, so that a daily mean does not jump with the length of the month.
package struct TrafficStream: TrafficModel, Sendable {
  package static let name = "synthetic"
  package static let summary = "traffic computed from users, what each of them does, and servers"
  package static let example =
    "- app: {users: 120k, events: 87 per user per month, identified: 40%, flag_servers: 25}"

  /// The user's name for it.
  package var name: String
  package var attribution: Attribution
  /// Active users per month; drawn once per path.
  package var users: UncertainValue?
  /// Units per day on each meter, given the users.
  package var rates: [Rate]
  /// The part of events that makes or meets a person profile.
  package var identified: UncertainValue
  /// Shares of the events by name; what is not named is "other".
  package var mix: [EventShare]
  package var pollers: FlagPollers?
  /// Multipliers Monday to Sunday, mean 1.
  package var weekdays: [Double]
  package var noise: CountNoise
  package var growth: (any GrowthModel)?
  package var location: SourceLocation

  package struct Rate: Sendable {
    package var meter: Meter
    /// Units per day, per user when ``perUser``.
    package var perDay: UncertainValue
    package var perUser: Bool
    /// ``perDay`` is per session then, and a day has as many as its people make.
    package var perSession: Bool

    package init(
      meter: Meter, perDay: UncertainValue, perUser: Bool, perSession: Bool = false
    ) {
      self.meter = meter
      self.perDay = perDay
      self.perUser = perUser
      self.perSession = perSession
    }
  }

  package init(
    name: String, attribution: Attribution, users: UncertainValue?, rates: [Rate],
    identified: UncertainValue, mix: [EventShare], pollers: FlagPollers?, weekdays: [Double],
    noise: CountNoise, growth: (any GrowthModel)?, location: SourceLocation
  ) {
    self.name = name
    self.attribution = attribution
    self.users = users
    self.rates = rates
    self.identified = identified
    self.mix = mix
    self.pollers = pollers
    self.weekdays = weekdays
    self.noise = noise
    self.growth = growth
    self.location = location
  }
}
