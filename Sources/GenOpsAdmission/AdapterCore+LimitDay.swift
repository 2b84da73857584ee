import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// The day on which PostHog's limit on a meter is reached, admitted at once.
extension AdapterCore {
  /// Sends what comes before the slice in which the limit is reached and drops the rest; false, with nothing
  /// changed, when more than one meter reaches its limit, or who pays what has to be told.
  mutating func admitLimitDay(
    _ block: inout DayBlock, _ counts: UnsafeBufferPointer<Int64>, _ day: Int,
    _ costs: UnsafeMutableBufferPointer<Int64>
  ) -> Bool {
    guard !isHistory, addColumns(&block, counts, day..<day + 1),
      let reached = limitedMeter(&block)
    else { return false }
    let meter = block.meters[reached].meter
    var dropping: UInt64 = 1 << UInt64(meter)
    if meter == Meter.events.index { dropping |= 1 << UInt64(Meter.groupEvents.index) }
    cut(&block, reached, dropping: dropping)
    var count = 1
    for place in block.meters.indices {
      let usage = block.usage.base + place * DayBlock.stride
      // What is dropped is not what other accounts come to.
      block.meters[place].usage = usage
      block.meters[place].cost = block.cost.base + place * DayBlock.stride
      usage[0] = meters[block.meters[place].meter].usage
      usage[1] = usage[0] &+ sentUnits(&block, place)
      // Those that are dropped are sent no more.
      block.meters[place].live = 1
      guard price(&block, place, &count), count == 1 else { return false }
    }
    keepWithinBudgets(&block, &count)
    guard count == 1, commit(&block, counts, day..<day + 1, costs) else { return false }
    noteLimit(meter)
    settleMeter(meter)
    return true
  }

  /// The place of the one meter that reaches its limit; nil when there are more, or none at once.
  private mutating func limitedMeter(_ block: inout DayBlock) -> Int? {
    var reached: Int?
    for place in block.meters.indices {
      let meter = block.meters[place].meter
      if sharedMeters & (1 << UInt64(meter)) != 0 { return nil }
      let limit = limits[meter]
      guard limit.units != .max, limit.from == .max,
        meters[meter].usage.addingClamped(sentUnits(&block, place)) >= limit.units
      else { continue }
      if reached != nil || limit.graceDays != 0 || meters[meter].usage >= limit.units { return nil }
      reached = place
    }
    return reached
  }

  /// Units of a meter that are sent.
  mutating func sentUnits(_ block: inout DayBlock, _ place: Int) -> Int64 {
    let parts = block.meters[place]
    var units: Int64 = 0
    for part in parts.firstPart..<parts.endPart {
      let part = block.parts[part]
      units = units.addingClamped(
        block.columns[part.column].sent.multipliedClamped(by: part.units))
    }
    return units
  }

  /// Takes away what comes after the item that reaches the limit of a meter: in the slice of that item one
  /// column comes after the other, and the item itself still passes.
  private mutating func cut(_ block: inout DayBlock, _ place: Int, dropping: UInt64) {
    let meter = block.meters[place].meter
    let room = limits[meter].units &- meters[meter].usage
    let sliced = block.sliced.base
    var (count, all) = (0, Int64(0))
    for index in block.columns.indices {
      let column = block.columns[index]
      if column.isDropped || column.touched & dropping == 0 { continue }
      sliced[count] = SlicedColumn(
        column: index, usageClass: Int(column.usageClass), units: units(&block, place, of: index),
        slices: DaySlices(of: column.count, kept: column.kept))
      all &+= sliced[count].units &* column.kept
      count += 1
    }
    let slice = sliced.lastSlice(count, from: 0, room: room &- 1, all: all)
    var left = room
    for index in 0..<count {
      sliced[index].done = sliced[index].slices.survivors(before: slice)
      left &-= sliced[index].done &* sliced[index].units
    }
    for index in 0..<count {
      if left > 0 {
        let units = sliced[index].units
        let part = sliced[index].slices.survivors(before: slice + 1) &- sliced[index].done
        let passes = units == 0 ? part : min(part, left / units + (left % units == 0 ? 0 : 1))
        sliced[index].done &+= passes
        left &-= passes &* units
      }
      block.columns[sliced[index].column].sent = sliced[index].done
    }
  }

  /// Units of a column's items on a meter.
  private mutating func units(_ block: inout DayBlock, _ place: Int, of column: Int) -> Int64 {
    let parts = block.meters[place]
    for part in parts.firstPart..<parts.endPart where block.parts[part].column == column {
      return block.parts[part].units
    }
    return 0
  }
}
