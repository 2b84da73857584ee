import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// The people of a stream on one path.
package struct Crowd: Sendable {
  /// Active users of a month.
  package var users: Double
  /// Sessions of one user in a day.
  package var sessionsPerUser: Double
  /// The mean length of a session in seconds; lengths are exponential around it.
  package var sessionLength: Double
  package var spread: ActivitySpread

  /// Sessions of all in a day.
  package var sessions: Double { users * sessionsPerUser }

  /// Days of a mean month: 365.25 / 12.
  package static let daysPerMonth = 30.4375
}
