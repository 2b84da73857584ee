import GenOpsMetering
import GenOpsSimulation
import GenOpsUnits

/// The tables of tracked months.
struct TrackTables {
  let result: TrackResult
  /// Whether amounts are shown with cents: where a month is small.
  private let hasCents: Bool

  init(_ result: TrackResult) {
    self.result = result
    hasCents = MoneyColumn.needsCents(result.months.map(\.landing.approximate))
  }

  // MARK: Cells

  private func cell(_ amount: Money?) -> ReportTable.Cell {
    guard let amount else { return .init("-", value: "") }
    return .init(
      NumberText.money(amount.approximate, cents: hasCents), value: amount.description)
  }

  /// The cells of a column whose amounts add up to `total`, also as they are shown.
  private func added(
    _ total: Money?, _ amount: (TrackResult.Month) -> Money?
  ) -> (TrackResult.Month) -> ReportTable.Cell {
    let column = MoneyColumn(
      result.months.map { amount($0)?.approximate ?? 0 }, total: total?.approximate, cents: hasCents
    )
    var cells: [CalendarMonth: ReportTable.Cell] = [:]
    for (month, shown) in zip(result.months, column.parts) {
      guard let exact = amount(month) else { continue }
      cells[month.month] = .init(column.text(shown), value: exact.description)
    }
    return { cells[$0.month] ?? .init("-", value: "") }
  }

  private func change(_ part: Double?) -> ReportTable.Cell {
    guard let part else { return .init("-", value: "") }
    return .init(NumberText.change(part), value: ReportTable.number(part))
  }

  // MARK: Months

  /// A row a month and one for all of them.
  var months: ReportTable { months(result.months) }

  /// The same with some of the months.
  func months(_ shown: [TrackResult.Month]) -> ReportTable {
    let total = result.total
    let budget = added(total.budget) { $0.budget }
    let forecast = added(total.forecast) { $0.forecast?.cost.mean }
    let actual = added(total.actual) { $0.actual }
    let landing = added(total.landing) { $0.landing }
    let listed = added(total.listPrice ?? total.landing) { $0.listPrice ?? $0.landing }
    var rows = shown.enumerated().map { index, month -> [ReportTable.Cell] in
      var cells: [ReportTable.Cell] = [
        .init(
          DateText.row(month.month, isFirst: index == 0), value: month.month.description),
        budget(month), forecast(month), cell(month.forecast?.cost.p10),
        cell(month.forecast?.cost.p90), actual(month), landing(month),
      ]
      if isListed { cells.append(listed(month)) }
      cells += [change(month.overForecast), budgetChange(month.overBudget)]
      return cells + [.init(TrackTables.known(month))]
    }
    var sum: [ReportTable.Cell] = [
      .init(total.label), cell(total.budget), cell(total.forecast), .init("", value: ""),
      .init("", value: ""), cell(total.actual), cell(total.landing),
    ]
    if isListed { sum.append(cell(total.listPrice ?? total.landing)) }
    sum += [
      change(TrackTables.excess(total.landing, total.forecast)), budgetChange(total.overBudget), "",
    ]
    rows.append(sum)
    var columns: [ReportTable.Column] = [
      .init("Month"), .init("Budget", .right), .init("Forecast", .right), .init("low", .right),
      .init("high", .right), .init("Actual", .right), .init("Landing", .right),
    ]
    // What a budget judges stands beside what is paid, where the two differ.
    if isListed { columns.append(.init("At list", .right, key: "list price")) }
    columns += [
      .init("± fcst", .right, key: "over forecast"),
      .init("± budget", .right, key: "over budget"),
      .init("Known", shrinksTo: 8),
    ]
    let note =
      isListed
      ? "Budgets judge list prices, before discounts and credits: \"At list\" is held against them."
      : nil
    return ReportTable("", columns, rows, note: note, hasTotal: true)
  }

  /// Whether the months have a budget, and what it judges is not what is paid.
  private var isListed: Bool { result.hasTerms && result.budget != nil }

  private func budgetChange(_ part: Double?) -> ReportTable.Cell {
    var cell = change(part)
    if let part, part >= 0.0005 { cell.tone = .bad }
    return cell
  }

  private static func excess(_ amount: Money, _ base: Money?) -> Double? {
    guard let base, base.nanos > 0 else { return nil }
    return (amount - base).approximate / base.approximate
  }

  /// How much of a month is known.
  static func known(_ month: TrackResult.Month) -> String {
    switch month.state {
    case .actual: "all"
    case .partial: month.knownDays == 0 ? "nothing" : "in part"
    case .underWay: "\(month.knownDays) of \(month.month.dayCount) days"
    case .ahead: "-"
    }
  }

  // MARK: Why

  /// From forecast to landing, a row a month; the parts add up as they are shown.
  var split: ReportTable { split(result.judged) }

  func split(_ shown: [TrackResult.Month]) -> ReportTable {
    let rows = shown.enumerated().compactMap { index, month -> [ReportTable.Cell]? in
      guard let split = month.split, let forecast = month.forecast else { return nil }
      let amounts = [
        forecast.cost.mean, split.volume, split.mix, split.oneOffs, split.price,
      ]
      let column = MoneyColumn(
        amounts.map(\.approximate), total: month.landing.approximate, cents: hasCents)
      let cells = zip(amounts, column.parts).enumerated().map { place, pair in
        ReportTable.Cell(
          (place > 0 && pair.1 > 0 ? "+" : "") + column.text(pair.1), value: pair.0.description)
      }
      return [
        .init(DateText.row(month.month, isFirst: index == 0), value: month.month.description)
      ] + cells + [
        .init(column.text(column.total), value: month.landing.description),
        .init(OneOffText(month.oneOffs).short),
      ]
    }
    return ReportTable(
      "",
      [
        .init("Month"), .init("Forecast", .right), .init("Volume", .right), .init("Mix", .right),
        .init("One-offs", .right), .init("Price", .right), .init("Landing", .right),
        .init("One-off days", shrinksTo: 12),
      ], rows)
  }

  /// Every one-off day.
  var oneOffs: ReportTable {
    let rows = result.judged.flatMap(\.oneOffs).map { one -> [ReportTable.Cell] in
      [
        .init(one.day.description), .init(one.meter.invoiceName), .init(units: one.units),
        .init(one.name ?? "far from what the forecast allows"),
      ]
    }
    return ReportTable(
      "One-off days",
      [.init("Day"), .init("What"), .init("Units beyond the usual", .right), .init("Why")], rows)
  }

  // MARK: Score and gates

  /// How often what was said held, by how far ahead it was said.
  var score: ReportTable {
    ReportTable(
      "Said, and held",
      [
        .init("Months ahead", .right), .init("Times", .right), .init("Held", .right),
        .init("Part", .right),
      ],
      result.score.byHorizon.map { horizon in
        [
          .init(units: Int64(horizon.monthsAhead)), .init(units: Int64(horizon.count)),
          .init(units: Int64(horizon.held)),
          .init(percent: Double(horizon.held) / Double(max(1, horizon.count))),
        ]
      })
  }

  var checks: ReportTable {
    ReportTable(
      "", [.init("What has to hold"), .init("It is", .right), .init("")],
      result.checks.map { check in
        [
          .init(check.expression), .init(check.value),
          check.passed ? .init("ok", .good) : .init("! failed", .bad),
        ]
      })
  }
}

/// The one-off days of a month in a few words: `Black Friday: events +1.2 M; 4 days: llm_events +41 k`.
struct OneOffText {
  let oneOffs: [OneOff]

  init(_ oneOffs: [OneOff]) { self.oneOffs = oneOffs }

  /// All groups in one line; empty without any.
  var short: String { texts.joined(separator: "; ") }

  /// A text for each group, those of most units first.
  var texts: [String] {
    groups.map { group in
      let days = group.days.sorted()
      let when =
        group.name
        ?? (days.count == 1
          ? days.first.map { DateText.day($0, year: false) } ?? ""
          : "\(days.count) days")
      let units = (group.units < 0 ? "-" : "+") + NumberText.count(abs(Double(group.units)))
      return "\(when): \(group.meter.id) \(units)"
    }
  }

  private struct Group {
    var name: String?
    var meter: Meter
    var days: [CalendarDay]
    var units: Int64
  }

  /// By meter and name, those of most units first.
  private var groups: [Group] {
    var groups: [Group] = []
    // Identified events are events too, which say it already.
    let hasEvents = oneOffs.contains { $0.meter == .events }
    for one in oneOffs where !(hasEvents && one.meter == .identifiedEvents) {
      if let place = groups.firstIndex(where: { $0.name == one.name && $0.meter == one.meter }) {
        groups[place].days.append(one.day)
        groups[place].units = groups[place].units.addingClamped(one.units)
      } else {
        groups.append(Group(name: one.name, meter: one.meter, days: [one.day], units: one.units))
      }
    }
    return groups.enumerated().sorted { a, b in
      let (first, second) = (a.element.units.magnitude, b.element.units.magnitude)
      return first == second ? a.offset < b.offset : first > second
    }.map(\.element)
  }
}
