import GenOpsMetering
import GenOpsUnits

/// What all series come to, day by day.
struct DayTotals {
  let first: CalendarDay
  /// Units of all meters together: only whether there are any counts.
  private var totals: [Double]
  private let series: [UsageSeries]
  private let mainMeters: Set<Meter>

  /// Of `series` over `days`, in which they lie.
  init(_ series: [UsageSeries], _ days: ClosedRange<CalendarDay>) {
    first = days.lowerBound
    self.series = series
    mainMeters = MainMeters.of(series)
    totals = [Double](
      repeating: 0, count: days.lowerBound.distance(to: days.upperBound) + 1)
    for one in series {
      let offset = first.distance(to: one.start)
      for (index, value) in one.values.enumerated() where value.isFinite {
        totals[offset + index] += value
      }
    }
  }

  /// Whether any series has a value on one of the days, zero or not.
  func hasValue(from: CalendarDay, to: CalendarDay) -> Bool {
    series.contains { one in
      one.values.indices.contains { index in
        let day = one.start.advanced(by: index)
        return day >= from && day <= to && !one.values[index].isNaN
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

  /// The days at the end of `used` that are zero on every main meter, of which there are several, and the
  /// first of them that did not come before: they are not counted yet, whatever else is. Nil when there
  /// are none, or when such a silence is usual.
  func paddedEnd(_ used: ClosedRange<CalendarDay>) -> (first: CalendarDay, meters: [Meter])? {
    let meters = Meter.allCases.filter { meter in
      mainMeters.contains(meter)
        && series.contains { $0.meter == meter && $0.values.contains { $0 > 0 } }
    }
    guard meters.count > 1 else { return nil }
    let count = used.lowerBound.distance(to: used.upperBound) + 1
    let silent = (0..<count).map { index in
      let day = used.lowerBound.advanced(by: index)
      return meters.allSatisfy { units(of: $0, on: day) == 0 }
    }
    let end = silent.reversed().prefix { $0 }.count
    let before = silent.dropLast(end)
    let usual = before.split(separator: false).map(\.count).max() ?? 0
    guard end > usual, before.count >= 10 else { return nil }
    return (used.lowerBound.advanced(by: before.count), meters)
  }

  /// What all projects have; nil when nothing is known of it.
  private func units(of meter: Meter, on day: CalendarDay) -> Double? {
    let known = series.filter { $0.meter == meter }.compactMap { $0[day] }
    return known.isEmpty ? nil : known.reduce(0, +)
  }

  /// Whether every main meter that was in steady use has less than half of its least day of the two weeks
  /// before.
  func isPartial(_ day: CalendarDay, since start: CalendarDay) -> Bool {
    var judged = 0
    for meter in mainMeters {
      let before = (1...14).map { day.advanced(by: -$0) }.filter { $0 >= start }
        .compactMap { units(of: meter, on: $0) }
      guard before.count >= 10, let least = before.min(), least > 0 else { continue }
      judged += 1
      guard let value = units(of: meter, on: day), value < least / 2 else { return false }
    }
    return judged > 0
  }
}
