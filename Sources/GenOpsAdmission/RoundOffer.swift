package import GenOpsUnits

/// Items alike that are offered again and again: in each of some equal rounds, or all together in so many
/// parts.
package struct RoundOffer: Sendable, Hashable {
  package var item: ItemID
  /// How many there are that survive sampling; less than 1 is nothing.
  package var kept: Int64
  /// The UTC day of the items' own timestamp.
  package var eventDay: CalendarDay

  /// `kept` counts those that survive sampling.
  package init(_ item: ItemID, kept: Int64, eventDay: CalendarDay) {
    self.item = item
    self.kept = kept
    self.eventDay = eventDay
  }
}

/// What some rounds bring a meter or a budget to, summed while the core looks at them.
struct RoundSum: BitwiseCopyable {
  /// Units or nano-units of all parts together.
  var total: Int64 = 0
  /// By how much the parts of a whole differ from each other at most: one item of each offer.
  var slack: Int64 = 0
  /// What has to be left over in any case.
  var spare: Int64 = 0
  /// How many offers there are.
  var offers: Int32 = 0
  /// The most that the least of them may bring a budget to.
  var bound: Int64 = .max

  mutating func add(_ each: Int64, times count: Int64) {
    total = total.addingClamped(each.multipliedClamped(by: count))
    slack = slack.addingClamped(each)
    offers &+= 1
  }

  /// How many of `parts` rounds surely stay within `room`; `Int64.max` when nothing is added or there is no
  /// bound.
  func rounds(within room: Int64, parts: Int64) -> Int64 {
    // Beyond this lies no bound: no count or amount comes so far.
    if total <= 0 || room > 1 << 61 { return .max }
    let free = room.subtractingClamped(spare.addingClamped(parts > 1 ? slack : 0))
    if free < 0 { return 0 }
    let (scaled, overflow) = free.multipliedReportingOverflow(by: parts)
    return overflow ? free / total : scaled / total
  }
}
