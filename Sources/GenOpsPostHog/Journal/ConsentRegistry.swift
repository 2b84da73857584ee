import GenOpsAdmission
import GenOpsMetering
import GenOpsUnits

/// Whether people agreed to be tracked.
public protocol ConsentRegistry: Sendable {
  /// Whether `distinctID` agreed to `purpose`; nil when nothing is known. Looked up for every event
  /// that does not say it itself, so it must not wait.
  func consent(of distinctID: String, for purpose: String) -> Bool?
}
