import GenOpsCosting
import GenOpsGovernance
public import GenOpsMetering
public import GenOpsUnits

extension AdapterCore {
  /// Decides on `count` items alike, at one instant.
  ///
  /// - Parameters:
  ///   - usage: What one item uses.
  ///   - usageClass: Whose it is; from ``register(_:)``.
  ///   - count: How many are offered. Less than 1 is nothing.
  ///   - kept: How many of them survive sampling, `0…count`; the caller hashed or drew it.
  ///   - eventDay: The UTC day of the items' own timestamp: it decides the billing period.
  ///   - instant: When this is decided: it decides the budget windows. An earlier one than the
  ///     last is taken as the last.
  /// - Returns: What was sent, refused and sampled, and what it cost.
  @discardableResult
  public mutating func admit(
    _ usage: Usage, usageClass: UsageClassID, count: Int64 = 1, kept: Int64, eventDay: CalendarDay,
    at instant: Timestamp
  ) -> Outcome {
    admit(
      ItemID(number: item(usage, usageClass: usageClass.index)), count: count, kept: kept,
      eventDay: eventDay,
      at: instant)
  }

  /// The same for an item that was registered before.
  @discardableResult
  public mutating func admit(
    _ id: ItemID, count: Int64 = 1, kept: Int64, eventDay: CalendarDay, at instant: Timestamp
  ) -> Outcome {
    moveClock(to: instant)
    return decide(Int(id.number), count: count, kept: kept, eventDay: eventDay.number)
  }

  /// The same for a single item: what is known of the count is not worked out again.
  package mutating func admitOne(
    _ id: ItemID, isKept: Bool, eventDay: Int32, at instant: Timestamp
  ) -> Outcome {
    moveClock(to: instant)
    return decide(Int(id.number), count: 1, kept: isKept ? 1 : 0, eventDay: eventDay)
  }

  /// The same for one after the other of `offers`, for those who need the tallies and the cost only: the
  /// hot path of simulations.
  ///
  /// - Returns: Nano-units: what all that was sent costs.
  @discardableResult
  public mutating func admit(
    _ offers: UnsafeBufferPointer<Offer>, eventDay: CalendarDay, at instant: Timestamp
  ) -> Int64 {
    moveClock(to: instant)
    var cost: Int64 = 0
    for offer in offers {
      // Each is a part of ``moved``, so the sum fits.
      cost &+=
        decide(
          Int(offer.item.number), count: offer.count, kept: offer.kept, eventDay: eventDay.number
        ).costNanos
    }
    return cost
  }

  @inline(__always)
  mutating func moveClock(to instant: Timestamp) {
    if instant.microseconds > clock.now { clock.now = instant.microseconds }
    if clock.now >= clock.nextRollover { rollOver() }
  }

  /// The quiet case: everything kept is sent, and no tier, limit, threshold or budget is near.
  /// Whatever breaks one of its conditions goes one of the other ways, which do the same sums and
  /// look at more.
  @inline(__always)
  private mutating func decide(_ id: Int, count: Int64, kept: Int64, eventDay day: Int32) -> Outcome
  {
    let item = items.base + id
    guard item.pointee.isOrdinary, day >= clock.currentStart, day < clock.currentEnd,
      count >= 0, UInt64(bitPattern: kept) <= UInt64(bitPattern: count)
    else { return admitAcrossTiers(id, count: count, kept: kept, eventDay: day) }
    let total =
      item.pointee.onlyMeter >= 0
      ? countOnOneMeter(item, count: count, kept: kept)
      : countOnSeveralMeters(item, count: count, kept: kept)
    guard let total else {
      return admitAcrossTiers(id, count: count, kept: kept, eventDay: day)
    }
    let usageClass = usageClasses.base + Int(item.pointee.usageClass)
    let sampled = count &- kept
    usageClass.pointee.tally.sampled &+= sampled
    usageClass.pointee.tally.sent &+= kept
    usageClass.pointee.tally.cost &+= total
    return Outcome(sent: kept, sampled: sampled, costNanos: total)
  }

  /// What the kept items cost, counted on their meter, budgets and usage class; nil, with nothing
  /// changed, when this is not a quiet case.
  @inline(__always)
  private mutating func countOnOneMeter(
    _ item: UnsafeMutablePointer<ItemState>, count: Int64, kept: Int64
  ) -> Int64? {
    let meter = meters.base + Int(item.pointee.onlyMeter)
    let (units, overflow) = kept.multipliedReportingOverflow(by: item.pointee.onlyUnits)
    let reached = UInt64(bitPattern: meter.pointee.usage) &+ UInt64(bitPattern: units)
    guard !overflow, reached <= UInt64(bitPattern: meter.pointee.quiet),
      meter.pointee.flags.isEmpty
    else { return nil }
    let total = units &* meter.pointee.unit
    guard reserve(item, count: count, units: UInt64(bitPattern: units), total: total) else {
      return nil
    }
    meter.pointee.usage = Int64(bitPattern: reached)
    meter.pointee.cost &+= total
    (usageClasses.base + Int(item.pointee.usageClass)).pointee.tally.units &+= units
    return total
  }

  /// The same for items on more than one meter.
  @inline(__always)
  private mutating func countOnSeveralMeters(
    _ item: UnsafeMutablePointer<ItemState>, count: Int64, kept: Int64
  ) -> Int64? {
    let first = itemTouches.base + Int(item.pointee.firstTouch)
    let end = itemTouches.base + Int(item.pointee.endTouch)
    var total: Int64 = 0
    var allUnits: UInt64 = 0
    var touch = first
    while touch < end {
      let meter = meters.base + touch.pointee.meter
      let (units, overflow) = kept.multipliedReportingOverflow(by: touch.pointee.units)
      // Unsigned, so that a sum beyond Int64 is too large rather than negative. Under the quiet
      // bound neither the product nor the sum of eight can overflow.
      let reached = UInt64(bitPattern: meter.pointee.usage) &+ UInt64(bitPattern: units)
      guard !overflow, reached <= UInt64(bitPattern: meter.pointee.quiet),
        meter.pointee.flags.isEmpty
      else { return nil }
      total &+= units &* meter.pointee.unit
      allUnits &+= UInt64(bitPattern: units)
      touch += 1
    }
    guard reserve(item, count: count, units: allUnits, total: total) else { return nil }
    touch = first
    while touch < end {
      let meter = meters.base + touch.pointee.meter
      let units = kept &* touch.pointee.units
      meter.pointee.usage &+= units
      meter.pointee.cost &+= units &* meter.pointee.unit
      touch += 1
    }
    (usageClasses.base + Int(item.pointee.usageClass)).pointee.tally.units &+=
      kept &* first.pointee.units
    return total
  }

  /// Counts what moves on the running sums and the item's budgets; false, with nothing changed,
  /// when one of them is near its bound.
  @inline(__always)
  private mutating func reserve(
    _ item: UnsafeMutablePointer<ItemState>, count: Int64, units: UInt64, total: Int64
  ) -> Bool {
    let newCounted = UInt64(bitPattern: counted) &+ UInt64(bitPattern: count) &+ units
    let newMoved = moved &+ total
    guard newCounted <= UInt64(AdapterCore.ceiling), newMoved <= AdapterCore.ceiling else {
      return false
    }
    let first = lineBudgets.base + Int(item.pointee.firstBudget)
    let end = lineBudgets.base + Int(item.pointee.endBudget)
    var position = first
    while position < end {
      let budget = budgets.base + Int(position.pointee)
      if budget.pointee.spent &+ total > budget.pointee.quiet { return false }
      position += 1
    }
    position = first
    while position < end {
      (budgets.base + Int(position.pointee)).pointee.spent &+= total
      position += 1
    }
    counted = Int64(bitPattern: newCounted)
    moved = newMoved
    return true
  }

  /// No counter passes this: 2⁶², or 4.6 billion currency units.
  static var ceiling: Int64 { 1 << 62 }

  /// The most units or nano-units that the quiet path moves on one meter: eight stay under
  /// ``ceiling``.
  static var most: Int64 { 1 << 59 }
}
