package import GenOpsMetering
package import GenOpsUnits

/// Traffic computed from what a team knows of its product: users, sessions, servers.
///
/// It gives the mean of a day; growth, season and chance are the forecast's. A month is the mean
/// month of 365.25 / 12 days, so that a daily mean does not jump with the length of the month.
package struct SyntheticStream: TrafficSource, Sendable, Hashable {
  package static let name = "synthetic"
  package static let summary = "traffic computed from users, sessions and servers"
  package static let example =
    "{users: 120000, events_per_user: 87 per month, identified: 40%, sessions_per_user: 6 per month}"

  /// Days of a mean month.
  package static let daysPerMonth = 365.25 / 12

  /// Active users in a month.
  package var users: Double
  /// Events of one user in a month; see ``EventsPerUser`` for PostHog's own table.
  package var eventsPerUser: Double
  /// The part of events that carry a person profile, 0…1.
  package var identifiedShare: Double
  /// The part of events that carry groups, 0…1.
  package var groupShare: Double
  /// Sessions of one user in a month.
  package var sessionsPerUser: Double
  /// The part of sessions that are recorded, 0…1.
  package var recordedShare: Double
  /// The part of recorded sessions that are on mobile devices, 0…1.
  package var mobileShare: Double
  /// `/flags` requests in a session, from browsers and apps.
  package var flagRequestsPerSession: Double
  /// `$ai_*` events of one user in a month.
  package var aiEventsPerUser: Double
  /// `$exception` events of one user in a month.
  package var exceptionsPerUser: Double
  /// Servers that evaluate flags locally; nil for none.
  package var flagPollers: FlagPollers?

  package init(
    users: Double, eventsPerUser: Double, identifiedShare: Double = 1, groupShare: Double = 0,
    sessionsPerUser: Double = 0, recordedShare: Double = 0, mobileShare: Double = 0,
    flagRequestsPerSession: Double = 0, aiEventsPerUser: Double = 0,
    exceptionsPerUser: Double = 0, flagPollers: FlagPollers? = nil
  ) {
    self.users = users
    self.eventsPerUser = eventsPerUser
    self.identifiedShare = identifiedShare
    self.groupShare = groupShare
    self.sessionsPerUser = sessionsPerUser
    self.recordedShare = recordedShare
    self.mobileShare = mobileShare
    self.flagRequestsPerSession = flagRequestsPerSession
    self.aiEventsPerUser = aiEventsPerUser
    self.exceptionsPerUser = exceptionsPerUser
    self.flagPollers = flagPollers
  }

  /// Mean units of a day on each meter that the stream touches, in the order of the meters.
  ///
  /// Numbers that ``findings(at:)`` objects to give no meaningful mean.
  package var daily: [(meter: Meter, units: Double)] {
    let perDay = users / SyntheticStream.daysPerMonth
    let events = perDay * eventsPerUser
    let sessions = perDay * sessionsPerUser
    let recordings = sessions * recordedShare
    let flags = sessions * flagRequestsPerSession + (flagPollers?.dailyRequests ?? 0)
    let all: [(meter: Meter, units: Double)] = [
      (.events, events),
      (.identifiedEvents, events * identifiedShare),
      (.groupEvents, events * groupShare),
      (.sessionRecordings, recordings * (1 - mobileShare)),
      (.mobileRecordings, recordings * mobileShare),
      (.featureFlagRequests, flags),
      (.exceptions, perDay * exceptionsPerUser),
      (.llmEvents, perDay * aiEventsPerUser),
    ]
    return all.filter { $0.units != 0 }
  }

  /// What is impossible in the numbers: all of it at once.
  package func findings(at location: SourceLocation?) -> Findings {
    var findings = Findings()
    let amounts: [(String, Double)] = [
      ("users", users), ("events_per_user", eventsPerUser), ("sessions_per_user", sessionsPerUser),
      ("flag_requests_per_session", flagRequestsPerSession),
      ("ai_events_per_user", aiEventsPerUser),
      ("exceptions_per_user", exceptionsPerUser), ("servers", flagPollers?.servers ?? 0),
    ]
    for (key, value) in amounts where !(value >= 0 && value.isFinite) {
      findings.error(
        "synthetic-amount", "\(key) is \(value)", help: "it is a number of 0 or more", at: location)
    }
    let shares = [
      ("identified", identifiedShare), ("groups", groupShare), ("recorded", recordedShare),
      ("mobile", mobileShare),
    ]
    for (key, value) in shares where !(0...1).contains(value) {
      findings.error(
        "synthetic-share", "\(key) is \(value)", help: "it is a part: 0% to 100%", at: location)
    }
    if let interval = flagPollers?.intervalSeconds, !(interval > 0 && interval.isFinite) {
      findings.error(
        "synthetic-interval", "the polling interval is \(interval) s",
        help: "PostHog's clients poll every 30 s unless told otherwise", at: location)
    }
    return findings
  }
}

/// Servers that fetch flag definitions and evaluate flags themselves.
package struct FlagPollers: Sendable, Hashable {
  /// PostHog bills each poll as ten flag requests. Source: posthog.com,
  /// docs/feature-flags/cutting-costs.
  package static let requestsPerPoll = 10.0
  /// The interval of PostHog's server clients unless told otherwise.
  package static let defaultIntervalSeconds = 30.0

  /// Processes that poll, not machines: each has its own client.
  package var servers: Double
  package var intervalSeconds: Double

  package init(servers: Double, intervalSeconds: Double = FlagPollers.defaultIntervalSeconds) {
    self.servers = servers
    self.intervalSeconds = intervalSeconds
  }

  /// Billable flag requests in a day: servers × 86,400 / interval × 10.
  package var dailyRequests: Double {
    servers * 86_400 / intervalSeconds * FlagPollers.requestsPerPoll
  }
}
