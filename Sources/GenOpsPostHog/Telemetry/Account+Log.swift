import GenOpsGovernance
import GenOpsUnits

extension Account {
  /// Logs a refusal, where there is a logger.
  func logRefusal(_ refusal: Refusal, name: String, count: Int64 = 1, at instant: Timestamp) {
    log?.refused(refusal, name: name, count: count, at: instant)
  }
}
