import GenOpsGovernance
package import GenOpsMetering
package import GenOpsUnits

/// Meters whose usage before the core began is not known.
extension AdapterCore {
  /// Whether the usage before is unknown where the price depends on it, by meter.
  package func isOpeningUnknown(_ meter: Meter) -> Bool {
    meters[meter.index].flags.contains(.unknownOpening)
  }

  /// The cost at which one more item is judged: its own price, or the first paid price when earlier usage is
  /// unknown. Nil when a price is unknown.
  package func judgedCost(of usage: Usage) -> Money? {
    if let cost = marginalCost(of: usage) { return cost }
    var sum: Int64 = 0
    for touch in 0..<usage.count {
      let state = meters[usage.meterIndex(touch)]
      if state.flags.contains(.unpriced) { return nil }
      let unit = segments[Int(state.segment)].nextUnit
      sum = sum.addingClamped(usage.units(touch).multipliedClamped(by: unit))
    }
    return Money(nanos: sum)
  }

  /// Takes up the usage of the current billing period where it was unknown: the account's as of now, what was
  /// sent here included. Units that were judged before stay judged, in the budgets too; prices are known
  /// from here on.
  ///
  /// Not for an account that is shared: its leases say what came before.
  package mutating func learn(_ usage: [Meter: Int64]) {
    guard !isLeased else { return }
    for meter in Meter.allCases {
      guard let known = usage[meter], isOpeningUnknown(meter) else { continue }
      let period = CalendarDay(number: clock.currentStart)
      // Below 2⁶¹ as at the start, and not less than what was counted here.
      let next = max(meters[meter.index].usage, min(max(0, known), 1 << 61))
      install(
        MeterLease(
          id: 0, axis: MeterAxis(meter, period: period), next: next, end: .max,
          isOpeningKnown: true), at: meter.index)
    }
  }
}
