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

  let calculator: CostCalculator
  private let history: UsageHistory?

  /// Reconciles the file of billing answers at `billing` with `book`; nil where there is no book to
  /// be used, of which `findings` then say why.
  /// Billed periods of the past need the usage that made them: the export at `usage`.
  package static func run(
    billing: String, book: PriceBook?, usage: [String], _ findings: Findings = Findings()
  ) throws(FindingsError) -> Reconciliation {
    var findings = findings
    let statement = BillingStatement.load(path: billing, name: billing)
    findings.merge(statement.findings)
    let exports = try UsageExports(usage)
    findings.merge(exports.findings)
    let history = usage.isEmpty ? nil : UsageHistory(joining: exports.files)
    if let history { findings.merge(history.findings) }
    try findings.throwIfErrors()
    guard let book else { throw FindingsError(findings: findings) }
    let chosen = statement.current?.account.addOns(in: book) ?? []
    let reconciler = BillReconciler(
      calculator: CostCalculator(book: book, addOns: Set(chosen)), history: history)
    var lines = statement.current.map(reconciler.lines) ?? []
    var uncharged: [Meter] = []
    if statement.current?.account.isFree != true {
      uncharged = lines.compactMap { reconciler.isUncharged($0) ? $0.meter : nil }
    }
    for period in statement.periods where period.isComplete {
      let past = reconciler.lines(period, statement.current, &findings)
      lines += past
      uncharged += past.compactMap { reconciler.isUncharged($0) ? $0.meter : nil }
    }
    if lines.isEmpty {
      findings.error(
        "empty", "'\(billing)' has no line with an amount and no usage",
        help: "take the answer of an account that uses PostHog")
      throw FindingsError(findings: findings)
    }
    return Reconciliation(
      book: book.id, currency: book.currency, lines: lines, due: statement.current?.amountDue,
      uncharged: Meter.allCases.filter(uncharged.contains), findings: findings)
  }

  // MARK: The running period

  private func lines(_ current: BillingStatement.CurrentPeriod) -> [Reconciliation.Line] {
    var lines = current.products.compactMap { product -> Reconciliation.Line? in
      let units = product.meter.flatMap(current.units(of:)) ?? product.units
      guard product.amount ?? .zero != .zero || units ?? 0 > 0 else { return nil }
      var line = Reconciliation.Line(
        period: current.period?.start, name: product.meter?.invoiceName ?? product.name,
        meter: product.meter, units: product.meter == nil ? nil : units, billed: product.amount)
      guard let meter = product.meter else {
        explainFee(&line, key: product.key, own: product.fee)
        return line
      }
      guard let units else {
        line.explanation = "the answer does not say the usage"
        line.isExplained = false
        return line
      }
      if product.amount ?? .zero > .zero {
        explain(&line, meter, units, tiers: product.tiers)
        if current.isYearly, !line.isExplained {
          line.explanation = "a year's amount, and the book counts tiers by the month"
        }
      } else {
        explainNothing(&line, meter, units, product, current.account)
      }
      return line
    }
    for item in current.usage where item.units > 0 {
      guard !current.products.contains(where: { $0.meter == item.meter }) else { continue }
      var line = Reconciliation.Line(
        period: current.period?.start, name: item.meter.invoiceName, meter: item.meter,
        units: item.units)
      explainNothing(&line, item.meter, item.units, nil, current.account)
      lines.append(line)
    }
    return lines + adjustments(current, lines)
  }

  /// What the account's terms take off, beside what the answer says is to be paid.
  private func adjustments(
    _ current: BillingStatement.CurrentPeriod, _ lines: [Reconciliation.Line]
  ) -> [Reconciliation.Line] {
    let terms = current.account.terms
    if terms.isEmpty { return [] }
    let usage = Reconciliation(
      book: "", currency: "", lines: lines, uncharged: [], findings: Findings())
    let billed = usage.billed ?? .zero
    var ofModel = AccountStanding(terms)
    let modelled = terms.settle(
      usage: usage.modelled ?? billed, fees: .zero, period: current.period, standing: &ofModel)
    var standing = AccountStanding(terms)
    var rows = terms.settle(
      usage: billed, fees: .zero, period: current.period, standing: &standing
    ).map { line in
      Reconciliation.Line(
        period: current.period?.start, name: line.name, billed: line.amount,
        modelled: modelled.first { $0.name == line.name }?.amount ?? line.amount,
        explanation: "the account's own terms", isAdjustment: true)
    }
    if let last = rows.indices.last, let credit = terms.credits.first {
      let left = credit.amount - (standing.creditsUsed.first ?? .zero)
      let until = credit.expires.map { " until \($0)" } ?? ""
      rows[last].explanation =
        "\(left.roundedToCents.text(decimals: 2, grouping: true)) left\(until)"
    }
    guard let due = current.amountDue else { return rows }
    // What the bill says against what its own lines come to: what the book makes of the usage plays no part,
    // or a book of other tiers would change what there is to pay.
    let lined = rows.reduce(billed.nanos) { $0.addingClamped(($1.billed ?? .zero).nanos) }
    let rest = due.nanos.subtractingClamped(lined)
    if rest.magnitude > BillReconciler.cents(lines.count) {
      rows.append(
        .init(
          period: current.period?.start,
          name: rest < 0 ? "Taken off besides" : "Charged besides", billed: Money(nanos: rest),
          explanation:
            "what is to be paid differs from the lines and the account's terms by as much",
          isExplained: false, isAdjustment: true))
    }
    return rows
  }

  /// Nano-units by which a sum may be off, whose `count` lines are each rounded to cents: half a cent for
  /// each, and at least two cents for what the terms round.
  private static func cents(_ count: Int) -> UInt64 {
    max(20_000_000, 5_000_000 * UInt64(count))
  }

  /// Whether the bill charges nothing for usage that has a price in the book.
  private func isUncharged(_ line: Reconciliation.Line) -> Bool {
    guard let meter = line.meter, line.billed ?? .zero <= .zero, !line.isFreeByOwnTiers else {
      return false
    }
    return listCost(of: line.units ?? 0, on: meter).map { $0 > .zero } ?? false
  }

  // MARK: Periods that are over

  private func lines(
    _ period: BillingStatement.BilledPeriod, _ current: BillingStatement.CurrentPeriod?,
    _ findings: inout Findings
  ) -> [Reconciliation.Line] {
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
    var lines = period.products.map { product in
      var line = Reconciliation.Line(
        period: period.start, name: product.meter?.invoiceName ?? product.product,
        meter: product.meter, billed: product.amount)
      guard let meter = product.meter else {
        let own = current?.account.fees.first { $0.key == product.product }?.price
        explainFee(&line, key: product.product, own: own)
        return line
      }
      guard let units = units(of: meter, in: period) else {
        let price = unitsCosting(product.amount, meter).map {
          "; the price of \(groupedDigits(String($0))) units"
        }
        line.explanation = "not on every day in the usage export" + (price ?? "")
        line.isExplained = false
        return line
      }
      line.units = units
      if product.amount > .zero {
        let own = current?.products.first { $0.meter == meter }?.tiers ?? []
        explain(&line, meter, units, tiers: own, discount: current?.account.terms.discount)
      } else {
        let product = current?.products.first { $0.meter == meter }
        explainNothing(&line, meter, units, product, current?.account ?? AccountFacts())
      }
      return line
    }
    for meter in history?.meters ?? [] where period[meter] == nil {
      guard let units = units(of: meter, in: period), listCost(of: units, on: meter) != .zero else {
        continue
      }
      var line = Reconciliation.Line(
        period: period.start, name: meter.invoiceName, meter: meter, units: units)
      let product = current?.products.first { $0.meter == meter }
      explainNothing(&line, meter, units, product, current?.account ?? AccountFacts())
      lines.append(line)
    }
    return lines
  }

  /// Nil where the export does not have the meter on every day of the period.
  private func units(of meter: Meter, in period: BillingStatement.BilledPeriod) -> Int64? {
    guard let total = history?.total(of: meter),
      total.sum(from: period.start, to: period.end).missing == 0
    else { return nil }
    return total.wholeUnits(from: period.start, to: period.end)
  }
}
