import GenOpsCosting
import GenOpsMetering
import GenOpsSimulation
package import GenOpsUnits

extension PriceDiffReport {
  /// The comparison for programs.
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
