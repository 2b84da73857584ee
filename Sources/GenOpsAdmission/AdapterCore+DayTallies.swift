import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// What days that are admitted together come to by usage class.
extension AdapterCore {
  /// Adds up what each column brings on some days; false when a count is out of range. A sum that overflows
  /// has such a count in it, so it is not used.
  mutating func addColumns(
    _ block: inout DayBlock, _ counts: UnsafeBufferPointer<Int64>, _ days: Range<Int>
  ) -> Bool {
    guard let base = counts.baseAddress else { return false }
    for index in block.columns.indices {
      let column = block.columns.base + index
      let all = base + column.pointee.first
      var sum: Int64 = 0
      // All counts at once: any that is negative or too large leaves its bit here.
      var bits: Int64 = 0
      for day in days {
        sum &+= all[day]
        bits |= all[day]
      }
      var kept = sum
      if column.pointee.firstKept != column.pointee.first {
        let survivors = base + column.pointee.firstKept
        kept = 0
        for day in days {
          kept &+= survivors[day]
          bits |= survivors[day] | (all[day] &- survivors[day])
        }
      }
      if bits < 0 || bits > AdapterCore.mostOfDay { return false }
      column.pointee.count = sum
      column.pointee.kept = kept
      column.pointee.sent = column.pointee.isDropped ? 0 : kept
    }
    return true
  }

  /// The most items of a column and day: 31 of them stay under 2⁵⁵.
  private static var mostOfDay: Int64 { 1 << 50 }

  /// Takes the days' share of the range of all counters; false, with nothing changed, when it does not fit, or
  /// a meter's units are not what its columns bring.
  mutating func reserve(_ block: inout DayBlock, days count: Int) -> Bool {
    var newCounted = counted
    var newMoved = moved
    for index in block.columns.indices {
      newCounted = newCounted.addingClamped(block.columns[index].count)
    }
    for place in block.meters.indices where block.meters[place].live > 0 {
      let units = sentUnits(&block, place)
      let usage = block.meters[place].usage
      if units != usage[count] &- usage[0] { return false }
      let cost = block.meters[place].cost
      newCounted = newCounted.addingClamped(units)
      newMoved = newMoved.addingClamped(cost[count] &- cost[0])
    }
    guard newCounted <= AdapterCore.ceiling, newMoved <= AdapterCore.ceiling else { return false }
    counted = newCounted
    moved = newMoved
    return true
  }

  /// Counts the items of the days.
  mutating func tally(_ block: inout DayBlock) {
    for index in block.columns.indices {
      let column = block.columns[index]
      let tally = usageClasses.base + Int(column.usageClass)
      tally.pointee.tally.sampled &+= column.count &- column.kept
      tally.pointee.tally.refused &+= column.kept &- column.sent
      tally.pointee.tally.dropped &+= column.kept &- column.sent
      tally.pointee.tally.sent &+= column.sent
      tally.pointee.tally.units &+= column.sent &* column.firstUnits
    }
  }

  /// Books what a meter costs on the first of its columns, where nothing tells them apart.
  mutating func bookTogether(_ block: inout DayBlock, _ place: Int, days count: Int) {
    let parts = block.meters[place]
    let cost = block.meters[place].cost
    for part in parts.firstPart..<parts.endPart {
      let column = block.columns[block.parts[part].column]
      if column.sent == 0 { continue }
      usageClasses[Int(column.usageClass)].tally.cost &+= cost[count] &- cost[0]
      return
    }
  }
}
