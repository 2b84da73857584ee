import GenOpsCosting
import GenOpsHistory
import GenOpsMetering
import GenOpsScenario
import GenOpsUnits

/// Prices the billing periods that the history knows, and puts beside them what was billed.
enum ActualPeriods {
  /// The most periods that are looked back, with the one that runs.
  private static let most = 13

  /// The oldest first; empty without a history.
  static func of(_ plan: Plan) -> [ActualPeriod] {
    guard let first = plan.history.firstDay, let last = plan.history.lastDay else { return [] }
    let end = min(last.advanced(by: 1), plan.forecastStart)
    var periods: [ActualPeriod] = []
    var day = end.advanced(by: -1)
    while periods.count < most, day >= first {
      let period = BillingPeriod(containing: day, anchorDay: plan.billingDay)
      if period.start < first { break }
      periods.append(actual(period, knownTo: min(end, period.end), plan))
      day = period.start.advanced(by: -1)
    }
    return periods.filter { !$0.lines.isEmpty }.reversed()
  }

  private static func actual(
    _ period: BillingPeriod, knownTo: CalendarDay, _ plan: Plan
  ) -> ActualPeriod {
    let series = plan.history.series
    let known = plan.history.meters.filter { meter in
      series.allSatisfy {
        $0.meter != meter || $0.sum(from: period.start, to: knownTo).missing == 0
      }
    }
    var totals = MeterTotals()
    for one in series where known.contains(one.meter) {
      totals[one.meter] = totals[one.meter].addingClamped(
        one.wholeUnits(from: period.start, to: knownTo))
    }
    let isOver = knownTo == period.end
    let bill = BillingStatement.periods(of: plan.bills).first {
      isOver && $0.isComplete && $0.start == period.start && $0.end == period.end
    }
    let calculator = CostCalculator(
      book: plan.scenario.prices.book(on: period.start), addOns: plan.scenario.addOns)
    let priced = try? calculator.bill(for: totals)
    var lines: [ActualPeriod.Line] = []
    for meter in known where totals[meter] > 0 {
      let parts = series.filter { $0.meter == meter }.map {
        (project: $0.project, units: $0.wholeUnits(from: period.start, to: knownTo))
      }.filter { $0.units > 0 }
      lines += split(meter, parts, listed: priced?[meter], billed: bill?[meter])
    }
    lines += fees(priced?.fees ?? [], bill, period, knownTo)
    for product in bill?.products ?? [] {
      guard let meter = product.meter, !known.contains(meter), product.amount != .zero else {
        continue
      }
      lines.append(.init(label: meter.invoiceName, meter: meter, billed: product.amount))
    }
    return ActualPeriod(
      start: period.start, end: period.end, knownTo: knownTo, lines: lines,
      unknown: plan.history.meters.filter { !known.contains($0) })
  }

  /// A meter's line for each project, by what each used of it; the parts sum to the whole.
  private static func split(
    _ meter: Meter, _ parts: [(project: String?, units: Int64)], listed: Money?, billed: Money?
  ) -> [ActualPeriod.Line] {
    let weights = parts.map(\.units)
    let list = listed?.allocated(byWeight: weights)
    let bill = billed?.allocated(byWeight: weights)
    return parts.indices.map {
      .init(
        label: meter.invoiceName, meter: meter, project: parts[$0].project, units: parts[$0].units,
        listed: list?[$0], billed: bill?[$0])
    }
  }

  /// What is paid whatever is used: as it was billed, else by the book and by the day.
  private static func fees(
    _ fees: [Fee], _ bill: BillingStatement.BilledPeriod?, _ period: BillingPeriod,
    _ knownTo: CalendarDay
  ) -> [ActualPeriod.Line] {
    if let bill, bill.includesFees {
      return bill.products.filter { $0.meter == nil && $0.amount != .zero }.map {
        .init(label: $0.product, billed: $0.amount)
      }
    }
    let weights = [
      Int64(period.start.distance(to: knownTo)), Int64(knownTo.distance(to: period.end)),
    ]
    return fees.map {
      .init(label: $0.name, listed: $0.amount.allocated(byWeight: weights)[0])
    }
  }
}
