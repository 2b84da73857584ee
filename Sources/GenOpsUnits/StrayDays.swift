/// Which days lie far from all others, as a clock that was never set or a time that was never written
/// makes them: findings, not a span of decades.
package struct StrayDays: Sendable, Hashable {
  /// The days that are kept, from the first to the last; nil when none is credible.
  package let kept: ClosedRange<CalendarDay>?

  /// No service has events of its customers from before, and none can have them from after.
  private static let credible =
    CalendarDay.number(
      year: 2001, month: 1, day: 1)...CalendarDay.number(
      year: 2060, month: 12, day: 31)
  /// PostHog's first year: where two groups of days weigh the same, one from before is the stray.
  private static let first = CalendarDay.number(year: 2020, month: 1, day: 1)

  /// `counts` says how much there is of each day; a day may come more than once.
  ///
  /// Days that more than a month keeps apart are groups, and the one with most is kept. Those behind a
  /// gap of more than a year are strays when they come to no more than three or a twentieth of all;
  /// behind a gap that is longer than what is kept, when they come to no more than a twentieth.
  package init(_ counts: [(day: CalendarDay, count: Int)]) {
    var groups: [Group] = []
    for (day, count) in counts.sorted(by: { $0.day < $1.day })
    where StrayDays.credible.contains(day.number) {
      if let last = groups.last, last.last.distance(to: day) <= 31 {
        groups[groups.count - 1].last = day
        groups[groups.count - 1].count += count
      } else {
        groups.append(Group(first: day, last: day, count: count))
      }
    }
    guard
      var kept = groups.max(by: {
        // Of equal ones the earlier, which `max` takes when neither is less.
        ($0.count, $0.last.number >= StrayDays.first ? 1 : 0)
          < ($1.count, $1.last.number >= StrayDays.first ? 1 : 0)
      })
    else {
      self.kept = nil
      return
    }
    let all = groups.reduce(0) { $0 + $1.count }
    func take(_ side: [Group]) {
      var rest = side.reduce(0) { $0 + $1.count }
      for group in side {
        let gap = max(kept.last.distance(to: group.first), group.last.distance(to: kept.first))
        let few = gap > 366 ? min(max(3, all / 20), kept.count) : all / 20
        if gap > min(366, kept.first.distance(to: kept.last)), rest <= few { return }
        rest -= group.count
        kept.first = min(kept.first, group.first)
        kept.last = max(kept.last, group.last)
        kept.count += group.count
      }
    }
    let main = kept
    take(groups.filter { $0.first > main.last })
    take(groups.filter { $0.last < main.first }.reversed())
    self.kept = kept.first...max(kept.first, kept.last)
  }

  private struct Group {
    var first: CalendarDay
    var last: CalendarDay
    var count: Int
  }
}
