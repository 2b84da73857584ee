public import GenOpsMetering
public import GenOpsUnits

/// What one meter costs in a billing period.
public struct Charge: Sendable, Hashable {
  public var meter: Meter
  /// All units used, the free ones included.
  public var units: Int64
  /// Of them, the ones at the start of the period that cost nothing.
  public var freeUnits: Int64
  /// Of the units with a known price.
  public var amount: Money

  /// `units` of one billing period, the free ones included; `amount` is of those with a known
  /// price.
  public init(meter: Meter, units: Int64, freeUnits: Int64 = 0, amount: Money) {
    self.meter = meter
    self.units = units
    self.freeUnits = freeUnits
    self.amount = amount
  }

  /// Currency units per unit, for showing only; nil without usage.
  public var averagePrice: Double? { units > 0 ? Double(amount.nanos) / Double(units) / 1e9 : nil }
}

/// A flat line of a bill.
public struct Fee: Sendable, Hashable {
  /// The id of the add-on.
  public var id: String
  /// The line of the invoice.
  public var name: String
  /// "12 of 31 days" where the add-on was there for a part of the period; nil for the whole.
  public var detail: String?
  public var amount: Money

  /// `amount` is for the part of the period that `detail` names, or for all of it.
  public init(id: String, name: String, detail: String? = nil, amount: Money) {
    self.id = id
    self.name = name
    self.detail = detail
    self.amount = amount
  }
}

/// One step of a charge: the units that fell into one tier.
public struct TierCharge: Sendable, Hashable {
  /// The number of the first unit.
  public var from: Int64
  /// The number of the last unit.
  public var to: Int64
  public var unitPrice: UnitPrice
  public var amount: Money

  /// The units number `from` to `to` of the period, both included.
  public init(from: Int64, to: Int64, unitPrice: UnitPrice, amount: Money) {
    self.from = from
    self.to = to
    self.unitPrice = unitPrice
    self.amount = amount
  }
}

extension CostCalculator {
  /// The priced meters of `totals` in the order of the table. Meters without a known price are not
  /// among them; ask ``unpriced(in:)``.
  public func charges(for totals: MeterTotals) throws(CostError) -> [Charge] {
    var charges: [Charge] = []
    for meter in totals.used {
      guard let table = table(for: meter) else { continue }
      let units = totals[meter]
      charges.append(
        Charge(
          meter: meter, units: units, freeUnits: max(0, min(units, table.freeUnits)),
          amount: try knownCost(of: units, on: meter)))
    }
    return charges
  }

  /// The usage of `totals` whose price this book does not know: all of a meter, or what lies beyond
  /// the last known tier.
  public func unpriced(in totals: MeterTotals) -> [Bill.UnpricedUsage] {
    totals.used.compactMap { meter in
      let known = table(for: meter).map { min(totals[meter], $0.knownUpTo) } ?? 0
      let rest = totals[meter] - known
      return rest == 0 ? nil : Bill.UnpricedUsage(meter: meter, units: rest)
    }
  }

  /// How the cost of `units` comes about, tier by tier; the amounts sum to it. Empty without usage.
  public func tierCharges(of units: Int64, on meter: Meter) throws(CostError) -> [TierCharge] {
    let units = min(units, table(for: meter)?.knownUpTo ?? units)
    _ = try cost(of: units, on: meter)
    guard let table = table(for: meter) else { return [] }
    var lines: [TierCharge] = []
    var before: Int64 = 0
    for index in 0..<table.segmentCount where before < units {
      let end = min(units, table.upTo[index])
      lines.append(
        TierCharge(
          from: before + 1, to: end, unitPrice: UnitPrice(nanosPerUnit: table.unit[index]),
          amount: try cost(on: meter, from: before, to: end)))
      before = end
    }
    return lines
  }
}
