import GenOpsGovernance
package import GenOpsMetering
import GenOpsScenario

/// What one option came to: columns by path, and sums over paths.
///
/// Sums are whole numbers wide enough for any number of paths, so that the order in which ranges of
/// paths are joined changes nothing.
package struct PathTable: Sendable, Equatable {
  /// The meters of the axis, in order.
  package let meters: [Meter]

  /// Nano-units of usage.
  package internal(set) var months: PathColumn<Int64>
  /// Nano-units of usage by the slices of billing periods; without rows where these are the months.
  package internal(set) var slices: PathColumn<Int64>
  /// Nano-units of usage over the whole period.
  package internal(set) var total: PathColumn<Int64>
  /// Of "as is" only; elsewhere without rows.
  package internal(set) var meterUnits: PathColumn<Int64>
  package internal(set) var meterCosts: PathColumn<Int64>
  package internal(set) var streamCosts: PathColumn<Int64>
  /// Cumulative nano-units of the first ``fanPaths`` paths; of "as is" only.
  package internal(set) var fan: PathColumn<Int64>
  /// Day of the period of the first breach; -1 for none.
  package internal(set) var firstBreach: PathColumn<Int32>
  package internal(set) var overshoot: PathColumn<Int64>
  package internal(set) var largestOffered: PathColumn<Int64>

  package internal(set) var sums: PathSums
  /// The days of each slice.
  private let sliceDays: [Range<Int>]

  /// The fan needs a row per day; more paths than this change no pixel.
  static let fanPaths = 4_000

  init(
    _ option: OptionPlan, meters: [Meter], streams: Int, months: Int, days: Int,
    slices: BillingSlices
  ) {
    sliceDays = slices.areMonths ? [] : slices.slices.map(\.days)
    self.slices = PathColumn([.slice: sliceDays.count])
    let classes = option.usageClasses.count
    let budgets = option.governance.budgets.count
    self.meters = meters
    self.months = PathColumn([.month: months])
    total = PathColumn([:])
    meterUnits = PathColumn([.month: months, .meter: meters.count])
    meterCosts = PathColumn([.month: months, .meter: meters.count])
    streamCosts = PathColumn([.stream: streams])
    fan = PathColumn([.day: days])
    firstBreach = PathColumn([.budget: budgets])
    overshoot = PathColumn([.budget: budgets])
    largestOffered = PathColumn([.budget: budgets])
    sums = PathSums(days: days, months: months, usageClasses: classes, budgets: budgets)
  }

  /// Adds the next path.
  mutating func append(_ outcome: PathOutcome, isBase: Bool, keepsFan: Bool) {
    months.append(outcome.months)
    slices.append(sliceDays.map { outcome.days[$0].reduce(0, +) })
    total.append(outcome.months.reduce(0, +))
    if isBase {
      meterUnits.append(outcome.meterUnits)
      meterCosts.append(outcome.meterCosts)
      streamCosts.append(outcome.streamCosts)
      if keepsFan { fan.append(outcome.runningDays) }
    }
    firstBreach.append(outcome.firstBreach)
    overshoot.append(outcome.overshoot)
    largestOffered.append(outcome.largestOffered)
    sums.add(outcome)
  }

  /// Nano-units of usage by path then slice.
  package var usageBySlice: [Int64] { sliceDays.isEmpty ? months.values : slices.values }

  /// Adds the paths after these.
  mutating func append(_ other: PathTable) {
    months.append(other.months)
    slices.append(other.slices)
    total.append(other.total)
    meterUnits.append(other.meterUnits)
    meterCosts.append(other.meterCosts)
    streamCosts.append(other.streamCosts)
    fan.append(other.fan)
    firstBreach.append(other.firstBreach)
    overshoot.append(other.overshoot)
    largestOffered.append(other.largestOffered)
    sums.add(other.sums)
  }
}
