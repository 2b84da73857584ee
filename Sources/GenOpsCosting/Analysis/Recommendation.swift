public import GenOpsMetering
public import GenOpsUnits

/// A saving that was computed by pricing the changed usage again.
public struct Recommendation: Sendable, Hashable {
  /// The guide's `optimization_type`: ``SavingIdea/name``.
  public var name: String
  public var advice: String
  public var sideEffect: String
  /// The bill of the usage as it is.
  public var before: Money
  /// The bill of the changed usage.
  public var after: Money
  /// Units that are no longer sent.
  public var unitsLost: [UnitsLost]

  /// Units of one meter that are no longer sent, per billing period.
  public struct UnitsLost: Sendable, Hashable {
    public var meter: Meter
    public var units: Int64
  }

  /// ``before`` − ``after``, per billing period.
  public var saving: Money { before - after }

  /// The saved part of the bill in percent, 0 to 100: what the guide calls the priority score.
  public var priorityScore: Double {
    before > .zero ? saving.approximate / before.approximate * 100 : 0
  }

  /// The guide's keys, and what the saving costs.
  public var json: JSONValue {
    [
      "optimization_type": .string(name), "description": .string(advice),
      "potential_savings_per_month": .money(saving), "priority_score": .double(priorityScore),
      "side_effect": .string(sideEffect),
      "units_lost": .object(unitsLost.map { .init($0.meter.id, .integer($0.units)) }),
    ]
  }
}

extension CostCalculator {
  /// The ideas that lower the bill of `totals`, the largest saving first.
  public func recommendations(for totals: MeterTotals, ideas: [SavingIdea] = SavingIdea.all)
    throws(CostError) -> [Recommendation]
  {
    let before = try bill(for: totals).total
    var found: [Recommendation] = []
    for idea in ideas {
      let changed = idea.change(totals)
      let calculator =
        idea.droppedAddOns.isDisjoint(with: addOns)
        ? self : CostCalculator(book: book, addOns: addOns.subtracting(idea.droppedAddOns))
      let after = try calculator.bill(for: changed).total
      guard after < before else { continue }
      let lost = Meter.allCases.filter { changed[$0] < totals[$0] }.map {
        Recommendation.UnitsLost(meter: $0, units: totals[$0] - changed[$0])
      }
      found.append(
        Recommendation(
          name: idea.name, advice: idea.advice, sideEffect: idea.sideEffect, before: before,
          after: after, unitsLost: lost))
    }
    return found.sorted { ($1.saving, $0.name) < ($0.saving, $1.name) }
  }
}
