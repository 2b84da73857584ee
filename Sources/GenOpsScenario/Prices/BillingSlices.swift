package import GenOpsUnits

/// The days of a plan, cut where a month or a billing period ends: bills are settled by billing
/// period and shown by month.
package struct BillingSlices: Sendable, Equatable {
  package struct Slice: Sendable, Equatable {
    /// Position of the month.
    package var month: Int
    package var period: BillingPeriod
    /// Days of the plan, from 0.
    package var days: Range<Int>
  }
  /// In the order of their days.
  package let slices: [Slice]
  /// Positions among ``slices`` by billing period; the first and the last may be a part of one.
  package let periods: [Range<Int>]
  /// Whether every slice is a whole month.
  package let areMonths: Bool

  /// `months` follow one another; `billingDay` is the day (1…31) on which a period begins. With `until` only the days
  /// before it are there, of which the last may end within its month and its billing period.
  package init(_ months: [CalendarMonth], billingDay: Int, until: CalendarDay? = nil) {
    var slices: [Slice] = []
    var periods: [Range<Int>] = []
    var day = 0
    for (index, month) in months.enumerated() {
      var date = month.firstDay
      let monthEnd = month.lastDay.advanced(by: 1)
      let end = until.map { min(monthEnd, $0) } ?? monthEnd
      while date < end {
        let period = BillingPeriod(containing: date, anchorDay: billingDay)
        // A period ends after each of its days, so the slice has at least one.
        let next = min(end, period.end)
        let count = date.distance(to: next)
        slices.append(Slice(month: index, period: period, days: day..<(day + count)))
        if let last = periods.last, slices[last.lowerBound].period == period {
          periods[periods.count - 1] = last.lowerBound..<slices.count
        } else {
          periods.append((slices.count - 1)..<slices.count)
        }
        day += count
        date = next
      }
    }
    self.slices = slices
    self.periods = periods
    areMonths = slices.count == months.count && until == nil
  }
}
