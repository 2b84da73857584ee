import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

/// Reads answers of PostHog's `GET /api/billing/spend/` into billed periods.
///
/// A series is daily or monthly. Daily spend is summed to billing periods; monthly spend is of
/// calendar months.
struct SpendReader {
  /// From the answer of `/api/billing/` in the same file; nil without one.
  let anchorDay: Int?

  private var lines: [SpendLine] = []

  init(anchorDay: Int?) { self.anchorDay = anchorDay }

  mutating func read(_ document: Node, _ findings: inout RepeatedFindings) {
    guard let results = document["results"]?.sequence else {
      if let detail = document["detail"]?.text {
        findings.add(
          .error, "history-refused", "PostHog refused the request: \(detail.prefix(300))",
          help: "ask again as it says", at: document.location)
      } else {
        findings.add(
          .error, "bill-format", "this JSON is neither a bill nor a spend series",
          help: "expected answers of /api/billing/ and /api/billing/spend/",
          at: document.location)
      }
      return
    }
    var sparse: [(gap: Int, place: SourceLocation)] = []
    for item in results { readSeries(item, &sparse, &findings) }
    if let first = sparse.first {
      let whose = sparse.count == 1 ? "the amounts" : "the amounts of \(sparse.count) series"
      findings.add(
        .error, "bill-interval", "\(whose) are \(first.gap) days apart: weeks do not fill a month",
        help: "ask again with interval=day or interval=month", at: first.place)
    }
    checkUnits(document, &findings)
  }

  private mutating func readSeries(
    _ item: Node, _ sparse: inout [(gap: Int, place: SourceLocation)],
    _ findings: inout RepeatedFindings
  ) {
    guard let series = BillingSeries(item, &findings) else { return }
    let gap = series.shortestGap
    if let gap, gap > 1, gap < 28 {
      sparse.append((gap, item.location))
      return
    }
    var line = SpendLine(series, isMonthly: gap.map { $0 >= 28 })
    for (day, node) in series.points {
      if let amount = BillAmount(node, &findings) { line.amounts[day] = amount }
    }
    // The same answer appended twice, or two that overlap, are one series.
    if let index = lines.firstIndex(where: { $0.isSame(as: line) }) {
      let differing = lines[index].take(line)
      if differing > 0 {
        findings.add(
          .warning, "bill-differs",
          "'\(series.label)' has another amount on \(countedNoun(differing, "day")) than an answer before it",
          help: "the answer that reaches further is used; remove the other one",
          at: series.labelLocation)
      }
    } else {
      lines.append(line)
    }
  }

  /// Units given as spend would be dollars a thousandfold too many.
  private func checkUnits(_ document: Node, _ findings: inout RepeatedFindings) {
    let values = lines.flatMap { $0.amounts.values }.filter { $0.money != .zero }
    // Two weeks of whole dollars are no accident either, where the amounts differ.
    let differ = Set(values.map(\.money)).count
    if values.count >= 3, values.allSatisfy({ $0.money.nanos % Money.nanosPerUnit == 0 }),
      values.contains(where: { $0.money > Money(units: 100_000) }) || differ >= 14
    {
      findings.add(
        .error, "bill-is-usage",
        "all numbers are whole: this looks like an answer of /api/billing/usage/",
        help: "put it under history: and use /api/billing/spend/ here", at: document.location)
    }
  }

  /// The billed periods, oldest first.
  mutating func periods(
    current: BillingStatement.CurrentPeriod?, _ findings: inout RepeatedFindings
  ) -> [BillingStatement.BilledPeriod] {
    guard !lines.isEmpty else { return [] }
    keepOneInterval(&findings)
    lines = SpendLine.withoutParts(lines, &findings)
    if let first = lines.first, lines.allSatisfy(\.isTotal) {
      findings.add(
        .warning, "bill-breakdown",
        "the spend is not broken down by product: the model cannot be checked against it",
        help: "ask for /api/billing/spend/ with breakdowns=[\"type\"]", at: first.location)
    }
    let monthly = lines.allSatisfy(\.isMonthly)
    let anchor = monthly ? 1 : (anchorDay ?? 1)
    if anchorDay == nil, !monthly, let first = lines.first {
      findings.add(
        .note, "bill-anchor", "the spend does not say when a billing period begins",
        help: "it is summed by calendar month; append an answer of /api/billing/ to say it",
        at: first.location)
    }
    if monthly, let anchorDay, anchorDay != 1, let first = lines.first {
      findings.add(
        .warning, "bill-anchor",
        "the spend is by calendar month but the billing period begins on day \(anchorDay)",
        help: "ask for /api/billing/spend/ with interval=day", at: first.location)
    }
    let days = lines.flatMap { $0.amounts.keys }
    guard let first = days.min(), let last = days.max() else { return [] }
    var result: [BillingStatement.BilledPeriod] = []
    var period = BillingPeriod(containing: first, anchorDay: anchor)
    while period.start <= last {
      let whole = monthly || (period.start >= first && period.end.advanced(by: -1) <= last)
      let running = current?.period.map { $0.start < period.end } ?? false
      if let billed = billed(period, isComplete: whole && !running, monthly, &findings) {
        result.append(billed)
      }
      period = BillingPeriod(containing: period.end, anchorDay: anchor)
    }
    return result
  }

  /// Monthly amounts are of calendar months, daily ones fit any period: a month that stands in both is
  /// one month.
  private mutating func keepOneInterval(_ findings: inout RepeatedFindings) {
    let isMonthly = anchorDay ?? 1 == 1
    guard let other = lines.first(where: { $0.isMonthly != isMonthly }),
      lines.contains(where: { $0.isMonthly == isMonthly })
    else { return }
    findings.add(
      .warning, "bill-differs",
      "the file has amounts by month and by day; those by \(isMonthly ? "month" : "day") are used",
      help: "keep one of the two answers", at: other.location)
    lines.removeAll { $0.isMonthly != isMonthly }
  }

  private func billed(
    _ period: BillingPeriod, isComplete: Bool, _ monthly: Bool,
    _ findings: inout RepeatedFindings
  ) -> BillingStatement.BilledPeriod? {
    var products: [BillingStatement.ProductAmount] = []
    var statedTotal: Money?
    var complete = isComplete
    for line in lines {
      var exact = Money.zero
      var count = 0
      for day in line.amounts.keys.sorted() where period.contains(day) {
        guard let amount = line.amounts[day], let sum = try? exact.adding(amount.money) else {
          findings.add(
            .error, "bill-amount", "the amounts of '\(line.product)' are beyond any bill",
            at: line.location)
          return nil
        }
        exact = sum
        count += 1
      }
      if count == 0 { continue }
      if !monthly, count < period.start.distance(to: period.end) { complete = false }
      let amount = exact.roundedToCents
      if amount != exact {
        findings.add(
          .note, "bill-rounded",
          "'\(line.product)' of the period from \(period.start) is rounded to \(amount)",
          at: line.location)
      }
      if line.isTotal {
        statedTotal = (try? (statedTotal ?? .zero).adding(amount)) ?? amount
      } else if let index = products.firstIndex(where: { $0.product == line.product }),
        let sum = try? products[index].amount.adding(amount)
      {
        // The same product of several projects.
        products[index].amount = sum
      } else {
        products.append(.init(product: line.product, meter: line.meter, amount: amount))
      }
    }
    guard statedTotal != nil || !products.isEmpty else { return nil }
    var total = Money.zero
    for product in products {
      guard let sum = try? total.adding(product.amount) else { return nil }
      total = sum
    }
    return BillingStatement.BilledPeriod(
      start: period.start, end: period.end, total: statedTotal ?? total, products: products,
      isComplete: complete)
  }
}
