import GenOpsHistory
import GenOpsMetering
import GenOpsSimulation
import GenOpsUnits

/// One series with its sentence, its bars and its picture.
struct SeriesSection {
  let outlook: SeriesOutlook
  let id: String
  /// Whether the report is of this series alone, and says its sum above.
  let isAlone: Bool

  init(_ outlook: SeriesOutlook, id: String, isAlone: Bool) {
    self.outlook = outlook
    self.id = id
    self.isAlone = isAlone
  }

  var section: ReportSection {
    var nodes: [ReportNode] = []
    if !isAlone, let total = outlook.total {
      nodes.append(
        .paragraph(
          "\(outlook.series.name), by \(outlook.model): the \(SeriesText.next(outlook)) "
            + ForecastReport.sum(total, outlook.before, steps: outlook)))
    }
    if let remark = outlook.remark { nodes.append(.paragraph(remark)) }
    if let fan { nodes.append(.init(.chart(fan), isOnScreen: false)) }
    nodes.append(.init(.chart(bars)))
    nodes.append(.init(.table(table), isOnScreen: false))
    return ReportSection(isAlone ? "What is expected" : outlook.series.name, id: id, nodes)
  }

  private var size: Int { outlook.ahead.first?.count ?? 1 }
  private var noun: String { SeriesText.rowNoun(outlook.series, size: size) }

  private var bars: ReportChart {
    let blocks = outlook.past + outlook.ahead
    let all = blocks.enumerated().map { index, block -> ReportChart.Bars.Bar in
      let isActual = index < outlook.past.count
      var note = isActual ? "actual" : ""
      if block.missing > 0 { note += ", \(block.missing) of \(block.count) unknown" }
      if block.count != size, !isActual {
        note = SeriesText.counted(block.count, outlook.series)
      }
      return .init(
        label: SeriesText.row(outlook.series, block.first, isFirst: index == 0),
        shortLabel: shortLabel(block.first), cost: .init(block.units), isActual: isActual,
        note: note)
    }
    let total = outlook.total.map {
      ReportChart.Bars.Bar(
        label: "Ahead", shortLabel: "", cost: .init($0), isActual: false,
        note: "8 of 10 futures lie between; only \"expected\" adds up")
    }
    return .bars(
      .init(
        caption: .init(
          id: "\(id)-bars", title: "\(outlook.series.name), by \(noun.lowercased())",
          description: "The table below holds all of it.",
          legend: [
            .init(mark: .actualBar, label: "actual"), .init(mark: .bar, label: "expected"),
            .init(mark: .range, label: "8 of 10 futures"),
          ], unit: outlook.series.meter.map { "\($0.meter.unit)s" } ?? ""),
        noun: noun, noteTitle: "", bars: all, total: outlook.ahead.count > 1 ? total : nil))
  }

  private func shortLabel(_ index: Int) -> String {
    guard let day = outlook.series.day(index) else { return outlook.series.label(index) }
    return outlook.series.step == .month
      ? day.month.shortName : "\(day.civil.day) \(day.month.shortName)"
  }

  /// Days with the history before them.
  private var fan: ReportChart? {
    guard outlook.series.isDaily, outlook.horizon > 1, !outlook.series.values.isEmpty,
      let start = outlook.series.start
    else { return nil }
    let shown = min(outlook.known, max(56, 3 * outlook.horizon))
    let first = outlook.known - shown
    var last = 0.0
    var days = outlook.series.values[first...].map { value -> ReportChart.Spread in
      // An unknown day has no place in a line: it goes on from the day before.
      if !value.isNaN { last = value }
      return .init(low: last, expected: last, high: last)
    }
    days += outlook.point.indices.map { step in
      .init(
        low: outlook.quantile(0.1, step: step) ?? outlook.point[step],
        expected: outlook.point[step],
        high: outlook.quantile(0.9, step: step) ?? outlook.point[step])
    }
    return .fan(
      .init(
        caption: .init(
          id: "\(id)-fan", title: "\(outlook.series.name) by day",
          description: "\(shown) days of history, and \(outlook.horizon) ahead.",
          legend: [
            .init(mark: .actual, label: "actual"), .init(mark: .expected, label: "expected"),
            .init(mark: .band, label: "8 of 10 futures, day by day"),
          ], unit: outlook.series.meter.map { "\($0.meter.unit)s a day" } ?? "a day"),
        start: start.advanced(by: first), actualDays: shown, days: days,
        ends: [.expected, .high, .low]))
  }

  private var table: ReportTable {
    let rows = outlook.ahead.map { block -> [ReportTable.Cell] in
      [.init(SeriesText.span(outlook.series, block.first, block.count))]
        + [block.units.low, block.units.expected, block.units.high].map {
          .init(NumberText.value($0), value: ReportTable.value($0))
        }
    }
    let ends = outlook.total.map { total in
      [
        [ReportTable.Cell("All")]
          + [total.low, total.expected, total.high].map {
            .init(NumberText.value($0), value: ReportTable.value($0))
          }
      ]
    }
    return ReportTable(
      "",
      [
        .init("When", key: "when"), .init("low", .right), .init("expected", .right),
        .init("high", .right),
      ],
      rows + (rows.count > 1 ? ends ?? [] : []),
      note: "8 of 10 futures lie between low and high; only the expected values add up.",
      hasTotal: rows.count > 1 && ends != nil)
  }
}

extension ReportChart.Spread {
  fileprivate init(_ spread: SeriesOutlook.Spread) {
    self.init(low: spread.low, expected: spread.expected, high: spread.high)
  }
}
