import GenOpsMetering
import GenOpsUnits

extension UsageHistory {
  /// The history without days that are in the file and say nothing: today's zeros, the padded end of a
  /// billing period, a day that is not over, a stray day years away. They are unknown, not zero.
  package func knownDays() -> UsageHistory {
    guard let first = firstDay, let last = lastDay else { return self }
    let days = DayTotals(series, first: first, last: last)
    guard let used = days.used() else { return self }
    var known = self
    var span = used
    if let stray = days.withoutStrays(used) {
      span = stray.kept
      known.findings.warning(
        "stray-days", "\(stray.text) more than a year from all other days; it is left out",
        help: "check the dates, or remove the rows")
    } else {
      note(&known.findings, from: first, to: span.lowerBound.advanced(by: -1))
      note(&known.findings, from: span.upperBound.advanced(by: 1), to: last)
    }
    if days.isPartial(span.upperBound, since: span.lowerBound) {
      known.findings.warning(
        "partial-day",
        "\(span.upperBound) has less than half of every other day on every meter: taken as a day "
          + "that is not over", help: "export again when the day is over")
      // Ten days before the last are known, so the day before it is not before the first.
      span = span.lowerBound...span.upperBound.advanced(by: -1)
    }
    known.series = series.compactMap { $0.cut(to: span) }
    return known
  }

  /// Says that days at an edge are zero on every meter; nothing of days without any value, of which
  /// the reader of the file has told.
  private func note(
    _ findings: inout Findings, from first: CalendarDay, to last: CalendarDay
  ) {
    guard first <= last, series.contains(where: { $0[first] != nil || $0[last] != nil }) else {
      return
    }
    let text = first == last ? "\(first) is" : "\(first) to \(last) are"
    findings.note(
      "unknown-days", "\(text) zero on every meter: taken as unknown, not as zero",
      help: "PostHog lists days that are not counted yet as zero")
  }
}

extension UsageSeries {
  /// The part within `days`; nil when nothing lies there.
  fileprivate func cut(to days: ClosedRange<CalendarDay>) -> UsageSeries? {
    let from = max(0, start.distance(to: days.lowerBound))
    let to = min(values.count, start.distance(to: days.upperBound) + 1)
    // Both ends lie within the values, and an empty part is refused.
    guard from < to else { return nil }
    var part = self
    part.start = start.advanced(by: from)
    part.values = Array(values[from..<to])
    return part
  }
}

/// What all series come to, day by day.
private struct DayTotals {
  let first: CalendarDay
  /// Units of all meters together: only whether there are any counts.
  private var totals: [Double]
  private let series: [UsageSeries]

  init(_ series: [UsageSeries], first: CalendarDay, last: CalendarDay) {
    self.first = first
    self.series = series
    totals = [Double](repeating: 0, count: first.distance(to: last) + 1)
    for one in series {
      let offset = first.distance(to: one.start)
      for (index, value) in one.values.enumerated() where value.isFinite {
        totals[offset + index] += value
      }
    }
  }

  /// From the first to the last day on which anything was used; nil when nothing was.
  func used() -> ClosedRange<CalendarDay>? {
    guard let from = totals.firstIndex(where: { $0 > 0 }),
      let to = totals.lastIndex(where: { $0 > 0 })
    else { return nil }
    // The last day is found after the first.
    return first.advanced(by: from)...first.advanced(by: to)
  }

  /// The days without those that a year of nothing keeps apart, when they are few; nil when there are
  /// none.
  func withoutStrays(_ used: ClosedRange<CalendarDay>) -> (
    kept: ClosedRange<CalendarDay>, text: String
  )? {
    let days = totals.indices.filter { totals[$0] > 0 }
    var groups: [[Int]] = [[]]
    for day in days {
      if let last = groups[groups.count - 1].last, day - last > 366 { groups.append([]) }
      groups[groups.count - 1].append(day)
    }
    guard groups.count > 1, let main = groups.max(by: { $0.count < $1.count }),
      let from = main.first, let to = main.last, days.count - main.count <= max(3, days.count / 20)
    else { return nil }
    let strays = days.filter { $0 < from || $0 > to }.map { first.advanced(by: $0) }
    let named = strays.prefix(3).map(\.description).joined(separator: ", ")
    let text = strays.count == 1 ? "\(named) lies" : "\(strays.count) days (\(named)) lie"
    // The days of a group are in order.
    return (first.advanced(by: from)...first.advanced(by: to), text)
  }

  /// Whether every meter that was in steady use has less than half of its least day of the two weeks
  /// before.
  func isPartial(_ day: CalendarDay, since start: CalendarDay) -> Bool {
    var judged = 0
    for meter in Set(series.map(\.meter)) {
      let parts = series.filter { $0.meter == meter }
      func units(_ day: CalendarDay) -> Double? {
        let known = parts.compactMap { $0[day] }
        return known.isEmpty ? nil : known.reduce(0, +)
      }
      let before = (1...14).map { day.advanced(by: -$0) }.filter { $0 >= start }.compactMap(units)
      guard before.count >= 10, let least = before.min(), least > 0 else { continue }
      judged += 1
      guard let value = units(day), value < least / 2 else { return false }
    }
    return judged > 0
  }
}
