import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsUnits

extension OpeningBalance {
  /// What a history knows of the days `[from, to)`, which came before the first day asked about. A meter
  /// of which a day is unknown gets the mean of its others, with a finding; one of which no day is known
  /// is unknown.
  init(
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
        // At least one day is known, and 10^18 can be converted.
        let all = min(1e18, max(0, units * Double(days) / Double(days - missing)).rounded())
        sum = (sum ?? 0).addingClamped(Int64(all))
      }
      current[meter] = sum
    }
    if let first = incomplete.first {
      findings.warning(
        "unknown-opening",
        "\(first)\(incomplete.count > 1 ? " and \(incomplete.count - 1) more" : "") is not known on "
          + "every day of \(from) to \(to.advanced(by: -1)), when the billing period began: the other "
          + "days' mean is taken",
        help: "export those days too, or add: opening_usage: {events: 1200000}",
        at: location)
    }
  }
}
