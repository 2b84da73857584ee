/// Makes whole numbers of amounts that come one after the other, and carries what rounding leaves to the next: the
/// sum of any number of them is that of the amounts to half a unit. Each by itself to the nearest would make 0 a
/// year of 0.4 a day.
package struct CarriedAmount: Sendable {
  /// What the numbers so far lack of the amounts, -0.5 …< 0.5.
  private var rest = 0.0

  /// Begins without a rest.
  package init() {}

  /// The next whole number; 0 for an amount of 0 or less and for what is not a number. Held at 10¹⁵, up to which a
  /// `Double` counts by ones.
  package mutating func next(_ amount: Double) -> Int64 {
    guard amount > 0 else { return 0 }
    let wanted = min(amount, 1e15) + rest
    // At most 10^15 + 1, and not below 0 as `rest` is at least -0.5, so the conversion cannot fail.
    let whole = Int64(wanted + 0.5)
    rest = wanted - Double(whole)
    return whole
  }
}

/// The part of counts that come one after the other which a share is, in whole numbers: of any number of them
/// together the share to half a unit, and never more than a count or less than nothing of it.
package struct CarriedShare: Sendable {
  private let share: Double
  private var all = 0.0
  private var taken: Int64 = 0

  /// `share` is held within 0…1.
  package init(_ share: Double) { self.share = share > 0 ? min(1, share) : 0 }

  /// The part of the next count, which is at least 0 and at most 10¹⁵.
  package mutating func next(_ count: Int64) -> Int64 {
    all += Double(count)
    // A period has at most 3,660 days of 10^15 each, which is below the end of Int64.
    let part = min(count, Int64(all * share + 0.5) - taken)
    taken += max(0, part)
    return max(0, part)
  }
}
