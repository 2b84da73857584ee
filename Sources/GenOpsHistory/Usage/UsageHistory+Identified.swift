import GenOpsMetering
package import GenOpsUnits

extension UsageHistory {
  /// Whether `series` counts identified events that no series of events holds: those of its project, or
  /// for the whole account those of any.
  package func isWithoutEvents(_ series: UsageSeries) -> Bool {
    guard series.meter == .identifiedEvents else { return false }
    return !self.series.contains {
      $0.meter == .events
        && (series.project == nil || $0.project == nil || $0.project == series.project)
    }
  }

  /// The identified events among those of `events`: the same project's; without one its part of the
  /// whole account's; of the whole account the sum over its projects. Nil when the history has none.
  package func identified(of events: UsageSeries) -> UsageSeries? {
    let all = series.filter { $0.meter == .identifiedEvents }
    if let own = all.first(where: { $0.project == events.project }) { return own }
    guard events.project != nil else { return total(of: .identifiedEvents) }
    guard let whole = all.first(where: { $0.project == nil }), let sum = total(of: .events) else {
      return nil
    }
    var part = events
    part.meter = .identifiedEvents
    for index in part.values.indices {
      let day = part.start.advanced(by: index)
      guard let mine = events[day], let every = sum[day], let identified = whole[day] else {
        part.values[index] = .nan
        continue
      }
      part.values[index] = every > 0 ? identified * mine / every : 0
    }
    return part
  }

  /// Which part of `events` is identified, from the days among the `count` before `end` of which both
  /// are known, or where there are none from all days before; nil where no day is known.
  package func identifiedShare(
    of events: UsageSeries, before end: CalendarDay, days count: Int = 90
  ) -> Double? {
    guard let partner = identified(of: events) else { return nil }
    let first = max(events.start, partner.start)
    func share(from start: CalendarDay) -> Double? {
      var (all, some, known) = (0.0, 0.0, 0)
      var day = max(first, start)
      while day < end {
        if let units = events[day], let identified = partner[day] {
          all += units
          some += identified
          known += 1
        }
        day = day.advanced(by: 1)
      }
      return known == 0 ? nil : all > 0 ? min(1, some / all) : 0
    }
    return share(from: end.advanced(by: -count)) ?? share(from: first)
  }
}

extension HistoryJoin {
  /// The exports with a row of zeros for each project whose events they list without identified ones,
  /// where they list those of others: PostHog leaves out rows of which nothing was used. The pages of an
  /// answer are one export.
  static func withoutGaps(_ exports: [UsageExport], _ findings: inout Findings) -> [UsageExport] {
    var all = exports
    var named: [String] = []
    for (place, export) in exports.enumerated() where !export.isCounted {
      let identified = exports.filter { $0.days == export.days }.flatMap(\.series)
        .filter { $0.meter == .identifiedEvents && $0.isOfProject }
      guard !identified.isEmpty else { continue }
      for events in export.series where events.meter == .events && events.isOfProject {
        guard
          !identified.contains(where: {
            $0.project == events.project && $0.projectID == events.projectID
          })
        else { continue }
        var none = events
        none.meter = .identifiedEvents
        none.values = events.values.map { $0.isNaN ? .nan : 0 }
        all[place].series.append(none)
        let name = events.project ?? events.projectID ?? ""
        if !named.contains(name) { named.append(name) }
      }
    }
    if let first = named.first {
      findings.note(
        "history-no-row",
        "'\(first)'" + (named.count > 1 ? " and \(named.count - 1) more projects have" : " has")
          + " no row of identified events, which other projects have: taken as none",
        help: "PostHog leaves out rows of which nothing was used")
    }
    return all
  }
}

extension UsageSeries {
  fileprivate var isOfProject: Bool { project != nil || projectID != nil }
}
