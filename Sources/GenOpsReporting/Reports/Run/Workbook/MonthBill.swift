import GenOpsCosting
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// The lines of the months' bills below usage: add-ons, and what the terms add and take off.
///
/// The formulas are those of ``GenOpsCosting/BillingTerms/settle(usage:fees:period:standing:)``, which itself
/// gives the values beside them.
struct MonthBill {
  private let plan: Plan
  private let option: OptionPlan
  private let prices: PriceSheet

  init(_ plan: Plan, _ prices: PriceSheet) {
    self.plan = plan
    option = plan.options[0]
    self.prices = prices
  }

  /// Adds the lines behind those of usage, then their sum.
  func add(to months: inout MonthSheet, usage: Range<Int>) {
    addFees(to: &months)
    if let rows = prices.terms {
      if !rows.terms.isEmpty { MonthTerms(rows, months, from: usage.lowerBound).add(to: &months) }
    } else {
      let terms = months.months.map(\.agreedTerms)
      if terms.contains(where: { $0 != 0 }) {
        months.add(
          "Discounts, minimums and credits", terms.map { .number($0, .money) }, terms,
          remark: "Not formulas, but means over all futures: the terms change within the period.")
      }
    }
    // Rows are only added, so the end is not before the beginning.
    months.addPrice(rows: usage.lowerBound..<months.sheet.rows.count)
  }

  private func addFees(to months: inout MonthSheet) {
    var names: [String] = []
    let all = months.months.map { MonthlyExtras.fees(option, $0.month) }
    for (name, _) in all.joined() where !names.contains(name) { names.append(name) }
    for name in names {
      var (cells, values) = ([ReportSheet.Cell](), [Double]())
      for (month, fees) in zip(months.months.map(\.month), all) {
        let value = fees.filter { $0.name == name }.reduce(Money.zero) { $0 + $1.amount }
          .approximate
        cells.append(
          formula(name, month).map { .formula($0, value, .money) } ?? .number(value, .money))
        values.append(value)
      }
      months.add(name, cells, values)
    }
  }

  /// The fee of a month: by the day where two books hold in it.
  private func formula(_ name: String, _ month: CalendarMonth) -> String? {
    let spans = option.prices.spans(from: month.firstDay, to: month.lastDay.advanced(by: 1))
    let parts = spans.flatMap { span in
      span.book.addOns.filter { option.addOns.contains($0.id) && $0.name == name }.compactMap {
        addOn -> String? in
        guard let place = prices.fee(addOn, of: span.book) else { return nil }
        return spans.count == 1
          ? place.away : "\(place.away)*\(span.days)/\(month.dayCount)"
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "+")
  }
}
