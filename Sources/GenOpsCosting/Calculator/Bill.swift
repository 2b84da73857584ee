public import GenOpsMetering
public import GenOpsUnits

/// What one billing period costs: usage lines, flat fees and what the terms add or take off, exact
/// to the nano-unit.
public struct Bill: Sendable, Hashable {
  /// The id of the price book.
  public var book: String
  public var currency: String
  public var period: BillingPeriod?
  /// In the order of the table of meters; meters without usage are not listed.
  public var charges: [Charge]
  /// In the order of the book.
  public var fees: [Fee]
  /// Discount, minimum, commitment and credits, in the order in which they are applied.
  public var adjustments: [Adjustment]
  /// The sum of all lines. It leaves out what ``unpriced`` would cost.
  public var total: Money
  /// Usage whose price the book does not know: the bill is at least ``total``.
  public var unpriced: [UnpricedUsage]
  /// What a reader must know: unknown prices, usage that cannot be right.
  public var findings: Findings

  /// Usage without a known price.
  public struct UnpricedUsage: Sendable, Hashable {
    public var meter: Meter
    public var units: Int64

    /// `units` of one billing period that have no known price.
    public init(meter: Meter, units: Int64) {
      self.meter = meter
      self.units = units
    }
  }

  /// The sum of the usage lines.
  public var usageTotal: Money { charges.reduce(.zero) { $0 + $1.amount } }
  /// The sum of the fees.
  public var feeTotal: Money { fees.reduce(.zero) { $0 + $1.amount } }

  /// The sum of what the terms add and take off.
  public var adjustmentTotal: Money { adjustments.reduce(.zero) { $0 + $1.amount } }

  /// The amount of the usage line of `meter`; nil when it has none.
  public subscript(meter: Meter) -> Money? { charges.first { $0.meter == meter }?.amount }
}

extension CostCalculator {
  /// The bill of one billing period with `totals` of usage, flat add-ons and terms included.
  ///
  /// Terms that have dates apply to a bill whose `period` is known; without it they are a finding.
  public func bill(
    for totals: MeterTotals, period: BillingPeriod? = nil, spans: [AddOnSpan] = []
  ) throws(CostError) -> Bill {
    var standing = AccountStanding(book.terms)
    return try bill(for: totals, period: period, spans: spans, standing: &standing)
  }

  /// The same after earlier bills, whose use of credits and commitments is in `standing`; this
  /// bill's is added to it. Add-ons in `spans` are not there for the whole period: they are billed
  /// by the day.
  public func bill(
    for totals: MeterTotals, period: BillingPeriod?, spans: [AddOnSpan] = [],
    standing: inout AccountStanding
  ) throws(CostError) -> Bill {
    let charges = try charges(for: totals)
    let fees = fees(period: period, spans: spans)
    var total = Money.zero
    func add(_ amount: Money) throws(CostError) {
      do { total = try total.adding(amount) } catch { throw .totalOutOfRange }
    }
    for charge in charges { try add(charge.amount) }
    let usage = total
    for fee in fees { try add(fee.amount) }
    let adjustments = book.terms.settle(
      usage: usage, fees: total - usage, period: period, standing: &standing)
    for line in adjustments { try add(line.amount) }
    let unpriced = unpriced(in: totals)
    var findings = billFindings(totals, unpriced)
    if period == nil, book.terms.hasDates {
      findings.warning(
        "unknown-period",
        "the bill's period is not known, so dated terms of \(book.id) are left out",
        help: "say for which billing period the bill is")
    }
    return Bill(
      book: book.id, currency: book.currency, period: period, charges: charges, fees: fees,
      adjustments: adjustments, total: total, unpriced: unpriced, findings: findings)
  }

  private func billFindings(_ totals: MeterTotals, _ unpriced: [Bill.UnpricedUsage]) -> Findings {
    var found = findings
    for usage in unpriced {
      let meter = usage.meter
      if let last = table(for: meter)?.knownUpTo {
        found.warning(
          "unknown-tier",
          "\(book.id) does not know the price of \(meter.id) above \(last); \(usage.units) are not "
            + "in the total", help: "extend the book with the missing tier")
      } else {
        found.warning(
          "unknown-price",
          "\(book.id) has no price for \(meter.id); \(usage.units) are not in the total",
          help: "add a rate for \(meter.id) to the book")
      }
    }
    for part in Meter.allCases {
      guard let whole = part.whole, totals[part] > totals[whole] else { continue }
      let units = part.id.replacing("_", with: " ")
      found.warning(
        "subset-exceeds-whole",
        "\(totals[part]) \(units) are more than all \(totals[whole]) \(whole.id)",
        help: "\(units) are a part of \(whole.id): count them in both")
    }
    return found
  }
}
