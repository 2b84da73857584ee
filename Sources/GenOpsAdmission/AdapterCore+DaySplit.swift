import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// Who pays which price on days that are admitted together.
extension AdapterCore {
  /// Splits what a meter costs between its columns. Days within a tier are booked together; a day that passes
  /// one is looked at slice by slice.
  ///
  /// Units never fall from day to day, and ``reserve(_:days:)`` has found all of them and their cost in range:
  /// no range of days or units is reversed, and no part of the sum overflows.
  mutating func split(
    _ block: inout DayBlock, _ place: Int, _ counts: UnsafeBufferPointer<Int64>, _ days: Range<Int>
  ) {
    let usage = block.meters[place].usage
    var segment = meters[block.meters[place].meter].segment
    var from = 0
    for day in 0..<days.count {
      if usage[day + 1] == usage[day] { continue }
      let price = segments[Int(segment)].price
      let isUniform = usage[day] > 0 || price.base == price.origin &* price.unit
      if usage[day + 1] <= price.upTo, isUniform { continue }
      bookAlike(
        &block, place, counts, days.lowerBound + from..<days.lowerBound + day, price.unit)
      let columns = slice(&block, place, counts, days.lowerBound + day)
      splitDay(&block, columns, usage[day]..<usage[day + 1], segment)
      segment = walk(to: usage[day + 1], from: segment)
      from = day + 1
    }
    bookAlike(
      &block, place, counts, days.lowerBound + from..<days.upperBound,
      segments[Int(segment)].price.unit)
  }

  /// Books days on which every unit of a meter costs the same.
  private mutating func bookAlike(
    _ block: inout DayBlock, _ place: Int, _ counts: UnsafeBufferPointer<Int64>,
    _ days: Range<Int>, _ unit: Int64
  ) {
    guard unit != 0, !days.isEmpty, let base = counts.baseAddress else { return }
    let parts = block.meters[place]
    for part in parts.firstPart..<parts.endPart {
      let part = block.parts[part]
      let column = block.columns.base + part.column
      if column.pointee.isDropped { continue }
      let kept = base + column.pointee.firstKept
      var sum: Int64 = 0
      for day in days { sum &+= kept[day] }
      usageClasses[Int(column.pointee.usageClass)].tally.cost &+= sum &* part.units &* unit
    }
  }

  /// Writes a meter's day in slices into the block; returns how many columns it has.
  private mutating func slice(
    _ block: inout DayBlock, _ place: Int, _ counts: UnsafeBufferPointer<Int64>, _ day: Int
  ) -> Int {
    let parts = block.meters[place]
    var count = 0
    for part in parts.firstPart..<parts.endPart {
      let part = block.parts[part]
      let column = block.columns.base + part.column
      if column.pointee.isDropped { continue }
      block.sliced[count] = SlicedColumn(
        column: part.column, usageClass: Int(column.pointee.usageClass), units: part.units,
        slices: DaySlices(
          of: counts[column.pointee.first + day], kept: counts[column.pointee.firstKept + day]))
      count += 1
    }
    return count
  }

  /// Splits a day of a meter whose usage goes from the lower to the upper bound: in each slice, one column
  /// after the other.
  private mutating func splitDay(
    _ block: inout DayBlock, _ columns: Int, _ units: Range<Int64>, _ startSegment: Int32
  ) {
    let sliced = block.sliced.base
    let all = units.upperBound &- units.lowerBound
    var usage = units.lowerBound
    var segment = startSegment
    var slice = 0
    while slice < DaySlices.count {
      let next = walk(to: usage &+ 1, from: segment)
      let price = segments[Int(next)].price
      var end = slice
      // The first unit of a tier may cost more than the next; else all slices up to the tier's end are alike.
      if cost(usage &+ 1, next) &- cost(usage, segment) == price.unit {
        end =
          units.upperBound <= price.upTo
          ? DaySlices.count
          : sliced.lastSlice(
            columns, from: slice, room: price.upTo &- units.lowerBound, all: all)
      }
      for index in 0..<columns where end > slice {
        let done = sliced[index].slices.survivors(before: end)
        let part = (done &- sliced[index].done) &* sliced[index].units
        sliced[index].done = done
        usage &+= part
        usageClasses[sliced[index].usageClass].tally.cost &+= part &* price.unit
      }
      slice = end
      segment = walk(to: usage, from: segment)
      if slice == DaySlices.count { return }
      for index in 0..<columns {
        let done = sliced[index].slices.survivors(before: slice + 1)
        let part = (done &- sliced[index].done) &* sliced[index].units
        if part == 0 { continue }
        sliced[index].done = done
        let before = cost(usage, segment)
        usage &+= part
        segment = walk(to: usage, from: segment)
        usageClasses[sliced[index].usageClass].tally.cost &+= cost(usage, segment) &- before
      }
      slice += 1
    }
  }

  /// What the first units of a meter cost. In range, as the cost of all days is.
  private mutating func cost(_ units: Int64, _ segment: Int32) -> Int64 {
    let price = segments[Int(segment)].price
    return units == 0 ? 0 : price.base &+ (units &- price.origin) &* price.unit
  }
}
