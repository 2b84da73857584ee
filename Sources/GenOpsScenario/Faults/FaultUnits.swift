import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// What a fault makes of a day.
package struct FaultUnits: Sendable {
  /// Units that are billed.
  package var billed: Double
  /// Copies that PostHog knows by their uuid and drops.
  package var duplicates = 0.0
}
