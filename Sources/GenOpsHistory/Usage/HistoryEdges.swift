import GenOpsMetering
import GenOpsUnits

/// Days at the edges of exports that are in a file and say nothing: today's zeros, the padded end of a
/// billing period, a day that is not over, a stray day years away. They are unknown, not zero.
enum HistoryEdges {
  /// The exports without those days. Whether a day is zero on every meter is asked of all exports of the
  /// same days together: the pages of an answer are one export.
  static func cut(_ exports: [UsageExport], _ findings: inout Findings) -> [UsageExport] {
    var cut = exports
    var done: Set<Int> = []
    for (index, export) in exports.enumerated() where !export.keepsEdges && !done.contains(index) {
      guard let days = export.days else { continue }
      let alike = exports.indices.filter { !exports[$0].keepsEdges && exports[$0].days == days }
      done.formUnion(alike)
      let totals = DayTotals(alike.flatMap { exports[$0].series }, days)
      let isCounted = alike.contains { exports[$0].isCounted }
      guard let known = known(totals, days, isCounted: isCounted, &findings) else { continue }
      for place in alike {
        cut[place].series = exports[place].series.compactMap { $0.cut(to: known) }
      }
    }
    return cut
  }

  /// The days of which the exports say something; nil when nothing was used on any.
  private static func known(
    _ totals: DayTotals, _ days: ClosedRange<CalendarDay>, isCounted: Bool,
    _ findings: inout Findings
  ) -> ClosedRange<CalendarDay>? {
    guard let used = totals.used() else { return nil }
    var span = used
    if let stray = totals.withoutStrays(used) {
      span = stray.kept
      findings.warning(
        "stray-days", "\(stray.text) more than a year from all other days; it is left out",
        help: "check the dates, or remove the rows")
    } else {
      note(totals, from: days.lowerBound, to: span.lowerBound.advanced(by: -1), &findings)
      note(totals, from: span.upperBound.advanced(by: 1), to: days.upperBound, &findings)
    }
    if !isCounted, let padded = totals.paddedEnd(span) {
      let isOne = padded.first == span.upperBound
      findings.warning(
        "unknown-days",
        "\(padded.first)\(isOne ? " is" : " to \(span.upperBound) are") zero on "
          + padded.meters.map(\.id).joined(separator: ", ")
          + ", which are nearly all of the cost: taken as unknown, not as zero",
        help:
          "export again when those days are counted; where the usage has ended, say it under changes:"
      )
      // At least ten days are before those.
      span = span.lowerBound...padded.first.advanced(by: -1)
    }
    if totals.isPartial(span.upperBound, since: span.lowerBound) {
      findings.warning(
        "partial-day",
        "\(span.upperBound) has less than half of every other day on every meter: taken as a day "
          + "that is not over", help: "export again when the day is over")
      // Ten days before the last are known, so the day before it is not before the first.
      span = span.lowerBound...span.upperBound.advanced(by: -1)
    }
    return span
  }

  /// Says that days at an edge are zero on every meter, or have no value.
  private static func note(
    _ totals: DayTotals, from first: CalendarDay, to last: CalendarDay, _ findings: inout Findings
  ) {
    guard first <= last else { return }
    let isOne = first == last
    let days = isOne ? "\(first)" : "\(first) to \(last)"
    guard totals.hasValue(from: first, to: last) else {
      findings.note(
        "unknown-days", "\(days) \(isOne ? "has" : "have") no value: taken as unknown, not as zero",
        help: "export again when those days are over")
      return
    }
    findings.note(
      "unknown-days",
      "\(days) \(isOne ? "is" : "are") zero on every meter: taken as unknown, not as zero",
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
    // Where others of the export have days before, PostHog lists a product or project from its first
    // usage on.
    let before = days.lowerBound.distance(to: part.start)
    if before > 0 {
      part.start = days.lowerBound
      part.values.insert(contentsOf: [Double](repeating: 0, count: before), at: 0)
    }
    return part
  }
}
