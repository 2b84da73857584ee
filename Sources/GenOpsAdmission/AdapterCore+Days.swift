import GenOpsCosting
import GenOpsGovernance
package import GenOpsUnits

/// Days that are admitted together, the hot path of simulations.
///
/// Where nothing can be refused, what a meter costs on a day follows from its units alone: the cost of all
/// up to the day's end, less the cost up to its beginning. So whole columns are added up and each meter is
/// priced once a day, whatever the number of usage classes. What comes out is what admitting each day in its
/// ``DaySlices`` one item at a time would.
extension AdapterCore {
  /// Admits the first of some days together: up to the end of a billing period, of the prices or of a budget
  /// window, and no day on which something could be refused or have an unknown price.
  ///
  /// The columns say afterwards what the days that were admitted brought, and whether PostHog dropped it.
  ///
  /// - Parameters:
  ///   - block: From ``layOut(_:days:firstKept:)``.
  ///   - counts: By column then day.
  ///   - days: Those that are offered, counted from `start`. Not empty.
  ///   - start: Each day is decided at its first instant.
  ///   - costs: Gets the nano-units of each day that was admitted.
  ///
  /// - Returns: The first day that was not admitted; the first of all when none was and nothing but the clock
  ///   has changed.
  package mutating func admitDays(
    _ block: inout DayBlock, counts: UnsafeBufferPointer<Int64>, days: Range<Int>,
    from start: CalendarDay, costs: UnsafeMutableBufferPointer<Int64>
  ) -> Int {
    let first = days.lowerBound
    let date = start.advanced(by: first)
    let instant = Timestamp(startOf: date).microseconds
    moveClock(to: Timestamp(microseconds: instant))
    guard block.isPlain, !isLeased, allowance.isUnlimited, clock.now == instant,
      date.number >= clock.currentStart, date.number < clock.currentEnd
    else { return first }
    // The next rollover begins a later day, so there is one day at least.
    let until = Timestamp(microseconds: clock.nextRollover).day.number
    var count = min(days.count, DayBlock.mostDays, Int(until - date.number))
    guard findDropped(&block, date.number, &count) else { return first }
    let period = block.shared?.period(
      from: startClock.currentStart, to: clock.currentStart)
    let inPeriod = Int(date.number - clock.currentStart)
    for place in block.meters.indices {
      guard sumUp(&block, place, counts, first, inPeriod, period, &count) else {
        return first
      }
      if count == 0 {
        return admitLimitDay(&block, counts, first, costs) ? first + 1 : first
      }
    }
    keepWithinBudgets(&block, &count)
    guard count > 0, addColumns(&block, counts, first..<first + count),
      commit(&block, counts, first..<first + count, costs)
    else { return first }
    return first + count
  }

  /// Books days that are summed and priced; false, with nothing changed, when that would leave the range of
  /// numbers.
  mutating func commit(
    _ block: inout DayBlock, _ counts: UnsafeBufferPointer<Int64>, _ days: Range<Int>,
    _ costs: UnsafeMutableBufferPointer<Int64>
  ) -> Bool {
    // Days are counted from a start and at most 31, so that no range of them is reversed.
    let (first, count) = (days.lowerBound, days.count)
    guard reserve(&block, days: count) else { return false }
    for day in first..<first + count { costs[day] = 0 }
    for place in block.meters.indices where block.meters[place].live > 0 {
      let cost = block.meters[place].cost
      for day in 0..<count { costs[first + day] &+= cost[day + 1] &- cost[day] }
    }
    spend(&block, days: count)
    for place in block.meters.indices where block.meters[place].live > 0 {
      if sharedMeters & (1 << UInt64(block.meters[place].meter)) != 0 {
        split(&block, place, counts, days)
      } else {
        bookTogether(&block, place, days: count)
      }
      settle(&block, place, days: count)
    }
    tally(&block)
    return true
  }

  /// Finds the columns of which PostHog drops all now, and shortens the days up to the first on which it drops
  /// more; false when something is for the careful path.
  private mutating func findDropped(_ block: inout DayBlock, _ today: Int32, _ count: inout Int)
    -> Bool
  {
    var dropping: UInt64 = 0
    for place in block.meters.indices {
      let meter = block.meters[place].meter
      let flags = meters[meter].flags.subtracting(.limited)
      if !flags.isEmpty { return false }
      guard hasLimits, !isHistory else { continue }
      let from = limits[meter].from
      if from <= clock.now {
        dropping |= 1 << UInt64(meter)
      } else if from != .max {
        // Days of grace end with a day.
        count = min(count, Int(Timestamp(microseconds: from).day.number - today))
      }
    }
    if !isHistory {
      for place in block.budgets.indices where budgetRules[block.budgets[place]].blocksAll {
        return false
      }
    }
    for column in block.columns.indices {
      block.columns[column].isDropped = block.columns[column].touched & dropping != 0
    }
    return count > 0
  }

  /// Adds up and prices a meter's units by day, or takes them from an account before; shortens the days up to
  /// the one on which it reaches its limit. False when something is for the careful path.
  private mutating func sumUp(
    _ block: inout DayBlock, _ place: Int, _ counts: UnsafeBufferPointer<Int64>, _ first: Int,
    _ inPeriod: Int, _ period: Int?, _ count: inout Int
  ) -> Bool {
    let parts = block.meters.base + place
    parts.pointee.usage = block.usage.base + place * DayBlock.stride
    parts.pointee.cost = block.cost.base + place * DayBlock.stride
    parts.pointee.live = countLive(&block, place)
    if parts.pointee.live == 0 { return true }
    let meter = parts.pointee.meter
    // Who begins a package pays it: of classes that are told apart, the careful way says which.
    if parts.pointee.isPackaged, sharedMeters & (1 << UInt64(meter)) != 0 { return false }
    let isAll = parts.pointee.live == parts.pointee.endPart - parts.pointee.firstPart
    if let shared = block.shared, let period, parts.pointee.shared >= 0, isAll {
      let period = parts.pointee.shared + period
      let days = shared.filled.base + period
      let usage = shared.usage.base + (period * DayBlock.stride + inPeriod)
      let cost = shared.cost.base + (period * DayBlock.stride + inPeriod)
      if days.pointee.from <= inPeriod, inPeriod + count <= days.pointee.to,
        usage[0] == meters[meter].usage
      {
        (parts.pointee.usage, parts.pointee.cost) = (usage, cost)
        keepUnderLimit(&block, place, &count)
        return true
      }
      let goesOn = days.pointee.to == inPeriod && usage[0] == meters[meter].usage
      if days.pointee.to == 0 || goesOn {
        (parts.pointee.usage, parts.pointee.cost) = (usage, cost)
        addUnits(&block, place, counts, first, count)
        guard price(&block, place, &count) else {
          days.pointee = MeterDays.Filled()
          return false
        }
        if days.pointee.to == 0 { days.pointee.from = inPeriod }
        days.pointee.to = inPeriod + count
        keepUnderLimit(&block, place, &count)
        return true
      }
    }
    addUnits(&block, place, counts, first, count)
    keepUnderLimit(&block, place, &count)
    return count == 0 || price(&block, place, &count)
  }

  /// How many columns of a meter are not dropped.
  private mutating func countLive(_ block: inout DayBlock, _ place: Int) -> Int {
    let parts = block.meters[place]
    if !hasLimits { return parts.endPart - parts.firstPart }
    var count = 0
    for part in parts.firstPart..<parts.endPart
    where !block.columns[block.parts[part].column].isDropped {
      count += 1
    }
    return count
  }

  /// Shortens the days up to the one on which a meter reaches its limit.
  private mutating func keepUnderLimit(_ block: inout DayBlock, _ place: Int, _ count: inout Int) {
    let parts = block.meters[place]
    guard hasLimits, limits[parts.meter].from == .max,
      parts.usage[count] >= limits[parts.meter].units
    else { return }
    let end = limits[parts.meter].units
    count = (0..<count).first { parts.usage[$0 + 1] >= end } ?? count
  }

  /// Adds up a meter's units by day. What overflows is found before anything is booked: ``price(_:_:_:)``
  /// takes no sum out of range, and ``reserve(_:days:)`` none that is not what the columns bring.
  private mutating func addUnits(
    _ block: inout DayBlock, _ place: Int, _ counts: UnsafeBufferPointer<Int64>, _ first: Int,
    _ count: Int
  ) {
    let parts = block.meters[place]
    let usage = parts.usage
    for day in 0...count { usage[day] = 0 }
    for part in parts.firstPart..<parts.endPart {
      let part = block.parts[part]
      let column = block.columns.base + part.column
      guard !column.pointee.isDropped, let base = counts.baseAddress else { continue }
      let kept = base + column.pointee.firstKept + first
      if part.units == 1 {
        for day in 0..<count { usage[day + 1] &+= kept[day] }
      } else {
        for day in 0..<count { usage[day + 1] &+= kept[day] &* part.units }
      }
    }
    var sum = meters[parts.meter].usage
    usage[0] = sum
    for day in 0..<count {
      sum &+= usage[day + 1]
      usage[day + 1] = sum
    }
  }

  /// Prices a meter at the end of each day, up to the day that comes to an unknown price; false when that is
  /// the first, or too much to be sure of the sums.
  mutating func price(_ block: inout DayBlock, _ place: Int, _ count: inout Int) -> Bool {
    if block.meters[place].live == 0 { return true }
    let meter = block.meters[place].meter
    let (usage, cost) = (block.meters[place].usage, block.meters[place].cost)
    var segment = segments.base + Int(meters[meter].segment)
    guard let before = usage[0] == 0 ? 0 : segment.pointee.price.cost(of: usage[0]) else {
      return false
    }
    cost[0] = before
    var day = 0
    while day < count {
      if usage[day + 1] > segment.pointee.price.upTo {
        while usage[day + 1] > segment.pointee.price.upTo { segment += 1 }
        if segment.pointee.isUnknown {
          count = day
          return day > 0
        }
      }
      let price = segment.pointee.price
      if price.step != 1 {
        guard let sum = usage[day + 1] == 0 ? 0 : price.cost(of: usage[day + 1]) else {
          return false
        }
        cost[day + 1] = sum
        day += 1
        continue
      }
      while day < count, usage[day + 1] <= price.upTo {
        cost[day + 1] = price.base &+ (usage[day + 1] &- price.origin) &* price.unit
        if usage[day + 1] == 0 { cost[day + 1] = 0 }
        day += 1
      }
    }
    // Costs never fall, so that of all is the largest.
    guard usage[count] >= 0, usage[count] <= AdapterCore.most,
      let last = usage[count] == 0 ? 0 : segment.pointee.price.cost(of: usage[count])
    else { return false }
    return last <= AdapterCore.most
  }

  private mutating func settle(_ block: inout DayBlock, _ place: Int, days count: Int) {
    let meter = block.meters[place].meter
    let cost = block.meters[place].cost
    meters[meter].usage = block.meters[place].usage[count]
    meters[meter].cost &+= cost[count] &- cost[0]
    if meters[meter].usage > meters[meter].quiet { settleMeter(meter) }
  }
}
