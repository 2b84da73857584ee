package import GenOpsCosting
import GenOpsMetering
package import GenOpsUnits

/// Prices the usage of a billing answer and of billed periods again, and says of each line why it
/// differs.
package struct BillReconciler {
  /// Usage is counted by the events' own time and billed when it is known, so a bill and a later
  /// export may differ by what came late; PostHog does not say how much, beyond this it is no
  /// explanation.
  static let lateShare = 0.01

  private let calculator: CostCalculator
  private let history: UsageHistory?

  /// Reconciles the file of billing answers at `billing` with `book`; nil where there is no book to
  /// be used, of which `findings` then say why.
  /// Billed periods of the past need the usage that made them: the export at `usage`.
  package static func run(
    billing: String, book: PriceBook?, usage: String?, _ findings: Findings = Findings()
  ) throws(FindingsError) -> Reconciliation {
    var findings = findings
    let statement = BillingStatement.load(path: billing, name: billing)
    findings.merge(statement.findings)
    let history = usage.map { UsageHistory.load(path: $0, name: $0) }
    if let history { findings.merge(history.findings) }
    try findings.throwIfErrors()
    guard let book else { throw FindingsError(findings: findings) }
    let chosen = Set(statement.current?.addOns.map(\.product) ?? []).intersection(book.addOnNames)
    let reconciler = BillReconciler(
      calculator: CostCalculator(book: book, addOns: chosen), history: history)
    var lines = statement.current.map(reconciler.lines) ?? []
    for period in statement.periods where period.isComplete {
      lines += reconciler.lines(period, &findings)
    }
    if lines.isEmpty {
      findings.error(
        "empty", "'\(billing)' has no line with an amount",
        help: "take the answer of a paid account")
      throw FindingsError(findings: findings)
    }
    return Reconciliation(
      book: book.id, currency: book.currency, lines: lines, findings: findings)
  }

  // MARK: The running period

  private func lines(_ current: BillingStatement.CurrentPeriod) -> [Reconciliation.Line] {
    var lines = current.products.compactMap { product -> Reconciliation.Line? in
      guard let amount = product.amount, amount != .zero || product.units ?? 0 > 0 else {
        return nil
      }
      var line = Reconciliation.Line(
        period: current.start, name: product.meter?.invoiceName ?? product.name,
        meter: product.meter, billed: amount, explanation: "", isExplained: true)
      guard let meter = product.meter else {
        explainFee(&line, key: product.key)
        return line
      }
      guard let units = current.units(of: meter) else {
        line.explanation = "the answer does not say the usage"
        line.isExplained = false
        return line
      }
      line.units = units
      explain(&line, meter, units, tiers: product.tiers)
      return line
    }
    if current.discountPercent != nil || current.discountAmount != nil, let total = current.amount {
      let sum = lines.reduce(Money.zero) { $0 + $1.billed }
      if total != sum {
        lines.append(
          .init(
            period: current.start, name: "Discount", billed: total - sum, modelled: total - sum,
            explanation: "discount of the contract; 'genops prices import' keeps it as a term",
            isExplained: true))
      }
    }
    return lines
  }

  private func explainFee(_ line: inout Reconciliation.Line, key: String) {
    let known = calculator.book.addOns.first {
      $0.id == key || $0.name.lowercased() == line.name.lowercased()
    }
    guard let known else {
      line.explanation = "\(calculator.book.id) has no add-on '\(key)'"
      line.isExplained = false
      return
    }
    line.modelled = known.price
    if known.price == line.billed {
      line.explanation = "equal"
    } else if line.billed > .zero, known.price > line.billed {
      let part = line.billed.approximate / known.price.approximate
      line.explanation =
        "\(Int64(rounding: part * 100)) % of the fee: the add-on began or ended within"
    } else {
      line.explanation = "the book's fee is \(known.price)"
      line.isExplained = false
    }
  }

  private func explain(
    _ line: inout Reconciliation.Line, _ meter: Meter, _ units: Int64,
    tiers: [BillingStatement.Tier]
  ) {
    guard let modelled = try? calculator.cost(of: units, on: meter) else {
      line.explanation = "\(calculator.book.id) does not know this price"
      line.isExplained = false
      return
    }
    line.modelled = modelled
    // PostHog rounds each tier to cents.
    let cents = Money(nanos: 5_000_000 * Int64(max(1, tiers.count)))
    if line.billed == modelled {
      line.explanation = "equal"
    } else if distance(line.billed, modelled) <= cents {
      line.explanation = "rounded to cents"
    } else if let change = differingTier(meter, tiers, units, billed: line.billed, within: cents) {
      line.explanation = change
    } else if let book = otherBook(meter, units, billed: line.billed, within: cents) {
      line.explanation = "these are the prices of \(book)"
    } else if let other = unitsCosting(line.billed, meter) {
      let part = (Double(other) - Double(units)) / Double(max(1, units))
      let word = other < units ? "fewer" : "more"
      let percent = "\((abs(part) * 1000).rounded() / 10) % \(word)"
      line.isExplained = abs(part) <= BillReconciler.lateShare
      // Short: the last column of a table is where the terminal ends.
      line.explanation =
        line.isExplained
        ? "counted at another time, \(percent)"
        : "\(percent) units: \(groupedDigits(String(other)))"
    } else {
      line.explanation = "no usage costs this much in \(calculator.book.id)"
      line.isExplained = false
    }
  }

  private func distance(_ a: Money, _ b: Money) -> Money { (a - b).magnitude }

  /// The first tier in which the customer's prices differ from the book's, when they explain the
  /// amount.
  private func differingTier(
    _ meter: Meter, _ tiers: [BillingStatement.Tier], _ units: Int64, billed: Money,
    within: Money
  ) -> String? {
    guard !tiers.isEmpty, let table = calculator.table(for: meter) else { return nil }
    var own = Money.zero
    var from: Int64 = 0
    var first: String?
    for (index, tier) in tiers.enumerated() where from < units {
      // A bill may name its tiers in any order; one that ends below where it begins has no units.
      let end = max(from, min(units, tier.upTo ?? .max))
      let (cost, overflow) = (end - from).multipliedReportingOverflow(
        by: tier.unitPrice.nanosPerUnit)
      if overflow { return nil }
      own += Money(nanos: cost) + tier.flat
      let price = table.unit[table.segment(of: from + 1)]
      if first == nil, price != tier.unitPrice.nanosPerUnit {
        first =
          "tier \(index + 1) from \(groupedDigits(String(from + 1))): \(tier.unitPrice) on the bill, "
          + "\(UnitPrice(nanosPerUnit: price)) in the book"
      }
      from = end
    }
    return distance(own, billed) <= within ? first : nil
  }

  private func otherBook(_ meter: Meter, _ units: Int64, billed: Money, within: Money) -> String? {
    PriceBooks.builtIn.entries.first { entry in
      guard entry.name != calculator.book.id,
        let cost = try? CostCalculator(book: entry.kind).cost(of: units, on: meter)
      else { return false }
      return distance(cost, billed) <= within
    }?.name
  }

  /// The most units that cost no more than `amount`.
  private func unitsCosting(_ amount: Money, _ meter: Meter) -> Int64? {
    guard let table = calculator.table(for: meter), table.isMonotone else { return nil }
    var (low, high): (Int64, Int64) = (0, 1)
    while let cost = table.cost(of: high), cost < amount, high < 1 << 60 { high *= 2 }
    guard table.cost(of: high).map({ $0 >= amount }) ?? true else { return nil }
    while low < high {
      let middle = low + (high - low + 1) / 2
      if let cost = table.cost(of: middle), cost <= amount {
        low = middle
      } else {
        high = middle - 1
      }
    }
    return low
  }

  // MARK: Periods that are over

  private func lines(_ period: BillingStatement.BilledPeriod, _ findings: inout Findings)
    -> [Reconciliation.Line]
  {
    let isCovered =
      history.map { history in
        guard let first = history.firstDay, let last = history.lastDay else { return false }
        return first <= period.start && last.advanced(by: 1) >= period.end
      } ?? false
    if !isCovered {
      findings.note(
        "unknown-usage", "the usage of the period from \(period.start) is not known",
        help: "add: --usage EXPORT.csv (PostHog > Billing > Usage > Export)")
      return []
    }
    return period.products.map { product in
      var line = Reconciliation.Line(
        period: period.start, name: product.meter?.invoiceName ?? product.product,
        meter: product.meter, billed: product.amount, explanation: "", isExplained: true)
      guard let meter = product.meter else {
        explainFee(&line, key: product.product)
        return line
      }
      guard let units = units(of: meter, in: period) else {
        let price = unitsCosting(product.amount, meter).map {
          "; the price of \(groupedDigits(String($0))) units"
        }
        line.explanation = "not in the usage export" + (price ?? "")
        line.isExplained = false
        return line
      }
      line.units = units
      explain(&line, meter, units, tiers: [])
      return line
    }
  }

  private func units(of meter: Meter, in period: BillingStatement.BilledPeriod) -> Int64? {
    let series = history?.series.filter { $0.meter == meter } ?? []
    if series.isEmpty { return nil }
    return series.reduce(Int64(0)) { sum, series in
      sum.addingClamped(series.wholeUnits(from: period.start, to: period.end))
    }
  }
}
