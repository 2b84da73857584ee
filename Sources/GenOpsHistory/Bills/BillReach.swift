package import GenOpsMetering
package import GenOpsUnits

/// How far into its period a billing answer reaches. It says what was used so far and not until when; an
/// export that has the same meters by day tells.
package struct BillReach: Sendable {
  /// Days from the first of the period on, the last of which need not be over. Nil where no meter is in
  /// both the answer and the export.
  package private(set) var days: Double?
  /// Meters that were not used as much by that day, or by any day of the period.
  package private(set) var unexplained: [Difference] = []

  /// What the two say of one meter.
  package struct Difference: Sendable, Hashable {
    package var meter: Meter
    package var billed: Int64
    /// The sum of the export from the period's first day to `day`.
    package var exported: Int64
    package var day: CalendarDay
    /// Where the answer says it.
    package var location: SourceLocation
  }

  /// Part of a sum by which the two may differ: events that come late are counted later.
  private static let tolerance = 0.05

  /// A year's answer is not compared: it does not say whether its units count by the month.
  package init(_ current: BillingStatement.CurrentPeriod, _ history: UsageHistory) {
    guard let period = current.period, !current.isYearly else { return }
    // The more is used, the closer it tells the day.
    let shared = current.usage.compactMap { Shared($0, period, history) }
      .sorted { ($0.item.units, $1.item.meter.rawValue) > ($1.item.units, $0.item.meter.rawValue) }
    days = shared.lazy.compactMap(\.reach).first { $0 > 0 }
    unexplained = shared.compactMap { $0.difference(at: days, from: period.start) }
  }

  /// A meter of both.
  private struct Shared {
    let item: BillingStatement.MeterUsage
    /// Units before each day of the period, and all of them last: those of the export, and its level
    /// where it has none.
    private let sums: [Double]
    /// How many of the period's first days the export has.
    private let known: Int

    init?(
      _ item: BillingStatement.MeterUsage, _ period: BillingPeriod, _ history: UsageHistory
    ) {
      guard let series = history.total(of: item.meter), series.start <= period.start else {
        return nil
      }
      // A month after the export its level says little of when the answer was given.
      let levels = series.values.filter(\.isFinite).suffix(28)
      guard !levels.isEmpty, series.end.distance(to: period.start) <= 31 else { return nil }
      let level = levels.reduce(0, +) / Double(levels.count)
      let length = period.start.distance(to: period.end)
      self.item = item
      known = min(max(0, period.start.distance(to: series.end)), length)
      sums = (0..<length).reduce(into: [0]) { sums, day in
        sums.append(sums[day] + (series[period.start.advanced(by: day)] ?? level))
      }
    }

    /// Days until the export has as much as was billed; nil where it never has.
    var reach: Double? {
      let units = Double(item.units)
      guard let day = sums.firstIndex(where: { $0 >= units }) else {
        let most = sums[sums.count - 1] * (1 + tolerance)
        return units <= most ? Double(sums.count - 1) : nil
      }
      // The sum before is lower, or it would have been the first.
      return day == 0
        ? 0 : Double(day) - (sums[day] - units) / (sums[day] - sums[day - 1])
    }

    /// Nil where the export explains what was billed by then, a day sooner or later.
    func difference(at days: Double?, from start: CalendarDay) -> Difference? {
      guard known > 0 else { return nil }
      let units = Double(item.units)
      // A period is at most 45 days long here, and a reach lies within it.
      let last = days.map { Int($0.rounded(.up)) } ?? known
      let isBeyond = last > known
      let least = sums[isBeyond ? known : max(0, last - 2)] * (1 - tolerance)
      let most = sums[isBeyond ? sums.count - 1 : min(last + 1, sums.count - 1)] * (1 + tolerance)
      if reach != nil, units >= least, units <= most { return nil }
      let end = reach == nil ? known : min(last, known)
      return Difference(
        meter: item.meter, billed: item.units, exported: Int64(rounding: min(sums[end], 1e18)),
        day: start.advanced(by: max(0, end - 1)), location: item.location)
    }
  }
}
