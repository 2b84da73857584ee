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

  /// The exports of `files` as one history, with the findings of reading and of joining them.
  package init(joining files: [UsageFile]) {
    var findings = Findings()
    for file in files { findings.merge(file.findings) }
    self = HistoryJoin.join(files)
    findings.merge(self.findings)
    self.findings = findings
  }

  /// Reads one file; see ``UsageFile/load(path:name:kind:meter:)``.
  package static func load(path: String, name: String) -> UsageHistory {
    UsageHistory(joining: [UsageFile.load(path: path, name: name)])
  }

  /// Reads the content of a file; see ``UsageFile/read(_:name:kind:meter:)``.
  package static func read(
    _ bytes: [UInt8], name: String, kind: String? = nil, meter: Meter? = nil
  ) -> UsageHistory {
    UsageHistory(joining: [UsageFile.read(bytes, name: name, kind: kind, meter: meter)])
  }

  /// The meters that have a series, in the order of the table.
  package var meters: [Meter] {
    Meter.allCases.filter { meter in series.contains { $0.meter == meter } }
  }

  /// The first day of the longest reaching series; nil without any.
  package var firstDay: CalendarDay? { series.map(\.start).min() }
  /// The last day that any series reaches; nil without any.
  package var lastDay: CalendarDay? { series.map(\.end).max()?.advanced(by: -1) }

  /// Whether `day` is known of every series.
  package func isKnown(_ day: CalendarDay) -> Bool {
    !series.isEmpty && series.allSatisfy { $0[day] != nil }
  }

  /// The usage of the whole organization on `meter`, nil when the history does not have it.
  ///
  /// A project counts as zero outside the days its series covers, because PostHog lists a project
  /// only from its first usage on; a missing day inside a series makes that day missing.
  package func total(of meter: Meter) -> UsageSeries? {
    let parts = series.filter { $0.meter == meter }
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

  /// Says where something is more than what it is a part of: two rows are swapped, or one is of
  /// something else.
  mutating func tellSubsets() {
    for part in Meter.allCases {
      guard let whole = part.whole, let some = total(of: part), let all = total(of: whole) else {
        continue
      }
      var days: [CalendarDay] = []
      var known = 0
      for index in some.values.indices {
        let day = some.start.advanced(by: index)
        guard let a = some[day], let b = all[day] else { continue }
        known += 1
        // A day that was counted again may differ by a little.
        if a > max(b * 1.01, b + 1) { days.append(day) }
      }
      guard let first = days.first, days.count * 10 > known, let a = some[first], let b = all[first]
      else { continue }
      findings.warning(
        "part-above-whole",
        "\(part.id) are more than \(whole.id) on \(days.count) of \(known) days, first on \(first): "
          + "\(UnitsText.words(a)) of \(UnitsText.words(b))",
        help: "\(part.id) are a part of \(whole.id); are the two rows swapped?")
    }
  }
}
