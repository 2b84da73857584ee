import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// A segment of a rate table with how far the quiet path may go in it.
struct CoreSegment: BitwiseCopyable {
  var price: RateTable.Segment
  /// The last unit for which the product of units and price is sure not to overflow.
  var quiet: Int64
  /// Whether the price of these units is unknown; they are counted as if they cost nothing.
  var isUnknown: Bool
  /// Whether it is unknown while the tiers below it are known.
  var isUnknownTier: Bool

  init(_ price: RateTable.Segment, known: Int64) {
    self.price = price
    isUnknown = price.upTo > known
    isUnknownTier = isUnknown && known > 0
    quiet = min(price.upTo, AdapterCore.most)
    if price.unit != 0 { quiet = min(quiet, AdapterCore.most / max(1, abs(price.unit))) }
  }

  /// The last unit up to which another one costs what ``nextUnit`` says, after `usage`: the end of
  /// the segment, or of a begun package.
  func end(after usage: Int64) -> Int64 {
    if price.step == 1 { return price.upTo }
    let (whole, rest) = max(0, usage - price.origin).quotientAndRemainder(dividingBy: price.step)
    let (units, a) = (rest > 0 ? whole + 1 : whole).multipliedReportingOverflow(by: price.step)
    let (end, b) = price.origin.addingReportingOverflow(units)
    return a || b ? price.upTo : min(price.upTo, end)
  }

  /// Nano-units of one more unit before ``end(after:)``: nothing within a package that is paid.
  var nextUnit: Int64 { price.step == 1 ? price.unit : 0 }
}

/// Anything set here sends an admission down the careful path.
struct MeterFlags: OptionSet, BitwiseCopyable {
  var rawValue: UInt32
  /// The meter has no price.
  static let unpriced = MeterFlags(rawValue: 1)
  /// The usage before the adapter began is unknown.
  static let unknownOpening = MeterFlags(rawValue: 2)
  /// A budget refused usage in this period: what was offered differs from what was sent.
  static let diverged = MeterFlags(rawValue: 4)
  /// PostHog's limit is reached.
  static let limited = MeterFlags(rawValue: 8)
  /// More can cost less: every step is looked at.
  static let irregular = MeterFlags(rawValue: 16)

  static let priceUnknown: MeterFlags = [.unpriced, .unknownOpening]
}

/// What usage would be had no budget refused. Only read while ``MeterFlags/diverged``.
struct OfferedState: BitwiseCopyable {
  var usage: Int64 = 0
  var segment: Int32 = 0
}

/// PostHog's limit on a meter.
struct LimitState: BitwiseCopyable {
  /// Usage at which it is reached; `Int64.max` without a limit.
  var units: Int64 = .max
  /// Drops from this instant (µs); `Int64.max` while it is not reached.
  var from: Int64 = .max
  var graceDays: Int32 = 0
}

/// The part of a budget that every admission touches.
struct BudgetState: BitwiseCopyable {
  /// Nano-units in the present window.
  var spent: Int64 = 0
  /// Spending up to which nothing happens but counting.
  var quiet: Int64 = 0
  /// The meters it looks at, by bit.
  var meters: UInt64 = 0
}

/// A threshold of a budget.
struct AlertRule: BitwiseCopyable {
  /// Spending at which it is reached.
  var amount: Int64
  var percent: Int32
}
