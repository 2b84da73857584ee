/// A day's items in equal parts: each usage class has its part of every minute, so that none comes with all of
/// its day before another.
enum DaySlices {
  /// The minutes of a day. In hours, the projects of a budget that ends in the first week of a month would
  /// still differ by one percent with their order.
  static let count = 1440

  /// How many of `count` items come before a slice, `0...1440`: the slices differ by one item at most, and
  /// together they are all. `count` is not negative.
  static func items(of count: Int64, before slice: Int) -> Int64 {
    let (whole, rest) = count.quotientAndRemainder(dividingBy: Int64(DaySlices.count))
    return whole * Int64(slice) + rest * Int64(slice) / Int64(DaySlices.count)
  }

  /// How many of the first `items` survive where `kept` of all `count` do: never more than there are in any
  /// slice.
  static func survivors(_ kept: Int64, of count: Int64, among items: Int64) -> Int64 {
    guard kept < count else { return items }
    // The product is at most `kept` · `count`, so the quotient is at most `kept` and fits.
    return count.dividingFullWidth(items.multipliedFullWidth(by: max(0, kept))).quotient
  }
}
