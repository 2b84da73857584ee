import GenOpsMetering
import GenOpsSimulation
import GenOpsUnits

/// What a change of prices does to a scenario.
extension PriceDiffReport {
  func sections(_ run: ScenarioPriceDiff) -> [ReportSection] {
    let months = Double(max(1, run.months.count))
    let currency = run.new.currency
    var nodes: [ReportNode] = [
      .paragraph(
        "\(run.new.name): \(NumberText.counted(run.new.provenance.paths, "future")), the same under both"
      )
    ]
    if let point = run.point {
      nodes.append(
        .paragraph(
          "A month of mean usage costs \(point.new.text(decimals: 2, grouping: true)) in place of "
            + "\(point.old.text(decimals: 2, grouping: true)) \(currency)"
            + (run.old.hasTerms || run.new.hasTerms ? ", before discounts and credits" : "")))
    }
    nodes.append(.table(self.months(run)))
    nodes.append(
      .paragraph(
        "per month \(NumberText.money(run.difference.mean / months)) \(currency) more on average"
          + " (80 % between \(NumberText.money(run.difference.p10 / months)) and "
          + "\(NumberText.money(run.difference.p90 / months)))"))
    return [
      ReportSection("What it costs the scenario", nodes),
      ReportSection(
        "Who pays it",
        [.table(teams(run))]
          + (run.old.hasTerms || run.new.hasTerms
            ? [.paragraph("At list prices: discounts and credits are the account's.")] : [])),
    ]
      + zip(run.old.budgets, run.new.budgets).enumerated().map { index, budgets in
        ReportSection(
          index == 0 ? "Budgets" : "", id: "budget-\(index)",
          [.paragraph(breach(budgets.0, budgets.1))])
      }
  }

  private func months(_ run: ScenarioPriceDiff) -> ReportTable {
    let sides = [run.old, run.new].map { side in
      (months: side.months.map(\.cost.mean), total: side.year.cost.mean)
    }
    let cents = MoneyColumn.needsCents(sides.flatMap(\.months))
    let columns = sides.map { MoneyColumn($0.months, total: $0.total, cents: cents) }
    let names = run.months.map(\.month.description) + [run.new.yearLabel]
    let changes = run.months.map(\.difference) + [run.difference]
    let shown = columns.map { $0.parts + [$0.total] }
    let rows = names.indices.map { index -> [ReportTable.Cell] in
      let (old, new, change) = (shown[0][index], shown[1][index], changes[index])
      // The difference of what is shown, so that a row adds up too.
      let more = new - old
      func cell(_ value: Double) -> ReportTable.Cell {
        .init(
          columns[1].text(value, beside: change.mean, shown: more),
          value: ReportTable.number(value))
      }
      let exact = sides.map { ($0.months + [$0.total])[index] }
      return [
        .init(names[index]), .init(columns[0].text(old), value: ReportTable.number(exact[0])),
        .init(columns[1].text(new), value: ReportTable.number(exact[1])), cell(change.p10),
        .init(columns[1].text(more), value: ReportTable.number(change.mean)), cell(change.p90),
      ]
    }
    return ReportTable(
      "",
      [
        .init("Month"), .init("old", .right), .init("new", .right),
        .init("more: low", .right, key: "more_low"), .init("expected", .right, key: "more"),
        .init("high", .right, key: "more_high"),
      ], rows, hasTotal: true)
  }

  private func teams(_ run: ScenarioPriceDiff) -> ReportTable {
    ReportTable(
      "",
      [
        .init("Who", key: "what", shrinksTo: 20), .init("old", .right), .init("new", .right),
        .init("more", .right),
      ],
      run.teams.map { team in
        let both = MoneyColumn(alternatives: [team.old, team.new])
        let exact = [team.old, team.new, team.new - team.old]
        let shown = both.parts + [both.parts[1] - both.parts[0]]
        return [.init(PriceDiffReport.name(team.attribution))]
          + zip(shown, exact).map { .init(both.text($0), value: ReportTable.number($1)) }
      })
  }

  /// How the date of a budget's breach moves.
  private func breach(_ old: BudgetResult, _ new: BudgetResult) -> String {
    let what = new.refuses ? "refuses events" : "breached"
    var out = "Budget \(old.name): \(what) \(NumberText.inFutures(new.breachProbability))"
    out += " in place of \(NumberText.futures(old.breachProbability))"
    switch (old.firstBreach?.p50, new.firstBreach?.p50) {
    case (let a?, let b?):
      let days = a.distance(to: b)
      out +=
        days == 0
        ? "; half of them by \(b), as before"
        : "; half of them by \(b), \(NumberText.counted(abs(days), "day")) "
          + (days < 0 ? "earlier" : "later")
    case (nil, let b?): out += "; half of them by \(b)"
    default: break
    }
    return out
  }

  static func name(_ attribution: Attribution) -> String {
    let parts = Attribution.dimensions.compactMap { attribution[$0] }
    return parts.isEmpty ? "nobody" : parts.joined(separator: " / ")
  }
}
