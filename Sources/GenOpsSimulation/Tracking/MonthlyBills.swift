import GenOpsCosting
import GenOpsGovernance
package import GenOpsMetering
package import GenOpsScenario
package import GenOpsUnits

/// Units of every meter on every day of a period.
package struct DailyUsage: Sendable, Equatable {
  package let dayCount: Int
  /// By day, then by the meter's place in the table.
  private var units: [Int64]

  package init(dayCount: Int) {
    self.dayCount = dayCount
    units = [Int64](repeating: 0, count: dayCount * Meter.count)
  }

  /// `day` is a day of the period, from 0.
  package subscript(day: Int, meter: Meter) -> Int64 {
    get { units[day * Meter.count + meter.index] }
    set { units[day * Meter.count + meter.index] = newValue }
  }

  /// Units of all days in `days`.
  package func totals(_ days: Range<Int>) -> MeterTotals {
    var totals = MeterTotals()
    for day in days { for meter in Meter.allCases { totals.add(self[day, meter], of: meter) } }
    return totals
  }

  /// Puts `totals` in place of what `days` have, spread over them as they were, evenly where they had
  /// nothing. The days sum to the totals exactly.
  package mutating func replace(_ days: Range<Int>, with totals: MeterTotals) {
    for meter in Meter.allCases {
      var weights = days.map { self[$0, meter] }
      if weights.allSatisfy({ $0 <= 0 }) { weights = weights.map { _ in 1 } }
      // The rule that splits money without a rest splits any whole number.
      let parts = Money(nanos: totals[meter]).allocated(byWeight: weights)
      for (day, part) in zip(days, parts) { self[day, meter] = part.nanos }
    }
  }
}

/// What the months of a period cost, given what was used on each day: the cost calculator's tiers with
/// the book of each day, then fees, discount, credits and what else the account has agreed.
///
/// It is a function of usage, so that a month can be priced with what it might have used as well.
package struct MonthlyBills: Sendable {
  private let option: OptionPlan
  /// What is in force now: with it the months before the plan were billed, whatever is agreed for those in it.
  private let asIs: OptionPlan
  private let months: [CalendarMonth]
  private let slices: BillingSlices
  private let opening: MeterTotals
  private let earlier: [EarlierUsage]
  /// By book of the schedule: its first day and its calculator.
  private let calculators: [(from: CalendarDay?, calculator: CostCalculator)]

  /// The bills of the months of `plan` at `agreed`; with `until` what they have come to on that day: of fees and terms
  /// the part of its days.
  package init(_ plan: Plan, _ agreed: AgreedPrices, until: CalendarDay? = nil) {
    asIs = plan.options[0]
    option = agreed.applied(to: asIs)
    months = plan.period.months
    slices = BillingSlices(plan.period.months, billingDay: plan.billingDay, until: until)
    earlier = plan.earlier
    var used = MeterTotals()
    for (meter, units) in plan.opening.current { used[meter] = max(0, units) }
    opening = used
    calculators =
      [(nil, CostCalculator(book: agreed.prices.first, addOns: agreed.addOns))]
      + agreed.prices.changes.map {
        ($0.from, CostCalculator(book: $0.book, addOns: agreed.addOns))
      }
  }

  /// The bill of each month. Usage without a known price is left out, as the plan's findings say.
  package func months(_ usage: DailyUsage) -> [Money] { bills(usage).map(\.paid) }

  /// The bill of each month, and what its usage and fees come to at list price: before discounts, credits and
  /// what else the terms change, as budgets judge it.
  func bills(_ usage: DailyUsage) -> [(paid: Money, listed: Money)] {
    guard let start = months.first?.firstDay else { return [] }
    var before = opening
    var bySlice: [Int64] = []
    for (index, slice) in slices.slices.enumerated() {
      if index > 0, slices.slices[index - 1].period != slice.period { before = MeterTotals() }
      bySlice.append(cost(of: usage, slice.days, from: start, after: &before))
    }
    let extras = MonthlyExtras(
      option, asIs: asIs, months: months, slices: slices, usage: bySlice, earlier: earlier)
    var used = [Int64](repeating: 0, count: months.count)
    for (slice, cost) in zip(slices.slices, bySlice) {
      used[slice.month] = used[slice.month].addingClamped(cost)
    }
    return months.indices.map {
      (
        Money(nanos: used[$0].addingClamped(extras.nanos(path: 0, month: $0))),
        Money(nanos: used[$0].addingClamped(extras.feeNanos(month: $0)))
      )
    }
  }

  /// Nano-units of `days`, which come after `used` units of their billing period; adds them to it.
  private func cost(
    of usage: DailyUsage, _ days: Range<Int>, from start: CalendarDay, after used: inout MeterTotals
  ) -> Int64 {
    let (first, end) = (
      start.advanced(by: days.lowerBound), start.advanced(by: days.upperBound)
    )
    let stops = calculators.compactMap(\.from).filter { $0 > first && $0 < end }
    var nanos: Int64 = 0
    for (from, to) in zip([first] + stops, stops + [end]) {
      let calculator = (calculators.last { $0.from.map { $0 <= from } ?? true } ?? calculators[0])
        .calculator
      // Both lie within the period, in this order, because the stops are in the order of their days.
      let totals = usage.totals(start.distance(to: from)..<start.distance(to: to))
      for meter in totals.used {
        guard let table = calculator.table(for: meter) else { continue }
        let low = min(used[meter], table.knownUpTo)
        used.add(totals[meter], of: meter)
        let high = min(used[meter], table.knownUpTo)
        if let cost = table.cost(from: low, to: high) { nanos = nanos.addingClamped(cost.nanos) }
      }
    }
    return nanos
  }
}
