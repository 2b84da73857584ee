import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

/// Joins exports to one series per meter and project.
///
/// A cell (meter, project, day) that two exports have is one cell: equal is fine, different is a finding
/// that names both, and the export whose last known day is later wins (equal: the one named later). A
/// whole beside its parts is one cell too.
package enum HistoryJoin {
  /// `files` in the order in which they are named. The findings are those of joining alone.
  package static func join(_ files: [UsageFile]) -> UsageHistory {
    var joined = UsageHistory()
    let exports = files.flatMap(\.exports)
    tellMissingPages(exports, &joined.findings)
    // The winner comes last.
    let whole = withoutGaps(exports, &joined.findings)
    let ordered = HistoryEdges.cut(whole, &joined.findings).enumerated().sorted { a, b in
      switch (a.element.lastKnownDay, b.element.lastKnownDay) {
      case (let a?, let b?) where a != b: return a < b
      default: return a.offset < b.offset
      }
    }.map(\.element)
    joined.series = TotalProjects.found(in: cells(ordered, &joined.findings))
    for meter in joined.meters { unite(meter, &joined) }
    joined.series.sort {
      ($0.meter.index, $0.project ?? "") < ($1.meter.index, $1.project ?? "")
    }
    // What could not be read is told already, and looks like days that are missing.
    if files.contains(where: \.findings.hasErrors) { return joined }
    tellInterval(exports, joined.series, &joined.findings)
    joined.findings.merge(UnknownDays.tell(of: joined.series))
    joined.tellSubsets()
    return joined
  }

  private struct Key: Hashable {
    var meter: Meter
    var project: ProjectNames.Key?
  }

  /// One series for each meter and project of exports that come in order, the winner last.
  private static func cells(_ exports: [UsageExport], _ findings: inout Findings) -> [UsageSeries] {
    let ordered = ProjectTwins.united(exports, &findings)
    let names = ProjectNames(ordered.flatMap(\.series))
    var joined: [JoinedSeries] = []
    var places: [Key: Int] = [:]
    var conflicts: [CellConflict] = []
    for (position, export) in ordered.enumerated() {
      for series in export.series {
        let key = Key(meter: series.meter, project: names.key(of: series))
        var named = series
        named.project = names.name(of: series)
        if let place = places[key] {
          conflicts += joined[place].add(named, from: position)
        } else {
          places[key] = joined.count
          joined.append(JoinedSeries(named, from: position))
        }
      }
    }
    CellConflict.tell(conflicts, names: ordered.map(\.name), &findings)
    return joined.map(\.series)
  }

  /// An export by month that has one month names its first day, as one of that day would; several of them
  /// are days that lie apart.
  private static func tellInterval(
    _ exports: [UsageExport], _ series: [UsageSeries], _ findings: inout Findings
  ) {
    if exports.contains(where: \.isCounted) { return }
    var days: Set<CalendarDay> = []
    for one in series {
      for index in one.values.indices where !one.values[index].isNaN {
        days.insert(one.start.advanced(by: index))
      }
    }
    let known = days.sorted()
    guard let first = known.first, known.allSatisfy({ $0.civil.day == 1 }) else { return }
    findings.error(
      "history-interval",
      known.count == 1
        ? "\(first) is the only day: an export by month names each month by its first day"
        : "all days are the first of a month: this is not daily usage",
      help: "export again with Group by: Day")
  }

  /// An answer that names a next page is whole when another of the same days names none.
  private static func tellMissingPages(_ exports: [UsageExport], _ findings: inout Findings) {
    for export in exports {
      guard let place = export.morePages,
        !exports.contains(where: { $0.days == export.days && $0.morePages == nil })
      else { continue }
      findings.warning(
        "history-more-pages", "PostHog has more series than this answer holds",
        help: "ask again with after=<the value of \"next\"> and append the answer", at: place)
    }
  }

  /// Makes a whole and its parts one: the parts where they say the same, else the whole.
  private static func unite(_ meter: Meter, _ history: inout UsageHistory) {
    let parts = history.series.filter { $0.meter == meter && $0.project != nil }
    guard !parts.isEmpty,
      let place = history.series.firstIndex(where: { $0.meter == meter && $0.project == nil })
    else { return }
    let whole = history.series[place]
    let span = UsageSeries.spanning(parts + [whole], of: whole)
    var united = span
    var filled = parts.map { UsageSeries.spanning([span], of: $0) }
    var equal = 0
    var different: CalendarDay?
    var onlyWhole = 0
    for index in united.values.indices {
      let day = united.start.advanced(by: index)
      let known = parts.compactMap { $0[day] }
      let sum = known.isEmpty ? nil : known.reduce(0, +)
      united.values[index] = whole[day] ?? sum ?? .nan
      for part in parts.indices {
        // What is nothing as a whole is nothing in every part.
        filled[part].values[index] = parts[part][day] ?? (whole[day] == 0 ? 0 : .nan)
      }
      guard let all = whole[day] else { continue }
      guard let sum else {
        if all > 0 { onlyWhole += 1 }
        continue
      }
      if (all - sum).magnitude <= max(1, all * 0.005) {
        equal += 1
      } else {
        different = different ?? day
      }
    }
    history.series.removeAll { $0.meter == meter }
    if different == nil, onlyWhole == 0 {
      history.series += filled
      history.findings.note(
        "history-total-row",
        "\(meter.id) of the whole account is the sum of its projects on \(countedNoun(equal, "day")); it is "
          + "counted once", help: "nothing to do")
      return
    }
    history.series.append(united)
    let why =
      different.map { "differ, first on \($0)" }
      ?? "do not have the same days: \(onlyWhole) are known of the whole alone"
    history.findings.warning(
      "history-overlap",
      "\(meter.id) of the whole account and of its projects \(why); the whole is used, without its "
        + "projects", help: "export one of the two breakdowns for all days")
  }
}
