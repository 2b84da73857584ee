import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// The usage that a fault multiplies, copies or moves.
package enum FaultSource: Sendable {
  case nothing
  /// Captured events of every kind.
  case events
  /// Polls of servers for flag definitions.
  case polls
}
