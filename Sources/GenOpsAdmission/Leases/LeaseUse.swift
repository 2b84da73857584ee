public import GenOpsUnits

/// What one process used of its leases. All numbers are totals, so a report that is lost or comes
/// twice does no harm.
public struct LeaseUse: Sendable, Hashable {
  /// How far a lease is used.
  public struct OfMeter: Sendable, Hashable {
    public var id: Int64
    /// Units before the next unused one.
    public var next: Int64
    /// Whether the rest of the interval is given back.
    public var isDone: Bool

    /// `id` is the lease's, `next` counts units of the period.
    public init(id: Int64, next: Int64, isDone: Bool) {
      self.id = id
      self.next = next
      self.isDone = isDone
    }
  }

  /// What was spent of a budget in one window.
  public struct OfBudget: Sendable, Hashable {
    public var axis: BudgetAxis
    /// By this process, in the window.
    public var spent: Money

    /// `spent` is all that this process spent in the window.
    public init(axis: BudgetAxis, spent: Money) {
      self.axis = axis
      self.spent = spent
    }
  }

  public var meters: [OfMeter]
  public var budgets: [OfBudget]

  /// One entry for each lease held, and one for each budget and window.
  public init(meters: [OfMeter] = [], budgets: [OfBudget] = []) {
    self.meters = meters
    self.budgets = budgets
  }
}
