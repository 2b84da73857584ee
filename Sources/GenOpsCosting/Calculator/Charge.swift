public import GenOpsMetering
public import GenOpsUnits

/// What one meter costs in a billing period.
public struct Charge: Sendable, Hashable {
  public var meter: Meter
  /// All units used, the free ones included.
  public var units: Int64
  public var amount: Money

  public init(meter: Meter, units: Int64, amount: Money) {
    self.meter = meter
    self.units = units
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
  public var amount: Money

  public init(id: String, name: String, amount: Money) {
    self.id = id
    self.name = name
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
    for meter in totals.used where table(for: meter) != nil {
      let units = totals[meter]
      charges.append(
        Charge(meter: meter, units: units, amount: try cost(of: units, on: meter)))
    }
    return charges
  }

  /// The meters of `totals` whose price this book does not know.
  public func unpriced(in totals: MeterTotals) -> [Meter] {
    totals.used.filter { table(for: $0) == nil }
  }

  /// How the cost of `units` comes about, tier by tier; the amounts sum to it. Empty without usage.
  public func tierCharges(of units: Int64, on meter: Meter) throws(CostError) -> [TierCharge] {
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
