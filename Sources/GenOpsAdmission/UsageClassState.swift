import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// A usage class with its counts.
struct UsageClassState: BitwiseCopyable {
  /// Its budgets in the core's list of budget positions.
  var firstBudget: Int32 = 0
  var endBudget: Int32 = 0
  /// ``RefusalReason`` that strict mode has for all of it; 255 for none.
  var standingRefusal: UInt8 = UsageClassState.admitted
  var isCritical = false
  /// Whether ``GovernanceMode/strict`` holds for it.
  var isStrict = false
  /// Its items, newest first, through ``ItemState/next``; -1 for none.
  var firstItem: Int32 = -1
  var itemCount: Int32 = 0
  var tally = UsageClassTally()

  static let admitted: UInt8 = 255
}
