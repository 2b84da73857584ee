public import GenOpsMetering
public import GenOpsUnits

import GenOpsGovernance

/// The most that items may cost together besides what the plan's budgets allow: what is left of a budget that
/// comes and goes while the core runs, such as a session's own.
///
/// The core keeps none of these. The caller holds the account, hands in what is left of it with each admission,
/// and takes ``Outcome/costNanos`` off afterwards. So any number of them costs the quiet path nothing.
public struct Allowance: Sendable, Hashable {
  /// Nano-units; below zero where more was spent than there was.
  public var nanos: Int64
  /// Whether what costs nothing is refused too, as by a budget of zero.
  public var refusesAll: Bool

  /// Refuses nothing.
  public static let unlimited = Allowance(nanos: .max)
  /// Refuses whatever is on a meter.
  public static let nothing = Allowance(nanos: 0, refusesAll: true)

  /// `nanos` are nano-units of the account's currency; `Int64.max` is no limit.
  public init(nanos: Int64, refusesAll: Bool = false) {
    self.nanos = nanos
    self.refusesAll = refusesAll
  }

  public var isUnlimited: Bool { nanos == .max && !refusesAll }

  /// Whether this one lets less through than `other`.
  public func isTighter(than other: Allowance) -> Bool {
    refusesAll != other.refusesAll ? refusesAll : nanos < other.nanos
  }

  /// How many items that cost `cost` each it lets through.
  func items(costing cost: Int64) -> Int64 {
    if refusesAll { return 0 }
    if cost <= 0 || nanos == .max { return .max }
    return max(0, nanos) / cost
  }

  /// What is left of it after `cost` nano-units.
  public func less(_ cost: Int64) -> Allowance {
    var left = self
    left.spend(cost)
    return left
  }

  mutating func spend(_ cost: Int64) {
    if nanos != .max { nanos = nanos.subtractingClamped(cost) }
  }
}

extension AdapterCore {
  /// Decides on `count` items alike that may cost no more than `allowance` together.
  ///
  /// It is asked before the plan's budgets, and what it refuses counts as refused with the reason `budget`, of
  /// no budget of the plan (``Outcome/isBeyondAllowance``). For those budgets it was not offered: it is part of
  /// no breach. As with every other bound, `n` calls with one item, each with what the one before left, end in the
  /// identical state as one with `n`.
  ///
  /// The other parameters are those of ``admit(_:usageClass:count:kept:eventDay:at:)``.
  @discardableResult
  public mutating func admit(
    _ usage: Usage, usageClass: UsageClassID, count: Int64 = 1, kept: Int64, eventDay: CalendarDay,
    at instant: Timestamp, within allowance: Allowance
  ) -> Outcome {
    if allowance.isUnlimited {
      return admit(
        usage, usageClass: usageClass, count: count, kept: kept, eventDay: eventDay, at: instant)
    }
    self.allowance = allowance
    defer { self.allowance = .unlimited }
    advance(to: instant)
    return admitCarefully(
      Int(item(usage, usageClass: usageClass.index)), count: count, kept: kept,
      eventDay: eventDay.number)
  }

  /// How many items of the present step the allowance lets through.
  mutating func itemsWithinAllowance(_ touches: Int) -> Int64 {
    if allowance.isUnlimited || isHistory { return .max }
    var cost: Int64 = 0
    for touch in 0..<touches { cost += scratch[touch].cost }
    return allowance.items(costing: cost)
  }
}

extension Outcome {
  /// Whether ``refused`` were refused by an ``Allowance``.
  public var isBeyondAllowance: Bool { reason == .budget && budget < 0 }
}
