import GenOpsForecasting
import GenOpsHistory
package import GenOpsSimulation
import GenOpsUnits

/// What `genops backtest` says: which kind wins and by how much, and whether its intervals can be believed.
package struct BacktestReport {
  let contest: SeriesContest

  package init(_ contest: SeriesContest) { self.contest = contest }

  package var report: Report {
    var report = Report(title: "Backtest", json: json, version: ScenarioRun.version)
    report.facts = [
      "\(groupedDigits("\(contest.tried)")) series",
      "\(groupedDigits("\(contest.windows)")) \(contest.windows == 1 ? "stretch" : "stretches")",
      "up to \(NumberText.counted(contest.horizon, "step")) ahead",
    ]
    report.answer = answer
    report.figures = figures
    report.sections = [ReportSection("Kinds", [.table(kinds)])]
    if !contest.entries.isEmpty {
      report.sections.append(ReportSection("Intervals", [.table(intervals)]))
      report.sections.append(ReportSection("By steps ahead", [.table(parts)]))
    }
    if contest.book != nil, contest.entries.contains(where: { $0.costError != nil }) {
      report.sections.append(ReportSection("Cost", [.table(costs)]))
    }
    if !contest.stretches.isEmpty {
      var section = ReportSection(
        "Stretches", [.init(.table(stretches), .detail, isOnScreen: contest.windows <= 12)])
      section.isFolded = contest.windows > 12
      report.sections.append(section)
    }
    report.sections.append(.findings(contest.findings))
    report.screen = ReportScreen(.heading)
    report.findings = contest.findings
    report.source = "the history named above"
    return report
  }

  private var answer: [String] {
    guard let best = contest.entries.first else {
      return ["No series is long enough to forecast a part of it and compare."]
    }
    var first = "\"\(best.model)\" is "
    if contest.entries.count == 1 {
      first = "\"\(best.model)\" has "
    } else {
      first += "the best of \(contest.entries.count) kinds: it has "
    }
    guard best.mase.isFinite else {
      // Without a difference in the history there is nothing to scale by, and errors of zeros are no parts.
      return [
        "The histories do not vary from season to season, so no error can be scaled by that (MASE): "
          + (best.smape.isFinite
            ? "\"\(best.model)\" has the lowest relative error (sMAPE), \(Self.number(best.smape))."
            : "the kinds cannot be told apart.")
      ] + best.coverage.map(verdict)
    }
    first += "a scaled error (MASE) of \(Self.number(best.mase))"
    if let gain = contest.gain {
      let part = NumberText.percent(abs(gain))
      first +=
        abs(gain) < 0.005
        ? ", the same as the seasonal naive forecast."
        : ", \(part) \(gain > 0 ? "below" : "above") that of the seasonal naive forecast "
          + "(\(Self.number(contest.seasonalMASE)))."
    } else {
      first += "."
    }
    return [first] + reward + best.coverage.map(verdict)
  }

  /// Where the winner gets next to nothing of the sum: what the measure rewards.
  private var reward: [String] {
    guard let best = contest.entries.first, best.sumBias < -0.5 else { return [] }
    return [
      "Its sums are \(NumberText.percent(min(1, -best.sumBias))) too low: absolute errors reward the middle "
        + "value, which is near zero where most values are; for sums look at \"bias\"."
    ]
  }

  /// Whether an interval can be believed.
  private func verdict(_ coverage: CoverageRange) -> String {
    let held = Self.held(coverage)
    let range = Self.range(coverage)
    let name = "Its \(ForecastRows.percent(coverage.promised)) % interval held \(held)"
    // A range this wide tells nothing either way.
    if coverage.isCredible, coverage.high - coverage.low > 0.4 {
      return "\(name), which tells little: from so few stretches \(range) would be chance."
    }
    if coverage.isCredible { return "\(name) and can be believed: chance allows \(range)." }
    return coverage.held < coverage.low
      ? "\(name) and is too narrow: chance allows \(range)."
      : "\(name) and is wider than it need be: chance allows \(range)."
  }

  /// The part that was held, with tenths where whole percents would not tell it from the range.
  private static func held(_ coverage: CoverageRange) -> String {
    isNarrow(coverage)
      ? NumberText.oneDecimal(coverage.held * 100) + " %" : NumberText.percent(coverage.held)
  }

  /// `67 % to 92 %`, with tenths of a narrow range.
  private static func range(_ coverage: CoverageRange, _ to: String = "to") -> String {
    [coverage.low, coverage.high].map {
      isNarrow(coverage) ? NumberText.oneDecimal($0 * 100) + " %" : NumberText.percent($0)
    }.joined(separator: " \(to) ")
  }

  /// Whether the range is so narrow that its ends, or an end and the part held, round to one percent.
  private static func isNarrow(_ coverage: CoverageRange) -> Bool {
    coverage.high - coverage.low < 0.03
  }

  private var figures: [ReportFigure] {
    guard let best = contest.entries.first else { return [] }
    var figures = [
      ReportFigure(
        label: "Best kind", value: best.model,
        note: "MASE \(Self.number(best.mase)), OWA \(Self.number(best.owa))")
    ]
    if let gain = contest.gain {
      figures.append(
        ReportFigure(
          label: "Against seasonal naive", value: NumberText.change(-gain),
          note: "scaled error; below 0 is better"))
    }
    for coverage in best.coverage {
      figures.append(
        ReportFigure(
          label: "\(ForecastRows.percent(coverage.promised)) % interval",
          value: Self.held(coverage), note: "chance allows \(Self.range(coverage))"
        ))
    }
    return figures
  }

  private var kinds: ReportTable {
    var rows = contest.entries.map { entry -> [ReportTable.Cell] in
      let isReplaced = entry.replaced > 0
      return [
        .init(entry.model), cell(entry.mase), cell(entry.smape), cell(entry.owa), cell(entry.msis),
        cell(entry.crps), .init(percent: entry.sumError), change(entry.sumBias),
        .init(isReplaced ? "\(entry.replaced)" : "-", value: "\(entry.replaced)"),
      ]
    }
    rows.append([
      .init("(seasonal naive)", .dim), cell(contest.seasonalMASE), cell(contest.seasonalSMAPE),
      cell(
        SeriesScores.owa(
          smape: contest.seasonalSMAPE, mase: contest.seasonalMASE,
          naive2SMAPE: contest.naive2SMAPE, naive2MASE: contest.naive2MASE)),
    ])
    rows.append([
      .init("(Naive2)", .dim), cell(contest.naive2MASE), cell(contest.naive2SMAPE),
      cell(contest.naive2MASE.isFinite && contest.naive2SMAPE.isFinite ? 1 : .nan),
    ])
    return ReportTable(
      "",
      [
        .init("Kind", key: "model", shrinksTo: 12), .init("MASE", .right), .init("sMAPE", .right),
        .init("OWA", .right), .init("MSIS", .right), .init("sCRPS", .right),
        .init("sum off", .right), .init("bias", .right), .init("replaced", .right),
      ], rows,
      note:
        "Lower is better. MASE 1 is the error of a seasonal naive forecast within the history, OWA 1 that "
        + "of Naive2. \"sum off\" is the median error of a stretch's sum; \"replaced\" counts the stretches that a "
        + "plainer kind answered.")
  }

  private var intervals: ReportTable {
    let rows = contest.entries.flatMap { entry in
      entry.coverage.map { coverage -> [ReportTable.Cell] in
        [
          .init(entry.model),
          .init(
            "\(ForecastRows.percent(coverage.promised)) %",
            value: ReportTable.number(coverage.promised)),
          .init(Self.held(coverage), value: ReportTable.number(coverage.held)),
          .init(Self.range(coverage, "-")),
          coverage.isCredible
            ? .init("ok", .good)
            : .init(coverage.held < coverage.low ? "too narrow" : "too wide", .caution),
          .init(NumberText.count(coverage.trials), value: ReportTable.number(coverage.trials)),
        ]
      }
    }
    return ReportTable(
      "",
      [
        .init("Kind", key: "model", shrinksTo: 12), .init("Interval", .right, key: "level"),
        .init("held", .right),
        .init("chance allows", .right), .init("Verdict"), .init("trials", .right),
      ], rows,
      note:
        "\"trials\" is how many independent values the part held is worth: those of one forecast go together."
    )
  }

  private var parts: ReportTable {
    let best = contest.entries
    let shares = contest.task.intervals
    let rows = best.flatMap { entry in
      entry.parts.map { part -> [ReportTable.Cell] in
        [
          .init(entry.model),
          .init(part.first == part.last ? "\(part.first)" : "\(part.first)-\(part.last)"),
          cell(part.mase),
        ] + part.coverage.map { .init(percent: $0.isNaN ? nil : $0) }
      }
    }
    return ReportTable(
      "",
      [
        .init("Kind", key: "model", shrinksTo: 12), .init("Steps ahead", .right),
        .init("MASE", .right),
      ]
        + shares.map { .init("\(ForecastRows.percent($0)) % held", .right) }, rows)
  }

  private var costs: ReportTable {
    let rows = contest.entries.map { entry -> [ReportTable.Cell] in
      [.init(entry.model), .init(percent: entry.costError), change(entry.costBias ?? .nan)]
    }
    return ReportTable(
      "",
      [
        .init("Cost of a stretch", key: "model"), .init("off", .right), .init("bias", .right),
      ], rows,
      note:
        "Medians, at the list prices of \(contest.book ?? "") straight from usage, each series by itself."
    )
  }

  private var stretches: ReportTable {
    let isPriced = contest.stretches.contains { $0.cost != nil }
    let shares = contest.task.intervals
    let rows = contest.stretches.map { stretch -> [ReportTable.Cell] in
      let off =
        stretch.actual == 0 ? .nan : (stretch.expected - stretch.actual) / abs(stretch.actual)
      var row: [ReportTable.Cell] = [
        .init(stretch.series), .init(stretch.first),
        units(stretch.actual), units(stretch.expected), change(off),
      ]
      row += stretch.held.map { .init(percent: $0.isNaN ? nil : $0) }
      if isPriced {
        row += [.init(money: stretch.cost?.actual), .init(money: stretch.cost?.expected)]
      }
      return row
    }
    var columns: [ReportTable.Column] = [
      .init("Series", shrinksTo: 10, atMost: 30), .init("From", key: "from"), .init("came", .right),
      .init("expected", .right), .init("off", .right),
    ]
    columns += shares.map { .init("\(ForecastRows.percent($0)) % held", .right) }
    if isPriced {
      columns += [.init("cost", .right), .init("expected", .right, key: "expected cost")]
    }
    let title = "Stretches of \"\(contest.entries.first?.model ?? "")\""
    return ReportTable(title, columns, rows)
  }

  private func cell(_ value: Double) -> ReportTable.Cell {
    value.isFinite
      ? .init(Self.number(value), value: ReportTable.number(value)) : .init("-", value: "")
  }

  private func units(_ value: Double) -> ReportTable.Cell {
    value.isNaN
      ? .init("-", value: "") : .init(NumberText.value(value), value: ReportTable.value(value))
  }

  private func change(_ value: Double) -> ReportTable.Cell {
    value.isFinite
      ? .init(NumberText.change(value), value: ReportTable.number(value)) : .init("-", value: "")
  }

  /// Three digits, as far as they mean anything: `0.874`, `12.3`, `417`.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    if abs(value) >= 99.95 { return NumberText.count(value) }
    if abs(value) >= 9.995 { return NumberText.oneDecimal(value) }
    let thousandths = Int64((abs(value) * 1000).rounded())
    let fraction = String(thousandths % 1000)
    return (value < 0 && thousandths > 0 ? "-" : "") + "\(thousandths / 1000)."
      + String(repeating: "0", count: 3 - fraction.utf8.count) + fraction
  }
}
