public import GenOpsMetering
public import GenOpsUnits

/// What was used before the adapter began to count.
///
/// Tiers depend on it: without the usage of the month so far, the price of the next unit is
/// unknown. A meter that is missing here is unknown; it is priced as if it had no usage yet, every
/// price is marked unknown until the next billing period, and strict mode refuses.
public struct OpeningBalance: Sendable, Hashable {
  /// Units since the current billing period began.
  public var current: [Meter: Int64]
  /// Units of the billing period before it, for events that arrive late.
  public var previous: [Meter: Int64]
  /// What usage has cost in the current period of a budget, by its name. Missing is nothing.
  public var spent: [String: Money]

  /// A meter that is left out is not known; a budget that is left out has spent nothing.
  public init(
    current: [Meter: Int64] = [:], previous: [Meter: Int64] = [:], spent: [String: Money] = [:]
  ) {
    self.current = current
    self.previous = previous
    self.spent = spent
  }

  /// A new account: every meter is known to be at 0.
  public static let nothing: OpeningBalance = {
    let zeros = Dictionary(uniqueKeysWithValues: Meter.allCases.map { ($0, Int64(0)) })
    return OpeningBalance(current: zeros, previous: zeros)
  }()

  /// Nothing is known.
  public static let unknown = OpeningBalance()
}
