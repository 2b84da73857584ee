import GenOpsForecasting
import GenOpsHistory
import GenOpsSimulation
import GenOpsUnits

extension SeriesOutlook {
  /// Why the kind that was asked did not answer, or why its answer is a guess; empty for most.
  var why: String { reason ?? (isUnreliable ? "forecasts of the past missed by far" : "") }

  /// ``why``, marked where the answer is a guess.
  var note: String { isUnreliable ? "unreliable: \(why)" : why }

  /// ``why`` as a sentence; nil where there is nothing to say.
  var remark: String? {
    if let reason {
      let end = isUnreliable ? "; unreliable, the range is a guess." : "."
      return "Answered by \(model), because: \(reason)\(end)"
    }
    return isUnreliable ? "Unreliable: \(why)." : nil
  }
}

/// What the histories of some series show: values that stand out, new levels, dates of the year.
struct SeriesRemarks {
  let outlooks: [SeriesOutlook]
  /// Lines of each table; the latest ones stand.
  let lines: Int

  /// The sections that have something to say.
  var sections: [ReportSection] {
    var sections: [ReportSection] = []
    if let dates { sections.append(ReportSection("Dates of the year", [.table(dates)])) }
    if let strange { sections.append(ReportSection("What stands out", [.table(strange)])) }
    return sections
  }

  private var isOne: Bool { outlooks.count == 1 }

  private func named(_ outlook: SeriesOutlook, _ cells: [ReportTable.Cell]) -> [ReportTable.Cell] {
    isOne ? cells : [.init(outlook.series.name)] + cells
  }

  private func columns(_ own: [ReportTable.Column]) -> [ReportTable.Column] {
    isOne ? own : [.init("Series", shrinksTo: 10, atMost: 30)] + own
  }

  private var dates: ReportTable? {
    let rows = outlooks.flatMap { outlook in
      outlook.dates.map { effect -> [ReportTable.Cell] in
        let end = outlook.series.day(outlook.known + outlook.horizon)
        let first = effect.days.first?.day
        let isAhead = first.flatMap { first in end.map { first < $0 } } ?? false
        let most = effect.days.max { abs($0.change) < abs($1.change) }
        return named(
          outlook,
          [
            .init(effect.name), .init("\(effect.times)"),
            .init(NumberText.change(effect.largest), value: ReportTable.number(effect.largest)),
            .init(most.map { "\($0.day)" } ?? "-"), .init(isAhead ? "yes" : "no"),
          ])
      }
    }
    guard !rows.isEmpty else { return nil }
    return ReportTable(
      "",
      columns([
        .init("Date"), .init("seen", .right), .init("at most", .right, key: "change"),
        .init("next on", key: "next"), .init("in the forecast", key: "ahead"),
      ]), Array(rows.prefix(lines)),
      note: cut(rows.count)
        ?? "Against the days around them, as measured; --holidays none leaves them out.")
  }

  private var strange: ReportTable? {
    let rows = outlooks.flatMap { outlook -> [(index: Int, cells: [ReportTable.Cell])] in
      let outliers = outlook.notices.outliers.map { one -> (Int, [ReportTable.Cell]) in
        let change = one.usual > 0 ? one.value / one.usual - 1 : .nan
        return (
          one.index,
          [
            .init(outlook.series.label(one.index)), "outlier",
            .init(NumberText.count(one.value), value: ReportTable.number(one.value)),
            .init(NumberText.count(one.usual), value: ReportTable.number(one.usual)),
            change.isFinite
              ? .init(NumberText.change(change), value: ReportTable.number(change))
              : .init("-", value: ""),
          ]
        )
      }
      let shifts = outlook.notices.shifts.map { one -> (Int, [ReportTable.Cell]) in
        (
          one.index,
          [
            .init(outlook.series.label(one.index)), "new level", .init("-", value: ""),
            .init("-", value: ""),
            .init(NumberText.change(one.factor - 1), value: ReportTable.number(one.factor - 1)),
          ]
        )
      }
      return (outliers + shifts).sorted { $0.0 < $1.0 }
        .map { ($0.0, named(outlook, $0.1)) }
    }
    guard !rows.isEmpty else { return nil }
    return ReportTable(
      "",
      columns([
        .init("When", key: "ds"), .init("What", key: "kind"), .init("was", .right, key: "value"),
        .init("usual", .right), .init("change", .right),
      ]), rows.suffix(lines).map(\.cells),
      note: cut(rows.count) ?? "Outliers count little; of a new level the last one is followed.")
  }

  private func cut(_ count: Int) -> String? {
    count > lines ? "\(lines) of \(count); --format json has all." : nil
  }
}
