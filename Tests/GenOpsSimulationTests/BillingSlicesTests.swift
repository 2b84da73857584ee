import GenOpsUnits
import Testing

@testable import GenOpsScenario

@Suite struct `Days cut by month and billing period` {
  @Test(arguments: [1, 2, 15, 17, 28, 29, 30, 31])
  func `are all days once, in order, each in its month and period`(billingDay: Int) throws {
    let first = CalendarMonth(year: 2026, month: 11)
    let months = (0..<18).map { first.advanced(by: $0) }
    let slices = BillingSlices(months, billingDay: billingDay)
    var next = 0
    for slice in slices.slices {
      #expect(slice.days.lowerBound == next && !slice.days.isEmpty)
      for day in slice.days {
        let date = first.firstDay.advanced(by: day)
        #expect(date.month == months[slice.month] && slice.period.contains(date))
      }
      next = slice.days.upperBound
    }
    #expect(next == months.reduce(0) { $0 + $1.dayCount })
    #expect(slices.periods.flatMap { $0 } == Array(slices.slices.indices))
    #expect(slices.areMonths == (billingDay == 1))
    for range in slices.periods {
      #expect(Set(range.map { slices.slices[$0].period }).count == 1)
    }
  }
}
