import GenOpsCosting
import GenOpsHistory
import GenOpsMetering
import GenOpsScenario
import GenOpsUnits

/// Prices the history's billed months with the book and holds the sums beside the bills.
enum BillChecker {
  /// At most this far apart passes.
  static let tolerance = 0.02

  /// Nil without a complete billed month that the history covers. Only products that both the
  /// history and the bill have are compared; the result names the others.
  static func check(_ plan: Plan) -> BillCheck? {
    var rows: [BillCheck.Month] = []
    var leftOut: [Meter] = []
    for period in plan.bills.flatMap(\.periods) where period.isComplete {
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
      var modelled = Money.zero
      var billed = Money.zero
      for product in period.products {
        if let meter = product.meter {
          guard meters.contains(meter) else {
            if product.amount != .zero, !leftOut.contains(meter) { leftOut.append(meter) }
            continue
          }
          billed += product.amount
          modelled += bill[meter] ?? .zero
        } else {
          billed += product.amount
        }
      }
      if period.includesFees { modelled += bill.feeTotal }
      rows.append(.init(month: period.start.month, modelled: modelled, billed: billed))
    }
    guard !rows.isEmpty else { return nil }
    let modelled = rows.reduce(Money.zero) { $0 + $1.modelled }
    let billed = rows.reduce(Money.zero) { $0 + $1.billed }
    let difference = abs(modelled.approximate - billed.approximate)
    return BillCheck(
      months: rows, modelled: modelled, billed: billed,
      passes: difference <= tolerance * max(billed.approximate, 1), leftOut: leftOut)
  }
}
