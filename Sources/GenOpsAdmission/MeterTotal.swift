import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// All units and money of a meter since the core began.
public struct MeterTotal: Sendable, Hashable, BitwiseCopyable {
  public var units: Int64 = 0
  /// Nano-units, marginal.
  public var cost: Int64 = 0

  /// `cost` is in nano-units.
  public init(units: Int64 = 0, cost: Int64 = 0) {
    self.units = units
    self.cost = cost
  }

  /// Takes in a meter whose period is no longer open.
  mutating func add(_ state: MeterState) {
    units &+= state.usage
    cost &+= state.cost
  }
}
