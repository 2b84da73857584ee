import GenOpsIngestion
import GenOpsUnits

/// Says which days of a joined history have no value: gaps, and days that other series have.
enum UnknownDays {
  /// A tenth of the days is more than an oversight.
  private static let many = 0.1

  static func tell(of series: [UsageSeries]) -> Findings {
    guard let first = series.map(\.start).min(), let end = series.map(\.end).max(), first < end
    else { return Findings() }
    let days = first.distance(to: end)
    var order: [[Range<Int>]] = []
    var labels: [[Range<Int>]: [String]] = [:]
    for one in series {
      let unknown = ranges(of: one, from: first, count: days)
      guard !unknown.isEmpty else { continue }
      if labels[unknown] == nil { order.append(unknown) }
      labels[unknown, default: []].append(one.label)
    }
    // Of thousands of projects each may have gaps of its own.
    var findings = RepeatedFindings()
    for unknown in order {
      let names = labels[unknown] ?? []
      let count = unknown.reduce(0) { $0 + $1.count }
      let texts = unknown.map { text(first, $0) }
      let shown = texts.count > 3 ? texts.prefix(2) + ["\(texts.count - 2) more times"] : texts[...]
      let isMuch =
        Double(count) > many * Double(days) || unknown.contains { $0.upperBound == days }
      findings.add(
        isMuch ? .warning : .note, "unknown-days",
        (names.count == series.count
          ? "nothing is known"
          : names.prefix(3).joined(separator: ", ")
            + (names.count > 3
              ? " and \(names.count - 3) more are" : names.count == 1 ? " is" : " are")
            + " not known") + " of \(shown.joined(separator: ", ")) (\(count) "
          + (count == 1 ? "day" : "days") + "): taken as unknown, not as zero",
        help: "export those days too; where nothing was used, give zeros")
    }
    return findings.finished()
  }

  /// The unknown days of `series`, counted from `first`.
  private static func ranges(of series: UsageSeries, from first: CalendarDay, count: Int)
    -> [Range<Int>]
  {
    var ranges: [Range<Int>] = []
    var start: Int?
    for index in 0..<count {
      if series[first.advanced(by: index)] == nil {
        start = start ?? index
      } else if let from = start {
        ranges.append(from..<index)
        start = nil
      }
    }
    if let from = start { ranges.append(from..<count) }
    return ranges
  }

  private static func text(_ first: CalendarDay, _ days: Range<Int>) -> String {
    let from = first.advanced(by: days.lowerBound)
    return days.count == 1 ? "\(from)" : "\(from) to \(first.advanced(by: days.upperBound - 1))"
  }
}
