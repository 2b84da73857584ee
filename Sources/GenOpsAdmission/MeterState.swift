import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// A meter in one billing period.
struct MeterState: BitwiseCopyable {
  /// Units so far.
  var usage: Int64 = 0
  /// Usage up to which every unit costs ``unit`` and nothing happens but counting.
  var quiet: Int64 = 0
  /// Nano-units per unit in the present segment.
  var unit: Int64 = 0
  /// Nano-units that the units counted here have cost, without the opening balance.
  var cost: Int64 = 0
  /// The segment that ``usage`` lies in, as a position in the core's buffer of all segments.
  var segment: Int32 = 0
  var flags: MeterFlags = []
}
