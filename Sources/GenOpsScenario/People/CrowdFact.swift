import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// Something that a people part may need to know.
package enum CrowdFact: String, Sendable, CaseIterable {
  case users, sessions
  case sessionLength = "session_length"

  /// The line that would say it.
  var example: String {
    switch self {
    case .users: "users: 50k"
    case .sessions: "sessions: 6 to 10 per user per month"
    case .sessionLength: "session_length: 6 min"
    }
  }
}
