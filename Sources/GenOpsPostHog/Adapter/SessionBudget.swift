public import GenOpsGovernance
public import GenOpsUnits

/// What is captured within one session may cost, from its start to its end.
///
/// ```swift
/// let budget = SessionBudget(
///   limit: Money(units: 10), sampling: SamplingRates(byClass: ["detail": 0.3]))
/// adapter.withSession("import", budget: budget) { session in … }
/// ```
///
/// The event classes say what matters most, as everywhere:
/// - critical ones are kept whole. They count for the budget, and it refuses none of them.
/// - what ``sampling`` thins is kept at its rate, for as long as there is room.
/// - everything else is sent for as long as there is room.
///
/// It is one more limit beside the plan's budgets: an item must have room in all of them. It ends with the
/// session. Processes that share budgets by a ledger do not share it: a session lives in one process.
public struct SessionBudget: Sendable, Hashable {
  /// In the currency of the account's price book. Zero or less refuses everything that is on a meter.
  public var limit: Money
  /// A hard one refuses in enforced and strict mode; a soft one only counts, as every one does in advisory mode.
  public var isHard: Bool
  /// What is kept of the classes within the session; of two rates, this one and the plan's, the lower holds.
  public var sampling: SamplingRates
  /// Percent of ``limit``, 0…100, that strict mode keeps for critical items.
  public var reservePercent: Int

  /// A hard budget that thins nothing, unless told.
  public init(
    limit: Money, isHard: Bool = true, sampling: SamplingRates = .everything,
    reservePercent: Int = 5
  ) {
    self.limit = limit
    self.isHard = isHard
    self.sampling = sampling
    self.reservePercent = reservePercent
  }

  /// The most that items which are not critical may bring the spending to, in nano-units.
  func bound(in mode: GovernanceMode) -> Int64 {
    guard mode == .strict else { return limit.nanos }
    let kept = Int128(limit.nanos) * Int128(min(max(reservePercent, 0), 100))
    // Between zero and the limit, rounded up as a budget's own share is.
    return limit.nanos - Int64(clamping: (kept + 99) / 100)
  }
}

/// How a session's own budget stands.
public struct SessionBudgetStanding: Sendable, Hashable {
  public var limit: Money
  /// What the session's items cost so far, the critical ones included; those that were lost on their way are not.
  public var spent: Money
  /// Items that this budget refused.
  public var refused: Int64

  /// What is left for items that are not critical, apart from a reserve.
  public var left: Money { max(.zero, Money(nanos: limit.nanos.subtractingClamped(spent.nanos))) }

  /// By how much it was passed: by critical items, or because it is soft.
  public var overspent: Money {
    max(.zero, Money(nanos: spent.nanos.subtractingClamped(max(0, limit.nanos))))
  }
}
