package import GenOpsGovernance
package import GenOpsHistory
import GenOpsMetering
package import GenOpsUnits

extension OpeningBalance {
  /// What a history knows of the days `[from, to)`, which came before the first day asked about. A meter
  /// of which a day is unknown gets the mean of the ``UsageSeries/recentDays`` before `to`, with a finding;
  /// one of which no day is known is unknown.
  package init(
    _ history: UsageHistory, from: CalendarDay, to: CalendarDay, at location: SourceLocation?,
    _ findings: inout Findings
  ) {
    self = .nothing
    previous = [:]
    var incomplete: [String] = []
    for meter in history.meters {
      var sum: Int64?
      for series in history.series where series.meter == meter {
        let days = from.distance(to: to)
        let (units, missing) = series.sum(from: from, to: to)
        if missing > 0 { incomplete.append(series.label) }
        guard missing < days else { continue }
        let mean = series.recentDay(before: to)
        // Not negative, and 10^18 can be converted.
        let all = min(1e18, max(0, units + mean * Double(missing)).rounded())
        sum = (sum ?? 0).addingClamped(Int64(all))
      }
      current[meter] = sum
    }
    if let first = incomplete.first {
      findings.warning(
        "unknown-opening",
        "\(first)\(incomplete.count > 1 ? " and \(incomplete.count - 1) more" : "") is not known on "
          + "every day of \(from) to \(to.advanced(by: -1)), in the running billing period: the mean of the "
          + "\(UsageSeries.recentDays) days before is taken for those",
        help: "export those days too, or add: \(OpeningBalance.line(history, from: from, to: to))",
        at: location)
    }
  }

  /// The line that says what was used on the days `[from, to)`: of every meter, because those that it does
  /// not name are none. Where the history tells nothing, numbers to be replaced.
  static func line(_ history: UsageHistory, from: CalendarDay, to: CalendarDay) -> String {
    let known = history.meters.compactMap { meter -> String? in
      guard let series = history.total(of: meter) else { return nil }
      let (units, missing) = series.sum(from: from, to: to)
      let near = missing < from.distance(to: to) ? to : series.end
      let all = min(1e15, max(0, units + series.recentDay(before: near) * Double(missing)))
      return all >= 1 ? "\(meter.id): \(Int64(rounding: all))" : nil
    }
    return "opening_usage: {\(known.isEmpty ? "events: 1200000" : known.joined(separator: ", "))}"
  }
}
