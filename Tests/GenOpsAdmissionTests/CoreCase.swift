import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsAdmission

/// A small account for tests that spell out what should happen: every event costs 10 nano-units.
struct CoreCase: ~Copyable {
  var core: AdapterCore
  private let usageClass: UsageClassID

  init(
    _ plan: GovernancePlan, unit: Int64 = 10, usageClass: UsageClass = UsageClass(),
    opening: OpeningBalance = .nothing, anchorDay: Int = 1, start: String = "2027-01-10T00:00:00Z",
    tables: [Meter: RateTable]? = nil
  ) throws {
    let flat = RateTable([.init(upTo: .max, origin: 0, base: 0, unit: unit)])
    let rules = try Rules(
      plan: plan, tables: tables ?? [.events: flat, .sessionRecordings: flat],
      billingAnchorDay: anchorDay)
    core = AdapterCore(rules: rules, start: try #require(Timestamp(start)), opening: opening)
    self.usageClass = core.register(usageClass)
  }

  /// Offers `count` events at `instant`, with their own timestamp on `day` or the same day.
  @discardableResult
  mutating func offer(
    _ count: Int64, at instant: String, day: String? = nil, of usage: Usage = Usage(.events),
    kept: Int64? = nil, usageClass: UsageClassID? = nil
  ) throws -> Outcome {
    let at = try #require(Timestamp(instant))
    let eventDay = try day.map { try #require(CalendarDay($0)) } ?? at.day
    return core.admit(
      usage, usageClass: usageClass ?? self.usageClass, count: count, kept: kept ?? count,
      eventDay: eventDay, at: at)
  }

  var tally: UsageClassTally { core.tally(of: usageClass) }
}
