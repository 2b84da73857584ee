package import GenOpsCosting
import GenOpsMetering
package import GenOpsSimulation
package import GenOpsUnits

/// Two price books side by side, as text and as JSON.
package struct PriceDiffReport {
  var diff: BookDiff
  /// One usage under both.
  package var bills: (old: Bill, new: Bill)?
  package var scenario: ScenarioPriceDiff?

  package init(_ diff: BookDiff) { self.diff = diff }

  package func text(_ style: TextStyle) -> String {
    var out = "\(diff.old.id) -> \(diff.new.id), \(diff.new.currency)\n"
    out += diff.isEmpty ? "\nthe same prices\n" : "\n" + prices(style)
    if let bills { out += "\n" + self.bills(bills.old, bills.new, style) }
    if let scenario { out += "\n" + self.scenario(scenario, style) }
    return out
  }

  // MARK: What changed

  private func prices(_ style: TextStyle) -> String {
    let whole = wholeMeters
    var rows = diff.tiers.compactMap { change -> [TextTable.Cell]? in
      if whole.contains(change.meter) {
        guard change.from == 1 else { return nil }
        let count = diff.tiers.count { $0.meter == change.meter }
        let tiers = count == 1 ? "1 price" : "\(count) tiers"
        return [
          change.meter.invoiceName, "", "all", change.old == .unknown ? "unknown" : tiers,
          change.new == .unknown ? "unknown" : tiers, "",
        ].map { TextTable.Cell($0) }
      }
      let relative = change.old.change(to: change.new)
      return [
        TextTable.Cell(change.meter.invoiceName), TextTable.Cell("\(change.tier)"),
        TextTable.Cell(
          groupedDigits(String(change.from))
            + (change.to == .max
              ? " and more" : " - \(groupedDigits(String(change.to)))")),
        TextTable.Cell(change.old.description), TextTable.Cell(change.new.description),
        TextTable.Cell(
          relative.map { NumberText.change($0) } ?? "",
          relative.map { $0 > 0 ? .bad : .good } ?? .plain),
      ]
    }
    rows += diff.addOns.map { change in
      ["\(change.id) (add-on)", "", "", text(change.old), text(change.new), ""].map {
        TextTable.Cell($0)
      }
    }
    var out = TextTable(
      [
        .init("What"), .init("tier", .right), .init("units", .right), .init("old", .right),
        .init("new", .right), .init("", .right),
      ], rows
    ).text(style)
    if diff.termsDiffer { out += "the terms of the contract differ\n" }
    return out
  }

  /// Meters that one of the books does not know at all: one line says it.
  private var wholeMeters: Set<Meter> {
    Set(
      diff.tiers.map(\.meter).filter {
        diff.old.rate(of: $0) == nil || diff.new.rate(of: $0) == nil
      })
  }

  private func text(_ money: Money?) -> String { money?.description ?? "none" }

  // MARK: What it costs

  private func bills(_ old: Bill, _ new: Bill, _ style: TextStyle) -> String {
    let meters = Meter.allCases.filter { meter in
      (old.charges + new.charges).contains { $0.meter == meter }
    }
    func money(_ amount: Money?) -> String {
      amount?.text(decimals: 2, grouping: true) ?? "unknown"
    }
    func row(_ name: String, _ units: Int64?, _ a: Money?, _ b: Money?) -> [String] {
      let change = a.flatMap { a in b.map { $0 - a } }
      return [
        name, units.map { groupedDigits(String($0)) } ?? "", money(a), money(b), money(change),
      ]
    }
    var rows = meters.map { meter in
      let charge = (old.charges + new.charges).first { $0.meter == meter }
      return row(meter.invoiceName, charge?.units, old[meter], new[meter])
    }
    rows.append(row("Fees and terms", nil, rest(old), rest(new)))
    rows.append(row("Total", nil, old.total, new.total))
    return TextTable(
      [
        .init("Per billing period"), .init("units", .right), .init("old", .right),
        .init("new", .right), .init("more", .right),
      ], rows
    ).text(style)
  }

  private func rest(_ bill: Bill) -> Money { bill.total - bill.usageTotal }

  private func scenario(_ run: ScenarioPriceDiff, _ style: TextStyle) -> String {
    let months = Double(max(1, run.months.count))
    let currency = run.new.currency
    var out = "\(run.new.name): \(run.new.provenance.paths) futures, the same under both\n"
    if let point = run.point {
      out += "A mean month costs \(point.new.text(decimals: 2, grouping: true)) in place of "
      out += "\(point.old.text(decimals: 2, grouping: true)) \(currency)\n"
    }
    func row(_ name: String, _ old: Double, _ new: Double, _ change: ForecastDistribution)
      -> [String]
    {
      [
        name, NumberText.money(old), NumberText.money(new), NumberText.money(change.p10),
        NumberText.money(change.mean), NumberText.money(change.p90),
      ]
    }
    var rows = run.months.indices.map { index in
      let (month, change) = run.months[index]
      return row(
        month.description, run.old.months[index].cost.mean, run.new.months[index].cost.mean, change)
    }
    rows.append(
      row(run.new.yearLabel, run.old.year.cost.mean, run.new.year.cost.mean, run.difference))
    out += TextTable(
      [
        .init("Month"), .init("old", .right), .init("new", .right), .init("more: low", .right),
        .init("expected", .right), .init("high", .right),
      ], rows
    ).text(style)
    out += "per month \(NumberText.money(run.difference.mean / months)) \(currency) more on average"
    out += " (80 % between \(NumberText.money(run.difference.p10 / months)) and "
    out += "\(NumberText.money(run.difference.p90 / months)))\n"
    if !run.teams.isEmpty {
      out +=
        "\n"
        + TextTable(
          [
            .init("Who", shrinksTo: 20), .init("old", .right), .init("new", .right),
            .init("more", .right),
          ],
          run.teams.map {
            [
              PriceDiffReport.name($0.attribution), NumberText.money($0.old),
              NumberText.money($0.new), NumberText.money($0.new - $0.old),
            ]
          }
        ).text(style)
    }
    for (old, new) in zip(run.old.budgets, run.new.budgets) { out += breach(old, new) }
    return out
  }

  /// How the date of a budget's breach moves.
  private func breach(_ old: BudgetResult, _ new: BudgetResult) -> String {
    var out = "\nBudget \(old.name): breached \(NumberText.inFutures(new.breachProbability))"
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
    return out + "\n"
  }

  static func name(_ attribution: Attribution) -> String {
    let parts = Attribution.dimensions.compactMap { attribution[$0] }
    return parts.isEmpty ? "nobody" : parts.joined(separator: " / ")
  }

  // MARK: JSON

  package var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("old", .string(diff.old.id)), .init("new", .string(diff.new.id)),
      .init("currency", .string(diff.new.currency)),
      .init(
        "tiers",
        .array(
          diff.tiers.map { change in
            .object([
              .init("meter", .string(change.meter.id)), .init("tier", .integer(change.tier)),
              .init("from", .integer(change.from)),
              .init("to", change.to == .max ? .null : .integer(change.to)),
              .init("old", .string(change.old.description)),
              .init("new", .string(change.new.description)),
              .init("place", change.place.map { .string($0.description) } ?? .null),
            ])
          })),
      .init(
        "addOns",
        .array(
          diff.addOns.map { change in
            .object([
              .init("id", .string(change.id)), .init("old", change.old.map { .money($0) } ?? .null),
              .init("new", change.new.map { .money($0) } ?? .null),
            ])
          })),
      .init("termsDiffer", .bool(diff.termsDiffer)),
    ]
    if let bills {
      members.append(
        .init(
          "usage",
          [
            "old": .money(bills.old.total), "new": .money(bills.new.total),
            "more": .money(bills.new.total - bills.old.total),
          ]))
    }
    if let scenario { members.append(.init("scenario", json(scenario))) }
    return .object(members)
  }

  private func json(_ run: ScenarioPriceDiff) -> JSONValue {
    func money(_ value: Double) -> JSONValue {
      Money(approximately: value).map { .money($0) } ?? .null
    }
    func spread(_ change: ForecastDistribution) -> JSONValue {
      ["mean": money(change.mean), "p10": money(change.p10), "p90": money(change.p90)]
    }
    return .object([
      .init("name", .string(run.new.name)), .init("paths", .integer(run.new.provenance.paths)),
      .init("old", money(run.old.year.cost.mean)), .init("new", money(run.new.year.cost.mean)),
      .init("more", spread(run.difference)),
      .init(
        "months",
        .array(
          run.months.map { month, change in
            .object([.init("month", .string(month.description)), .init("more", spread(change))])
          })),
      .init(
        "attribution",
        .array(
          run.teams.map { team in
            .object([
              .init("name", .string(PriceDiffReport.name(team.attribution))),
              .init("old", money(team.old)), .init("new", money(team.new)),
            ])
          })),
      .init(
        "budgets",
        .array(
          zip(run.old.budgets, run.new.budgets).map { old, new in
            .object([
              .init("name", .string(old.name)),
              .init("oldBreachProbability", .double(old.breachProbability)),
              .init("newBreachProbability", .double(new.breachProbability)),
              .init("oldFirstBreach", old.firstBreach.map { .string($0.p50.description) } ?? .null),
              .init("newFirstBreach", new.firstBreach.map { .string($0.p50.description) } ?? .null),
            ])
          })),
    ])
  }
}
