import GenOpsMetering
import GenOpsUnits

/// Joins the histories of several files to one series per meter and project.
///
/// A cell (meter, project, day) that two files have is one cell: equal is fine, different is a finding
/// that names both, and the file whose last day is later wins (equal: the one named later). A whole
/// beside its parts is one cell too.
package enum HistoryJoin {
  /// `parts` in the order in which they are named. The findings are those of joining alone.
  package static func join(_ parts: [(name: String, history: UsageHistory)]) -> UsageHistory {
    var joined = UsageHistory()
    // The winner comes last.
    let ordered = parts.enumerated().sorted { a, b in
      switch (a.element.history.lastDay, b.element.history.lastDay) {
      case (let a?, let b?) where a != b: return a < b
      default: return a.offset < b.offset
      }
    }.map(\.element)
    for (name, history) in ordered {
      for series in history.series {
        let known = joined.series.firstIndex {
          $0.meter == series.meter && $0.project == series.project
        }
        guard let known else {
          joined.series.append(series)
          continue
        }
        let earlier = ordered.first { other in
          other.name != name
            && other.history.series.contains {
              $0.meter == series.meter && $0.project == series.project
            }
        }
        joined.series[known] = merge(
          joined.series[known], series, named: (earlier?.name ?? name, name), &joined.findings)
      }
    }
    for meter in joined.meters { unite(meter, &joined) }
    joined.series.sort {
      ($0.meter.index, $0.project ?? "") < ($1.meter.index, $1.project ?? "")
    }
    return joined
  }

  private static func merge(
    _ old: UsageSeries, _ new: UsageSeries, named: (old: String, new: String),
    _ findings: inout Findings
  ) -> UsageSeries {
    var sum = span([old, new], of: new)
    var differing: [CalendarDay] = []
    for index in sum.values.indices {
      let day = sum.start.advanced(by: index)
      let (a, b) = (old[day], new[day])
      sum.values[index] = b ?? a ?? .nan
      if let a, let b, a != b { differing.append(day) }
    }
    if let day = differing.first, let a = old[day], let b = new[day] {
      let days = differing.count == 1 ? "on \(day)" : "on \(differing.count) days from \(day)"
      findings.warning(
        "history-overlap",
        "\(named.old) and \(named.new) have different \(label(new)) \(days): \(units(a)) and "
          + "\(units(b)); the second is used, which reaches further or is named later",
        help: "name each day once, or remove the older file")
    }
    return sum
  }

  /// Makes a whole and its parts one: the parts where they say the same, else the whole.
  private static func unite(_ meter: Meter, _ history: inout UsageHistory) {
    let parts = history.series.filter { $0.meter == meter && $0.project != nil }
    guard !parts.isEmpty,
      let place = history.series.firstIndex(where: { $0.meter == meter && $0.project == nil })
    else { return }
    let whole = history.series[place]
    var united = span(parts + [whole], of: whole)
    var equal = 0
    var different: CalendarDay?
    var onlyWhole = 0
    for index in united.values.indices {
      let day = united.start.advanced(by: index)
      let known = parts.compactMap { $0[day] }
      let sum = known.isEmpty ? nil : known.reduce(0, +)
      united.values[index] = whole[day] ?? sum ?? .nan
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
    if different == nil, onlyWhole == 0 {
      history.series.remove(at: place)
      history.findings.note(
        "history-total-row",
        "\(meter.id) of the whole account is the sum of its projects on \(equal) days; it is "
          + "counted once", help: "nothing to do")
      return
    }
    history.series.removeAll { $0.meter == meter }
    history.series.append(united)
    let why =
      different.map { "differ, first on \($0)" }
      ?? "do not have the same days: \(onlyWhole) are known of the whole alone"
    history.findings.warning(
      "history-overlap",
      "\(meter.id) of the whole account and of its projects \(why); the whole is used, without its "
        + "projects", help: "export one of the two breakdowns for all days")
  }

  /// A series without values over the days of all.
  private static func span(_ all: [UsageSeries], of model: UsageSeries) -> UsageSeries {
    var empty = model
    let start = all.map(\.start).min() ?? model.start
    let end = all.map(\.end).max() ?? model.end
    empty.start = start
    empty.values = [Double](repeating: .nan, count: start.distance(to: end))
    return empty
  }

  private static func units(_ value: Double) -> String {
    Int64(exactly: value.rounded()).map(String.init) ?? "\(value)"
  }

  private static func label(_ series: UsageSeries) -> String {
    (series.project.map { $0 + "/" } ?? "") + series.meter.id
  }
}
