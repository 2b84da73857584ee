import GenOpsHistory
package import GenOpsSimulation
import GenOpsUnits

/// What `genops forecast` says of some series: of a few each by itself, of many a line each.
package struct ForecastReport {
  let study: SeriesStudy

  package init(_ study: SeriesStudy) { self.study = study }

  /// Series that are shown with chart and table.
  package static let few = 4
  /// Series that a page shows so besides its table.
  package static let pageFew = 12
  /// Lines of a table of many, on a terminal and on a page.
  package static let lines = 20
  package static let pageLines = 200

  /// Lines of what stands out in the histories, on a terminal.
  static let remarks = 8

  /// The report, with rows for programs where `withRecords` asks for them.
  package func report(lines: Int = ForecastReport.lines, withRecords: Bool = false) -> Report {
    var report = Report(title: title, json: json, version: ScenarioRun.version)
    report.facts = facts
    report.answer = answer
    report.figures = figures
    if study.count <= ForecastReport.few {
      for (index, outlook) in study.outlooks.enumerated() {
        report.sections.append(
          SeriesSection(outlook, id: "series-\(index)", isAlone: study.count == 1).section)
        if study.count == 1 { report.sections += details(outlook) }
      }
    } else {
      report.sections.append(
        ReportSection("Series", [.table(table(lines))] + more(lines)))
      // A page shows the first ones by themselves too.
      for (index, outlook) in study.outlooks.enumerated() where !outlook.series.values.isEmpty {
        var section = SeriesSection(outlook, id: "series-\(index)", isAlone: false).section
        for node in section.nodes.indices { section.nodes[node].isOnScreen = false }
        report.sections.append(section)
      }
    }
    report.sections +=
      SeriesRemarks(
        outlooks: study.outlooks, lines: lines > ForecastReport.lines ? 100 : ForecastReport.remarks
      ).sections
    if let cost { report.sections.append(cost) }
    report.sections.append(.findings(study.findings))
    report.screen = ReportScreen(.heading)
    report.findings = study.findings
    report.source = "the history named above"
    if withRecords { report.records = ForecastRows(study.task.intervals).records(study.outlooks) }
    return report
  }

  private var title: String {
    study.count == 1 ? study.outlooks.first?.series.name ?? "" : "\(grouped(study.count)) series"
  }

  private var facts: [String] {
    var facts: [String] = []
    if study.count == 1, let outlook = study.outlooks.first {
      facts.append(
        "\(SeriesText.counted(outlook.known, outlook.series)) of history")
      facts.append(outlook.season > 1 ? "season \(outlook.season)" : "no season")
    }
    let names = study.models.prefix(2).map { name, count in
      study.models.count == 1 ? name : "\(name) (\(grouped(count)))"
    }
    facts.append((study.models.count > 2 ? names + ["…"] : names).joined(separator: ", "))
    if study.outlooks.contains(where: { $0.total != nil }) {
      facts.append("low-high: 8 of 10 futures")
    }
    return facts
  }

  /// Of one series its sum; of several with one horizon the sum of all.
  private var answer: [String] {
    guard let outlook = study.outlooks.first else { return ["There is no series."] }
    var sentences: [String] = []
    if study.count == 1 {
      if let total = outlook.total {
        sentences.append(
          "The \(SeriesText.next(outlook)) " + Self.sum(total, outlook.before, steps: outlook))
      }
    } else if study.total == nil {
      // Of several meters nothing adds up but their cost: the largest stands for them.
      let largest = study.outlooks.max { ($0.total?.expected ?? 0) < ($1.total?.expected ?? 0) }
      if let largest, let total = largest.total {
        sentences.append(
          "\(largest.series.name): the \(SeriesText.next(largest)) "
            + Self.sum(total, largest.before, steps: largest))
      }
    } else if let total = study.total {
      sentences.append(
        "All together the \(SeriesText.next(outlook)) "
          + Self.sum(total, study.before, steps: outlook))
      sentences.append(
        "Each series is drawn by itself: where they rise and fall together, the range is wider.")
    }
    if let cost = study.cost {
      sentences.append(
        "At list prices (\(cost.book)) that usage costs \(NumberText.money(cost.total.expected)) "
          + "\(cost.currency), \(NumberText.money(cost.total.low)) to "
          + "\(NumberText.money(cost.total.high)) in 8 of 10 futures; fees and discounts are not in it."
      )
    }
    return sentences
  }

  /// `come to 17.6 M, 16.9 M to 18.2 M in 8 of 10 futures; the 28 days before came to 17.1 M (+3.0 %).`
  static func sum(
    _ total: SeriesOutlook.Spread, _ before: Double?, steps outlook: SeriesOutlook
  ) -> String {
    let verb = outlook.horizon == 1 ? "comes" : "come"
    var text =
      "\(verb) to \(NumberText.value(total.expected)), \(NumberText.value(total.low)) to "
      + "\(NumberText.value(total.high)) in 8 of 10 futures"
    if let before {
      let words = SeriesText.steps(outlook.horizon, outlook.series)
      text += "; the \(words) before came to \(NumberText.value(before))"
      if let change = Self.change(total.expected, before) {
        text += " (\(NumberText.change(change)))"
      }
    }
    return text + "."
  }

  /// By how much a sum is larger than the one before, as a part of its size: above 0 where it lies higher,
  /// also of sums below zero. Nil where there was nothing.
  private static func change(_ ahead: Double, _ before: Double) -> Double? {
    before == 0 || !before.isFinite ? nil : (ahead - before) / abs(before)
  }

  private var figures: [ReportFigure] {
    guard let outlook = study.outlooks.first,
      let total = study.count == 1 ? outlook.total : study.total
    else { return [] }
    let words = SeriesText.steps(outlook.horizon, outlook.series)
    let before = study.count == 1 ? outlook.before : study.before
    var figures = [
      ReportFigure(
        label: "Next \(words)", value: NumberText.value(total.expected),
        note: "\(NumberText.value(total.low)) to \(NumberText.value(total.high)) in 8 of 10 futures"
      )
    ]
    if let before {
      figures.append(
        ReportFigure(
          label: "\(words) before", value: NumberText.value(before),
          note: Self.change(total.expected, before).map {
            "what is ahead: \(NumberText.change($0))"
          } ?? ""
        ))
    }
    if let cost = study.cost {
      figures.append(
        ReportFigure(
          label: "Cost", value: "\(NumberText.money(cost.total.expected)) \(cost.currency)",
          note: "\(NumberText.money(cost.total.low)) to \(NumberText.money(cost.total.high))"))
    }
    return figures
  }

  /// The steps of the only series, for a page.
  private func details(_ outlook: SeriesOutlook) -> [ReportSection] {
    let rows = ForecastRows(study.task.intervals)
    var section = ReportSection(
      "Every step", [.init(.table(rows.steps(outlook)), .detail, isOnScreen: false)])
    section.isFolded = outlook.horizon > 14
    return [section]
  }

  private func table(_ lines: Int) -> ReportTable {
    let isPlainer = study.outlooks.prefix(lines).contains { !$0.note.isEmpty }
    let rows = study.outlooks.prefix(lines).map { outlook -> [ReportTable.Cell] in
      let total = outlook.total
      let change = outlook.before.flatMap { before in
        total.flatMap { Self.change($0.expected, before) }
      }
      var row: [ReportTable.Cell] = [
        .init(outlook.series.name), .init(SeriesText.counted(outlook.horizon, outlook.series)),
        cell(total?.low), cell(total?.expected), cell(total?.high), cell(outlook.before),
        change.map { .init(NumberText.change($0), value: ReportTable.number($0)) }
          ?? .init("-", value: ""),
        .init(outlook.model),
      ]
      if isPlainer { row.append(.init(outlook.note, outlook.isUnreliable ? .caution : .plain)) }
      return row
    }
    var columns: [ReportTable.Column] = [
      .init("Series", shrinksTo: 16, atMost: 40), .init("Ahead"), .init("low", .right),
      .init("expected", .right), .init("high", .right), .init("before", .right),
      .init("change", .right), .init("Model", shrinksTo: 8),
    ]
    if isPlainer { columns.append(.init("Why", key: "note", shrinksTo: 12)) }
    return ReportTable("", columns, rows)
  }

  private func cell(_ units: Double?) -> ReportTable.Cell {
    units.map { .init(NumberText.value($0), value: ReportTable.value($0)) }
      ?? .init("-", value: "")
  }

  private func more(_ lines: Int) -> [ReportNode] {
    let left = study.count - min(lines, study.outlooks.count)
    return left > 0
      ? [.paragraph("+\(grouped(left)) more series; --format csv writes all of them, step by step")]
      : []
  }

  private var cost: ReportSection? {
    guard let cost = study.cost else { return nil }
    let column = MoneyColumn(cost.lines.map(\.cost.expected), total: cost.total.expected)
    func row(_ label: String, _ spread: SeriesOutlook.Spread, _ shown: Double, _ opening: String)
      -> [ReportTable.Cell]
    {
      [
        .init(label),
        .init(
          column.text(spread.low, beside: spread.expected, shown: shown),
          value: ReportTable.number(spread.low)),
        .init(column.text(shown), value: ReportTable.number(spread.expected)),
        .init(
          column.text(spread.high, beside: spread.expected, shown: shown),
          value: ReportTable.number(spread.high)),
        .init(opening),
      ]
    }
    var rows = zip(cost.lines, column.parts).map { line, shown in
      row(line.label, line.cost, shown, line.opening > 0 ? groupedDigits("\(line.opening)") : "-")
    }
    if rows.count > 1 { rows.append(row("Total", cost.total, column.total, "")) }
    let table = ReportTable(
      "",
      [
        .init("Cost of the usage"), .init("low", .right),
        .init(cost.currency, .right, key: "expected"), .init("high", .right),
        .init("used this month before", .right),
      ], rows, hasTotal: rows.count > 1)
    return ReportSection("Cost", [.table(table)])
  }

  private func grouped(_ number: Int) -> String { groupedDigits("\(number)") }
}
