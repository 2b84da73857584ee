import GenOpsMetering
import GenOpsSimulation
import GenOpsUnits

/// What a change of prices does to a scenario.
extension PriceDiffReport {
  func sections(_ run: ScenarioPriceDiff) -> [ReportSection] {
    let months = Double(max(1, run.months.count))
    let currency = run.new.currency
    var nodes: [ReportNode] = [
      .paragraph("\(run.new.name): \(run.new.provenance.paths) futures, the same under both")
    ]
    if let point = run.point {
      nodes.append(
        .paragraph(
          "A mean month costs \(point.new.text(decimals: 2, grouping: true)) in place of "
            + "\(point.old.text(decimals: 2, grouping: true)) \(currency)"))
    }
    nodes.append(.table(self.months(run)))
    nodes.append(
      .paragraph(
        "per month \(NumberText.money(run.difference.mean / months)) \(currency) more on average"
          + " (80 % between \(NumberText.money(run.difference.p10 / months)) and "
          + "\(NumberText.money(run.difference.p90 / months)))"))
    return [
      ReportSection("What it costs the scenario", nodes),
      ReportSection("Who pays it", [.table(teams(run))]),
    ]
      + zip(run.old.budgets, run.new.budgets).enumerated().map { index, budgets in
        ReportSection(
          index == 0 ? "Budgets" : "", id: "budget-\(index)",
          [.paragraph(breach(budgets.0, budgets.1))])
      }
  }

  private func months(_ run: ScenarioPriceDiff) -> ReportTable {
    func row(_ name: String, _ old: Double, _ new: Double, _ change: ForecastDistribution)
      -> [ReportTable.Cell]
    {
      [.init(name)] + [old, new, change.p10, change.mean, change.p90].map { .init(money: $0) }
    }
    var rows = run.months.indices.map { index in
      let (month, change) = run.months[index]
      return row(
        month.description, run.old.months[index].cost.mean, run.new.months[index].cost.mean, change)
    }
    rows.append(
      row(run.new.yearLabel, run.old.year.cost.mean, run.new.year.cost.mean, run.difference))
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
        [.init(PriceDiffReport.name(team.attribution))]
          + [team.old, team.new, team.new - team.old].map { .init(money: $0) }
      })
  }

  /// How the date of a budget's breach moves.
  private func breach(_ old: BudgetResult, _ new: BudgetResult) -> String {
    var out = "Budget \(old.name): breached \(NumberText.inFutures(new.breachProbability))"
    out += " in place of \(NumberText.futures(old.breachProbability))"
    switch (old.firstBreach?.p50, new.firstBreach?.p50) {
    case (let a?, let b?):
      let days = a.distance(to: b)
      out +=
        days == 0
        ? "; half of them by \(b), as before"
        : "; half of them by \(b), \(abs(days)) days \(days < 0 ? "earlier" : "later")"
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
