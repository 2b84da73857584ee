import GenOpsCosting
import GenOpsHistory
import GenOpsMetering
import GenOpsScenario
import GenOpsUnits

/// Prices the history's billed months with the book and holds the sums beside the bills.
enum BillChecker {
  /// At most this far apart passes.
  static let tolerance = 0.02

  /// Nil without a complete billed month that the history covers. What the history has and the book
  /// prices is on the modelled side, billed or not; what is billed and not in the history is on neither,
  /// and the result names it.
  static func check(_ plan: Plan) -> BillCheck? {
    var rows: [BillCheck.Month] = []
    var leftOut: [Meter] = []
    for period in BillingStatement.periods(of: plan.bills) where period.isComplete {
      guard let first = plan.history.firstDay, first <= period.start,
        period.end <= plan.forecastStart, !period.products.isEmpty
      else { continue }
      // A meter with an unknown day is not what was billed.
      let meters = plan.history.meters.filter { meter in
        plan.history.series.allSatisfy {
          $0.meter != meter || $0.sum(from: period.start, to: period.end).missing == 0
        }
      }
      guard !meters.isEmpty else { continue }
      var totals = MeterTotals()
      for series in plan.history.series where meters.contains(series.meter) {
        totals[series.meter] = totals[series.meter].addingClamped(
          series.wholeUnits(from: period.start, to: period.end))
      }
      let calculator = CostCalculator(
        book: plan.scenario.prices.book(on: period.start), addOns: plan.scenario.addOns)
      guard let bill = try? calculator.bill(for: totals) else { continue }
      var billed: [Money] = []
      for product in period.products {
        if let meter = product.meter, !meters.contains(meter) {
          if product.amount != .zero, !leftOut.contains(meter) { leftOut.append(meter) }
        } else {
          billed.append(product.amount)
        }
      }
      let modelled = bill.usageTotal + (period.includesFees ? bill.feeTotal : .zero)
      rows.append(.init(month: period.start.month, modelled: modelled, billed: sum(billed)))
    }
    guard !rows.isEmpty else { return nil }
    let modelled = sum(rows.map(\.modelled))
    let billed = sum(rows.map(\.billed))
    func passes(_ modelled: Money) -> Bool {
      abs(modelled.approximate - billed.approximate) <= tolerance * max(billed.approximate, 1)
    }
    // An answer of spend is at list price, or what remains after the discount; its sums tell which.
    if !passes(modelled), let discount = plan.scenario.terms?.discount,
      let off = discount.of(modelled), passes(modelled - off)
    {
      for index in rows.indices {
        rows[index].modelled =
          rows[index].modelled - (discount.of(rows[index].modelled) ?? .zero)
      }
      return BillCheck(
        months: rows, modelled: sum(rows.map(\.modelled)), billed: billed, passes: true,
        leftOut: leftOut, discount: discount)
    }
    return BillCheck(
      months: rows, modelled: modelled, billed: billed, passes: passes(modelled), leftOut: leftOut)
  }

  /// Held at the ends of the range of money, because files decide what is added.
  private static func sum(_ amounts: [Money]) -> Money {
    Money(nanos: amounts.reduce(Int64(0)) { $0.addingClamped($1.nanos) })
  }
}
