import GenOpsUnits

/// What a store gives. Leases come on top of those held; shares replace what was known.
public struct LeaseReply: Sendable, Hashable {
  public var leases: [MeterLease]
  public var shares: [BudgetShare]

  /// Leases come on top of those held; shares replace what was known.
  public init(leases: [MeterLease] = [], shares: [BudgetShare] = []) {
    self.leases = leases
    self.shares = shares
  }
}
