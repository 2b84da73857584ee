/// A day's items in equal parts: each usage class has its part of every minute, so that none comes with all of
/// its day before another.
package struct DaySlices: BitwiseCopyable {
  /// The minutes of a day. In hours, the projects of a budget that ends in the first week of a month would
  /// still differ by one percent with their order.
  package static let count = 1440

  /// Items of each slice, and how many are left over.
  private let whole: Int64
  private let rest: Int64
  /// All items of the day, and how many of them survive.
  let all: Int64
  let kept: Int64

  /// A day of `count` items of which `kept` survive; neither is negative.
  init(of count: Int64, kept: Int64) {
    (whole, rest) = count.quotientAndRemainder(dividingBy: Int64(DaySlices.count))
    (all, self.kept) = (count, kept)
  }

  /// How many items come before a slice, `0...1440`: the slices differ by one item at most, and together they
  /// are all.
  @inline(__always)
  func items(before slice: Int) -> Int64 {
    whole * Int64(slice) + rest * Int64(slice) / Int64(DaySlices.count)
  }

  /// How many of those survive.
  @inline(__always)
  func survivors(before slice: Int) -> Int64 {
    kept == all
      ? items(before: slice)
      : DaySlices.survivors(kept, of: all, among: items(before: slice))
  }

  /// How many of `count` items come before a slice, `0...1440`. `count` is not negative.
  package static func items(of count: Int64, before slice: Int) -> Int64 {
    DaySlices(of: count, kept: count).items(before: slice)
  }

  /// How many of the first `items` survive where `kept` of all `count` do: never more than there are in any
  /// slice.
  package static func survivors(_ kept: Int64, of count: Int64, among items: Int64) -> Int64 {
    guard kept < count else { return items }
    // The product is at most `kept` · `count`, so the quotient is at most `kept` and fits.
    return count.dividingFullWidth(items.multipliedFullWidth(by: max(0, kept))).quotient
  }
}

/// A column's part of a day in slices.
struct SlicedColumn: BitwiseCopyable {
  var column: Int
  var usageClass: Int
  /// Units of one item on the meter that is looked at.
  var units: Int64
  var slices: DaySlices
  /// Items of the slices that are done.
  var done: Int64 = 0
}

extension UnsafeMutablePointer<SlicedColumn> {
  /// Units of the first `count` columns before a slice.
  @inline(__always)
  private func units(_ count: Int, before slice: Int) -> Int64 {
    var sum: Int64 = 0
    for index in 0..<count {
      sum &+= self[index].units &* self[index].slices.survivors(before: slice)
    }
    return sum
  }

  /// The slice before which the units of `count` columns still lie within `room`, both from the day's
  /// beginning; `first` where not even its own do. `all` are the day's units, more than `room`.
  func lastSlice(_ count: Int, from first: Int, room: Int64, all: Int64) -> Int {
    // The slices hardly differ, so the bound lies close to its part of the day.
    var (free, over) = (first, DaySlices.count)
    // `room` is less than `all`, so the part lies within the day.
    var guess = Int(Double(Swift.max(0, room)) / Double(all) * Double(DaySlices.count))
    var step = 1
    while over - free > 1 {
      let probe = Swift.min(over - 1, Swift.max(free + 1, guess))
      if units(count, before: probe) <= room {
        free = probe
        guess = probe + step
      } else {
        over = probe
        guess = probe - step
      }
      step *= 2
      if step > over - free { guess = (free + over) / 2 }
    }
    return free
  }
}
