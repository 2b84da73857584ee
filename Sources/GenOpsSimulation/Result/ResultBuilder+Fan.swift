import GenOpsGovernance
import GenOpsNumerics
import GenOpsScenario
import GenOpsUnits

/// A day of the period in its month.
private struct FanDay {
  let date: CalendarDay
  /// The place of its month in the period.
  let month: Int
  /// The part of the month's days that is over with it.
  let elapsed: Double
  /// The day before the month's first one, as a place in the period; below 0 in the first month.
  let before: Int
  /// The month's last day that is in the period.
  let last: Int

  init(_ day: Int, of plan: Plan, from first: CalendarMonth) {
    date = plan.period.start.advanced(by: day)
    month = first.distance(to: date.month)
    elapsed = Double(date.civil.day) / Double(date.month.dayCount)
    before = plan.period.start.distance(to: date.month.firstDay) - 1
    last = min(plan.period.dayCount - 1, before + date.month.dayCount)
  }

  /// The part of the month's usage and fees that is there with this day; `sum` is nano-units of usage from
  /// the first day to that of its number.
  func share(_ extra: MonthlyExtras, _ day: Int, _ sum: (Int) -> Int64) -> Double {
    guard extra.hasTerms else { return elapsed }
    let start = before < 0 ? 0 : sum(before)
    return extra.share(
      of: sum(day).subtractingClamped(start), in: sum(last).subtractingClamped(start),
      month: month, elapsed: elapsed)
  }
}

extension ResultBuilder {
  /// What is paid up to each day: its spread over the futures "as is", and its mean under each option.
  func fan() -> Fan {
    let table = simulation.tables[0]
    let fan = table.fan
    // One copy each: reading an element of an array of structs takes hold of all that it holds.
    let extra = extras[0]
    let rows = min(simulation.paths, PathTable.fanPaths)
    let days = (0..<plan.period.dayCount).map { FanDay($0, of: plan, from: months[0]) }
    let means = mean(0, days)
    let points = days.enumerated().map { index, day -> Fan.Day in
      let sorted = (0..<rows).map { path -> Double in
        let share = day.share(extra, index) { fan[path, $0] }
        return Double(fan[path, index]) / 1e9 + extra.until(path, month: day.month, share: share)
      }.ascending()
      return Fan.Day(
        day: day.date,
        p10: Statistics.quantile(ofSorted: sorted, at: 0.1),
        p50: Statistics.quantile(ofSorted: sorted, at: 0.5),
        p90: Statistics.quantile(ofSorted: sorted, at: 0.9), mean: means[index])
    }
    let whole = plan.options[0].governance.budgets.first {
      let window = $0.period.window(containing: plan.period.start, fiscalStart: $0.fiscalStart)
      return window.start == plan.period.start && window.end == plan.period.end
    }
    return Fan(
      days: points, actualDays: plan.actualDays, budget: whole?.limit,
      options: plan.options.indices.dropFirst().map { (plan.options[$0].name, mean($0, days)) })
  }

  /// The mean over all futures by day. Within a month the terms follow the mean usage.
  private func mean(_ option: Int, _ days: [FanDay]) -> [Double] {
    let sums = simulation.tables[option].sums.days
    let extra = extras[option]
    let paths = Double(simulation.paths)
    // A mean of sums that each fit 64 bits.
    let means = sums.map { Int64(clamping: $0 / Int128(max(1, simulation.paths))) }
    return days.enumerated().map { index, day in
      let share = day.share(extra, index) { means[$0] }
      return Double(sums[index]) / 1e9 / paths + extra.meanUntil(month: day.month, share: share)
    }
  }
}
