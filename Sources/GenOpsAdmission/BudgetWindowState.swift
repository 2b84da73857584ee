import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// The part of a budget that moves at events only.
struct BudgetWindowState: BitwiseCopyable {
  /// Offered minus spent: what refusals kept away, in nano-units.
  var withheld: Int64 = 0
  var startDay: Int32 = 0
  var endDay: Int32 = 0
  /// µs; `Int64.max` before the breach.
  var breachAt: Int64 = .max
  /// The next threshold to be reached, as a position in the core's buffer of thresholds.
  var nextAlert: Int32 = 0
  /// Items it refused.
  var refused: Int64 = 0
  /// The part of the spending that is other processes', as far as it is known here.
  var others: Int64 = 0
  /// The most that leases let ordinary and critical items bring the spending to.
  var leased: Int64 = .max
  var leasedCritical: Int64 = .max
}
