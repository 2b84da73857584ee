public import GenOpsUnits

/// What a process used and what it needs.
public struct LeaseRequest: Sendable, Hashable {
  /// Units of one meter that are asked for.
  public struct Interval: Sendable, Hashable {
    public var axis: MeterAxis
    /// Units asked for.
    public var units: Int64
    /// Usage of the period before anything was leased; nil when it is not known. The first process
    /// that asks decides it.
    public var opening: Int64?

    /// `opening` is nil when the usage before is not known.
    public init(axis: MeterAxis, units: Int64, opening: Int64?) {
      self.axis = axis
      self.units = units
      self.opening = opening
    }
  }

  /// What a process keeps of its share of a budget.
  public struct Kept: Sendable, Hashable {
    /// For ordinary items in the whole window, what was spent included.
    public var granted: Money
    /// Beyond that for critical ones.
    public var reserve: Money

    /// Totals of the window, as in ``BudgetShare``.
    public init(granted: Money, reserve: Money) {
      self.granted = granted
      self.reserve = reserve
    }
  }

  /// A part of one budget that is asked for.
  public struct Share: Sendable, Hashable {
    public var axis: BudgetAxis
    /// All that ordinary items may cost.
    public var bound: Money
    /// All that critical ones may bring the spending to; at least ``bound``.
    public var limit: Money
    /// Spending before anything was leased. The first process that asks decides it.
    public var opening: Money
    /// Whether this process asks for more; otherwise it only wants to know what others spent.
    public var wantsMore: Bool
    /// The cost of an item that was refused because the share was used up. A smaller share is of no use.
    public var least: Money
    /// Whether the process spends nothing at present and asks ahead of the window: little will do,
    /// or processes that idle would hold what the busy ones need.
    public var isIdle: Bool
    /// How much more this process would use if it goes on as it did: a store gives less when there is
    /// not so much, and more when it has reason to.
    public var wanted: Money
    /// What it keeps of what it has; the rest is given back with this request, and the process spends
    /// none of it from then on. Nil keeps all. A store that does not take anything back answers with what
    /// it granted before.
    public var kept: Kept?
    /// The most that the process spends before what it spent is reported, if it writes in the
    /// background: what a store counts as spent when it is killed. Nil is all that it was granted.
    public var unreported: Money?

    /// `bound` must not exceed `limit`.
    public init(
      axis: BudgetAxis, bound: Money, limit: Money, opening: Money, wantsMore: Bool,
      least: Money = .zero, isIdle: Bool = false, wanted: Money = .zero, kept: Kept? = nil,
      unreported: Money? = nil
    ) {
      self.axis = axis
      self.bound = bound
      self.limit = limit
      self.opening = opening
      self.wantsMore = wantsMore
      self.least = least
      self.isIdle = isIdle
      self.wanted = wanted
      self.kept = kept
      self.unreported = unreported
    }
  }

  /// When it is asked, by the adapter's clock.
  public var at: Timestamp
  public var use: LeaseUse
  public var intervals: [Interval]
  public var shares: [Share]

  /// `at` is by the adapter's clock.
  public init(at: Timestamp, use: LeaseUse, intervals: [Interval], shares: [Share]) {
    self.at = at
    self.use = use
    self.intervals = intervals
    self.shares = shares
  }
}
