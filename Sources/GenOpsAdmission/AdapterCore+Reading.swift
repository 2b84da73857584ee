import GenOpsCosting
public import GenOpsMetering
public import GenOpsUnits

extension AdapterCore {
  /// All units and cost of a meter since the start.
  public func total(of meter: Meter) -> MeterTotal { total(meter.index) }

  func total(_ meter: Int) -> MeterTotal {
    var total = closed[meter]
    total.add(meters[meter])
    total.add(meters[meterCount + meter])
    return total
  }

  /// What everything has cost since the start, at the margin.
  public var totalCost: Money {
    var sum: Int64 = 0
    for meter in 0..<meterCount { sum &+= total(meter).cost }
    return Money(nanos: sum)
  }

  /// Units in the current billing period, the opening balance included.
  public func usage(of meter: Meter) -> Int64 { meters[meter.index].usage }

  /// What became of a usage class's items since the start.
  public func tally(of usageClass: UsageClassID) -> UsageClassTally {
    usageClasses[usageClass.index].tally
  }

  /// The latest decision instant.
  ///
  /// Inlinable: an opaque getter of another module gets a copy of the whole core, a kilobyte for each
  /// captured event.
  @inlinable public var now: Timestamp { Timestamp(microseconds: clock.now) }

  /// The current billing period.
  public var billingPeriod: BillingPeriod {
    BillingPeriod(
      containing: CalendarDay(number: clock.currentStart), anchorDay: rules.billingAnchorDay)
  }

  /// What one item more would cost in the current billing period, at the prices in force at the
  /// latest decision; nil when a price or the month to date is unknown.
  public func marginalCost(of usage: Usage) -> Money? {
    var sum: Int64 = 0
    for touch in 0..<usage.count {
      let meter = usage.meterIndex(touch)
      guard meters[meter].flags.isDisjoint(with: .priceUnknown),
        let table = rules.tables(inStage: Int(clock.stage))[meter],
        let cost = table.cost(
          from: meters[meter].usage,
          to: meters[meter].usage.addingClamped(usage.units(touch)))
      else { return nil }
      sum = sum.addingClamped(cost.nanos)
    }
    return Money(nanos: sum)
  }
}
