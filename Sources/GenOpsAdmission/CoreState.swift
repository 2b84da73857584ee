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

/// What never changes about a budget, in the core's own units.
struct BudgetRule: BitwiseCopyable {
  /// What usage may cost.
  var limit: Int64
  /// The most that ordinary items may bring the spending to.
  var bound: Int64
  /// Refuses at all.
  var isEnforced: Bool
  /// A limit of zero: refuses whatever is on a meter.
  var blocksAll: Bool
  var period: BudgetPeriod
  var fiscalStart: Int8
  var firstAlert: Int32
  var endAlert: Int32

  init(_ budget: Budget, mode: GovernanceMode, firstAlert: Int, endAlert: Int) {
    limit = budget.limitForUsage.nanos
    isEnforced = budget.isHard && mode != .advisory
    blocksAll = budget.limit == .zero && isEnforced
    bound = limit
    if mode == .strict, isEnforced {
      bound = limit.subtractingClamped(budget.share(percent: budget.reservePercent).nanos)
    }
    period = budget.period
    fiscalStart = Int8(clamping: budget.fiscalStart)
    self.firstAlert = Int32(firstAlert)
    self.endAlert = Int32(endAlert)
  }
}

/// A threshold of a budget.
struct AlertRule: BitwiseCopyable {
  /// Spending at which it is reached.
  var amount: Int64
  var percent: Int32
}

/// A usage class with its counts.
struct UsageClassState: BitwiseCopyable {
  /// Its budgets in the core's list of budget positions.
  var firstBudget: Int32 = 0
  var endBudget: Int32 = 0
  /// ``RefusalReason`` that strict mode has for all of it; 255 for none.
  var standingRefusal: UInt8 = UsageClassState.admitted
  var isCritical = false
  /// Whether ``GovernanceMode/strict`` holds for it.
  var isStrict = false
  /// Its items, newest first, through ``ItemState/next``; -1 for none.
  var firstItem: Int32 = -1
  var itemCount: Int32 = 0
  var tally = UsageClassTally()

  static let admitted: UInt8 = 255
}
