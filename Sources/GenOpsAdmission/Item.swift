public import GenOpsMetering

/// Some items alike that are offered: `count`, of which `kept` survive sampling.
public struct Offer: Sendable, Hashable, BitwiseCopyable {
  public var item: ItemID
  public var count: Int64
  public var kept: Int64

  /// Without `kept` all of them survive.
  public init(_ item: ItemID, count: Int64, kept: Int64? = nil) {
    self.item = item
    self.count = count
    self.kept = kept ?? count
  }
}

/// An item laid out for the quiet path.
struct ItemState: BitwiseCopyable {
  var usageClass: Int32
  /// The next item of the same usage class; -1 for none.
  var next: Int32 = -1
  /// Its meters, in the core's buffer of item touches.
  var firstTouch: Int32
  var endTouch: Int32
  /// The budgets that look at one of its meters, in the core's list of budget positions.
  var firstBudget: Int32 = 0
  var endBudget: Int32 = 0
  /// Its meters by bit.
  var touched: UInt64 = 0
  /// Its meter and units when it is on one meter only, as most are; -1 when it is not.
  var onlyMeter: Int32 = -1
  /// On a meter, not refused for good, and each of its budgets looks at all of its meters.
  var isOrdinary = false
  var onlyUnits: Int64 = 0
}

/// A meter of an item.
struct ItemTouch: BitwiseCopyable {
  var meter: Int = 0
  var units: Int64 = 0
}

extension AdapterCore {
  /// The most items that are kept for one line. Beyond it usage is decided on without being kept,
  /// which is slower, so that traffic with ever new amounts does not grow the core.
  static var itemsPerUsageClass: Int { 64 }

  /// The id of an item of `usageClass` that uses `usage`, the same for equal ones. For hot loops
  /// that send the same over and over; else ``admit(_:usageClass:count:kept:eventDay:at:)`` finds
  /// it.
  public mutating func register(_ usage: Usage, usageClass: UsageClassID) -> ItemID {
    ItemID(number: item(usage, usageClass: usageClass.index))
  }

  /// The item of the usage class that uses `usage`; item 0, laid out anew, when the usage class has
  /// too many.
  mutating func item(_ usage: Usage, usageClass: Int) -> Int32 {
    var number = usageClasses.base[usageClass].firstItem
    while number >= 0 {
      if isItem(number, usage) { return number }
      number = items.base[Int(number)].next
    }
    return layOut(usage, usageClass: usageClass)
  }

  private mutating func isItem(_ number: Int32, _ usage: Usage) -> Bool {
    let item = items.base[Int(number)]
    var touch = Int(item.firstTouch)
    guard Int(item.endTouch) - touch == usage.count else { return false }
    for slot in 0..<usage.count {
      let known = itemTouches.base[touch]
      if known.meter != usage.meterIndex(slot) || known.units != usage.units(slot) { return false }
      touch += 1
    }
    return true
  }

  @inline(never)
  private mutating func layOut(_ usage: Usage, usageClass: Int) -> Int32 {
    let isKept = usageClasses[usageClass].itemCount < AdapterCore.itemsPerUsageClass
    let first = isKept ? itemTouches.count : 0
    var state = ItemState(
      usageClass: Int32(usageClass), firstTouch: Int32(first), endTouch: Int32(first + usage.count))
    for slot in 0..<usage.count {
      let touch = ItemTouch(meter: usage.meterIndex(slot), units: usage.units(slot))
      if isKept { itemTouches.append(touch) } else { itemTouches[slot] = touch }
      state.touched |= 1 << UInt64(touch.meter)
    }
    guard isKept else {
      // Its budgets are the usage class's: all are looked at, and those apart from its meters cost
      // nothing.
      state.firstBudget = usageClasses[usageClass].firstBudget
      state.endBudget = usageClasses[usageClass].endBudget
      items[0] = state
      return 0
    }
    if usage.count == 1 {
      state.onlyMeter = Int32(usage.meterIndex(0))
      state.onlyUnits = usage.units(0)
    }
    state.isOrdinary =
      usage.count > 0 && usageClasses[usageClass].standingRefusal == UsageClassState.admitted
    state.firstBudget = Int32(lineBudgets.count)
    for position in Int(
      usageClasses[usageClass].firstBudget)..<Int(usageClasses[usageClass].endBudget)
    {
      let budget = lineBudgets[position]
      let inside = budgets[Int(budget)].meters & state.touched
      if inside == 0 { continue }
      if inside != state.touched { state.isOrdinary = false }
      lineBudgets.append(budget)
    }
    state.endBudget = Int32(lineBudgets.count)
    state.next = usageClasses[usageClass].firstItem
    let number = Int32(items.count)
    items.append(state)
    usageClasses[usageClass].firstItem = number
    usageClasses[usageClass].itemCount += 1
    return number
  }
}
