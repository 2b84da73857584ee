package import GenOpsMetering
package import GenOpsUnits

/// What was used, day by day: the recorded input of every forecast.
///
/// Read from PostHog's own exports or from any other daily numbers; see ``HistorySources``. What
/// could not be read is in ``findings``, each with its place in the file.
package struct UsageHistory: Sendable {
  /// At most one series for each meter and project; meters in the order of the table, the
  /// organization before its projects, projects by name.
  package var series: [UsageSeries]
  package var findings: Findings

  package init(series: [UsageSeries] = [], findings: Findings = Findings()) {
    self.series = series
    self.findings = findings
  }

  /// The meters that have a series, in the order of the table.
  package var meters: [Meter] {
    Meter.allCases.filter { meter in series.contains { $0.meter == meter } }
  }

  /// The first day of the longest reaching series; nil without any.
  package var firstDay: CalendarDay? { series.map(\.start).min() }
  /// The last day that any series reaches; nil without any.
  package var lastDay: CalendarDay? { series.map(\.end).max()?.advanced(by: -1) }

  /// The usage of the whole organization on `meter`, nil when the history does not have it.
  ///
  /// An organization's own row wins over the sum of its projects, which would count it twice. A
  /// project counts as zero outside the days its series covers, because PostHog lists a project
  /// only from its first usage on; a missing day inside a series makes that day missing.
  package func total(of meter: Meter) -> UsageSeries? {
    let parts = series.filter { $0.meter == meter }
    if let whole = parts.first(where: { $0.project == nil }) { return whole }
    guard let start = parts.map(\.start).min(), let end = parts.map(\.end).max() else {
      return nil
    }
    var values = [Double](repeating: 0, count: start.distance(to: end))
    for part in parts {
      let offset = start.distance(to: part.start)
      for (index, value) in part.values.enumerated() { values[offset + index] += value }
    }
    return UsageSeries(meter: meter, start: start, values: values)
  }
}
