import GenOpsMetering
public import GenOpsUnits

/// Days in which nothing happens but counting, at once.
///
/// A simulation offers the same items day after day. While no tier, limit, threshold or budget is
/// passed, prices stay as they are and the order of the offers does not matter, so that the sums of
/// many days are counted in one step, with the state that one by one would have left.
extension AdapterCore {
  /// Counts all of `offers` if nothing but counting happens on the way, and says how much of them would fit.
  ///
  /// - Parameters:
  ///   - offers: Sums over the days, in any order.
  ///   - first: When the first of them is decided. The core's clock is moved to it in any case.
  ///   - last: When the last is, not before `first`. Each is offered on the day it is made.
  /// - Returns: 1 when they were counted. Else nothing of them was; it is about the part of them that fits
  ///   before something happens, and 0 where they are for ``admit(_:count:kept:eventDay:at:)`` in any case.
  public mutating func admitQuietly(
    _ offers: UnsafeBufferPointer<Offer>, from first: Timestamp, through last: Timestamp
  ) -> Double {
    moveClock(to: first)
    // Up to the next rollover prices, periods and windows stay; it is no later than the period's end.
    guard last.microseconds >= clock.now, last.microseconds < clock.nextRollover else { return 0 }
    let part = sumUp(offers)
    guard part >= 1 else { return part }
    for offer in offers where offer.count > 0 { count(offer) }
    for meter in 0..<meterCount {
      let sum = daySums[meter]
      if sum == 0 { continue }
      meters[meter].usage &+= sum
      meters[meter].cost &+= sum &* meters[meter].unit
    }
    for budget in 0..<budgets.count { budgets[budget].spent &+= daySums[meterCount + budget] }
    clock.now = last.microseconds
    return 1
  }

  /// Nano-units that one of these items costs at the margin, as long as ``admitQuietly(_:from:through:)``
  /// counts.
  public mutating func quietCost(of id: ItemID) -> Int64 {
    let item = items.base + Int(id.number)
    var cost: Int64 = 0
    // What was counted quietly cost less than 2⁵⁹ together, so no price of an item overflows.
    for touch in Int(item.pointee.firstTouch)..<Int(item.pointee.endTouch) {
      cost &+= itemTouches[touch].units &* meters[itemTouches[touch].meter].unit
    }
    return cost
  }

  /// Writes what `offers` move on each meter, then on each budget; the part of them that fits when one of
  /// these is near its bound.
  private mutating func sumUp(_ offers: UnsafeBufferPointer<Offer>) -> Double {
    for position in 0..<daySums.count { daySums[position] = 0 }
    var newCounted = UInt64(bitPattern: counted)
    for offer in offers where offer.count > 0 {
      let item = items.base + Int(offer.item.number)
      // Below 2⁵⁹, so that no sum leaves what an unsigned number holds.
      guard offer.item.number > 0, item.pointee.firstTouch < item.pointee.endTouch,
        usageClasses[Int(item.pointee.usageClass)].standingRefusal == UsageClassState.admitted,
        offer.kept >= 0, offer.kept <= offer.count, offer.count <= AdapterCore.most
      else { return 0 }
      newCounted &+= UInt64(bitPattern: offer.count)
      for touch in Int(item.pointee.firstTouch)..<Int(item.pointee.endTouch) {
        let meter = itemTouches[touch].meter
        guard meters[meter].flags.isEmpty else { return 0 }
        let (units, overflow) = offer.kept.multipliedReportingOverflow(by: itemTouches[touch].units)
        guard !overflow, units >= 0, units <= AdapterCore.most - daySums[meter] else { return 0 }
        daySums[meter] += units
        newCounted &+= UInt64(bitPattern: units)
      }
      guard newCounted <= UInt64(AdapterCore.ceiling) else { return 0 }
    }
    var part = 1.0
    var newMoved = moved
    for meter in 0..<meterCount where daySums[meter] > 0 {
      let state = meters.base + meter
      // Quiet bounds are no more than 2⁵⁹, and so is their product with the price.
      let reached = UInt64(bitPattern: state.pointee.usage) &+ UInt64(bitPattern: daySums[meter])
      guard state.pointee.unit >= 0 else { return 0 }
      guard reached <= UInt64(bitPattern: state.pointee.quiet) else {
        part = min(
          part,
          AdapterCore.part(of: daySums[meter], from: state.pointee.usage, to: state.pointee.quiet))
        continue
      }
      newMoved &+= daySums[meter] &* state.pointee.unit
      guard newMoved <= AdapterCore.ceiling else { return 0 }
    }
    guard part >= 1 else { return part }
    if budgets.count > 0 { part = sumUpBudgets(offers) }
    guard part >= 1 else { return part }
    counted = Int64(bitPattern: newCounted)
    moved = newMoved
    return 1
  }

  /// Writes what `offers` spend of each budget; the part of them that fits when one is near its bound.
  private mutating func sumUpBudgets(_ offers: UnsafeBufferPointer<Offer>) -> Double {
    for offer in offers where offer.count > 0 {
      let item = items.base + Int(offer.item.number)
      for position in Int(item.pointee.firstBudget)..<Int(item.pointee.endBudget) {
        let budget = Int(lineBudgets[position])
        var cost: Int64 = 0
        for touch in Int(item.pointee.firstTouch)..<Int(item.pointee.endTouch) {
          let meter = itemTouches[touch].meter
          guard budgets[budget].meters & (1 << UInt64(meter)) != 0 else { continue }
          cost &+= offer.kept &* itemTouches[touch].units &* meters[meter].unit
        }
        // All costs together moved less than 2⁶² and none is negative.
        daySums[meterCount + budget] &+= cost
      }
    }
    var part = 1.0
    for budget in 0..<budgets.count {
      let sum = daySums[meterCount + budget]
      // Where nothing is spent too: a budget of nothing refuses what costs nothing.
      if budgets[budget].spent &+ sum > budgets[budget].quiet {
        part = min(
          part, AdapterCore.part(of: sum, from: budgets[budget].spent, to: budgets[budget].quiet))
      }
    }
    return part
  }

  /// How much of `sum` fits between two numbers, where not all of it does: less than 1.
  private static func part(of sum: Int64, from start: Int64, to end: Int64) -> Double {
    guard sum > 0, end > start else { return 0 }
    return min(0.999, (Double(end) - Double(start)) / Double(sum))
  }

  /// Counts what becomes of an offer on its usage class.
  private mutating func count(_ offer: Offer) {
    let item = items.base + Int(offer.item.number)
    let usageClass = usageClasses.base + Int(item.pointee.usageClass)
    usageClass.pointee.tally.sampled &+= offer.count &- offer.kept
    usageClass.pointee.tally.sent &+= offer.kept
    usageClass.pointee.tally.units &+=
      offer.kept &* itemTouches[Int(item.pointee.firstTouch)].units
    usageClass.pointee.tally.cost &+= offer.kept &* quietCost(of: offer.item)
  }
}
