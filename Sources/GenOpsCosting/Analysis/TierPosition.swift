public import GenOpsMetering
public import GenOpsUnits

/// Where a volume stands in the tiers of its meter.
public struct TierPosition: Sendable, Hashable {
  public var meter: Meter
  /// Units in the period.
  public var units: Int64
  public var cost: Money
  /// What one more unit costs: the price a decision at the margin should use.
  public var marginalPrice: Money
  /// From 1; the free allotment is a tier too.
  public var tier: Int
  public var tierCount: Int
  /// Nil in the last tier.
  public var next: NextTier?

  /// The tier above. This is information and **never a saving**: graduated tiers make later units
  /// cheaper and leave the earlier ones as they are, so whoever sends more to reach it pays more.
  public struct NextTier: Sendable, Hashable {
    /// The price of its units.
    public var price: Money
    /// How many more units until the first one of it.
    public var unitsNeeded: Int64
    /// What those units cost, the first of the new tier included.
    public var costToReach: Money
  }

  /// Cost over units in currency units, for showing; nil without usage.
  public var averagePrice: Double? { units > 0 ? Double(cost.nanos) / Double(units) / 1e9 : nil }

  /// The guide's keys for the next tier, with `is_saving` false.
  public var json: JSONValue {
    [
      "current_tier": .integer(tier), "tiers": .integer(tierCount),
      "cost_per_event": averagePrice.map { .double($0) } ?? .null,
      "marginal_price": .money(marginalPrice),
      "next_tier": next.map { next in
        [
          "price": .money(next.price), "events_needed": .integer(next.unitsNeeded),
          "cost_to_reach": .money(next.costToReach),
          "cost_per_event_improvement": .money(marginalPrice - next.price), "is_saving": false,
        ]
      } ?? .null,
    ]
  }
}

extension CostCalculator {
  /// Where `units` of `meter` stand. Works for 0 and for any volume beyond the last tier.
  public func position(of units: Int64, on meter: Meter) throws(CostError) -> TierPosition {
    let cost = try cost(of: units, on: meter)
    guard let table = table(for: meter) else { throw .unknownPrice(meter, book: book.id) }
    // The tier of the *next* unit: at exactly a bound, one more falls into the tier above.
    guard units < .max else { throw .outOfRange(meter, units: units) }
    let index = table.segment(of: units + 1)
    var next: TierPosition.NextTier?
    if index + 1 < table.segmentCount {
      let first = table.upTo[index] + 1
      next = TierPosition.NextTier(
        price: try marginalCost(on: meter, after: first), unitsNeeded: first - units,
        costToReach: try self.cost(on: meter, from: units, to: first))
    }
    return TierPosition(
      meter: meter, units: units, cost: cost,
      marginalPrice: try marginalCost(on: meter, after: units), tier: index + 1,
      tierCount: table.segmentCount, next: next)
  }
}
