public import GenOpsMetering
public import GenOpsUnits

/// What one billing period costs: usage lines and flat fees, exact to the nano-unit.
public struct Bill: Sendable, Hashable {
  /// The id of the price book.
  public var book: String
  public var currency: String
  public var period: BillingPeriod?
  /// In the order of the table of meters; meters without usage are not listed.
  public var charges: [Charge]
  /// In the order of the book.
  public var fees: [Fee]
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

    public init(meter: Meter, units: Int64) {
      self.meter = meter
      self.units = units
    }
  }

  /// The sum of the usage lines.
  public var usageTotal: Money { charges.reduce(.zero) { $0 + $1.amount } }
  /// The sum of the fees.
  public var feeTotal: Money { fees.reduce(.zero) { $0 + $1.amount } }

  /// The amount of the usage line of `meter`; nil when it has none.
  public subscript(meter: Meter) -> Money? { charges.first { $0.meter == meter }?.amount }
}

extension CostCalculator {
  /// The bill of one billing period with `totals` of usage, flat add-ons included.
  public func bill(for totals: MeterTotals, period: BillingPeriod? = nil) throws(CostError) -> Bill
  {
    let charges = try charges(for: totals)
    let fees = book.addOns.filter { addOns.contains($0.id) }.map {
      Fee(id: $0.id, name: $0.name, amount: $0.price)
    }
    var total = Money.zero
    for amount in charges.map(\.amount) + fees.map(\.amount) {
      do { total = try total.adding(amount) } catch { throw .totalOutOfRange }
    }
    let unpriced = unpriced(in: totals)
    return Bill(
      book: book.id, currency: book.currency, period: period, charges: charges, fees: fees,
      total: total, unpriced: unpriced.map { .init(meter: $0, units: totals[$0]) },
      findings: billFindings(totals, unpriced))
  }

  private func billFindings(_ totals: MeterTotals, _ unpriced: [Meter]) -> Findings {
    var found = findings
    for meter in unpriced {
      found.warning(
        "unknown-price",
        "\(book.id) has no price for \(meter.id); \(totals[meter]) are not in the total",
        help: "add a rate for \(meter.id) to the book")
    }
    let identified = totals[.identifiedEvents]
    if identified > totals[.events] {
      found.warning(
        "subset-exceeds-whole",
        "\(identified) identified events are more than all \(totals[.events]) events",
        help: "identified events are a part of events: count them in both")
    }
    return found
  }
}
