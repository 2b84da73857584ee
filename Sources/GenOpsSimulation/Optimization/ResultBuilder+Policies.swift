import GenOpsMetering
import GenOpsScenario
import GenOpsUnits

/// What an optimization reads from the columns of a simulation.
extension ResultBuilder {
  /// The value of an objective for an option; less is better.
  func value(of objective: PolicyObjective, _ option: Int, _ summary: OptionSummary) -> Double {
    switch objective.measure {
    case .cost: summary.cost[objective.quantile]
    case .costAndLostData: summary.cost.mean + worth * summary.lost.total
    case .lostData: summary.lost.total
    case .npv:
      // What is not produced is lost as well, and the value case does not know of it.
      -(summary.roi?.npv[objective.quantile] ?? 0)
        + presentWorth(ofLost: summary.lost.total - lostData(option).total)
    }
  }

  /// What an option costs by path, with the change to it.
  func policyCosts(_ option: Int) -> [Double] {
    zip(totals(option), changes(option)).map { $0 + $1.total }
  }

  /// What the change to an option costs by path.
  private func changes(_ option: Int) -> [ChangeSpending] {
    let value = ValueDraws(simulation)
    return (0..<simulation.paths).map { value.spending(option, $0) }
  }

  /// By path, what decides between two options: what one costs more than the other, or is worth less.
  func differences(
    of objective: PolicyObjective, _ one: (option: Int, lost: Double),
    _ other: (option: Int, lost: Double)
  ) -> [Double] {
    switch objective.measure {
    case .cost, .lostData:
      return zip(policyCosts(other.option), policyCosts(one.option)).map { $0 - $1 }
    case .costAndLostData:
      let lost = worth * (other.lost - one.lost)
      return zip(policyCosts(other.option), policyCosts(one.option)).map { $0 - $1 + lost }
    case .npv:
      // All that the two have in common falls out of the difference.
      let lost = presentWorth(ofLost: other.lost - one.lost)
      return zip(presentCosts(one.option), presentCosts(other.option)).map { $1 - $0 + lost }
    }
  }

  private var worth: Double { plan.scenario.value?.lostEventWorth ?? 0 }

  /// As a value case counts what is lost: spread evenly over the months.
  private func presentWorth(ofLost items: Double) -> Double {
    let month = worth * items / Double(max(1, months.count))
    return flow(costs: months.map { _ in month }).presentCosts
  }

  /// The present value of what an option and the change to it cost, by path.
  private func presentCosts(_ option: Int) -> [Double] {
    zip(costsByMonth(option), changes(option)).map { months, spent in
      flow(costs: zip(months, spent.months).map { $0 + $1 }, atStart: spent.atStart).presentCosts
    }
  }

  private func flow(costs: [Double], atStart: Double = 0) -> CashFlow {
    CashFlow(
      benefitAtStart: 0, costAtStart: atStart, benefits: costs.map { _ in 0 }, costs: costs,
      ratePerYear: plan.scenario.value?.discountRatePerYear ?? 0)
  }

  /// What an option loses, with what it does not produce at the source counted as sampled: a client that
  /// records every second session samples. Flag requests tell nothing of anybody, so fewer of them lose nothing.
  func policyLoss(_ option: Int) -> LostData {
    let sums = simulation.tables[option].sums
    let paths = Double(max(1, simulation.paths))
    var items = LostItems()
    /// Streams and their parts of which nothing is left.
    var gone: Set<[Int]> = []
    for (index, kind) in plan.options[option].usageClasses.enumerated()
    where !kind.isCountedAsEvents {
      let offered = Double(sums.offered[index]) / paths
      var absent = 0.0
      if kind.scale < 1, kind.isData {
        if kind.scale > 0 {
          absent = offered * (1 / kind.scale - 1)
        } else {
          gone.insert([kind.stream.index, kind.part ?? -1])
        }
      }
      items.add(
        kind.eventClass, isCritical: kind.isCritical, kind.meter, offered: offered + absent,
        refused: Double(sums.refused[index]) / paths,
        sampled: Double(sums.sampled[index]) / paths + absent)
    }
    if gone.isEmpty { return items.data }
    let base = simulation.tables[0].sums.offered
    for (index, kind) in plan.options[0].usageClasses.enumerated()
    where kind.isData && gone.contains([kind.stream.index, kind.part ?? -1]) {
      let offered = Double(base[index]) / paths
      items.add(
        kind.eventClass, isCritical: kind.isCritical, kind.meter, offered: offered, refused: 0,
        sampled: offered)
    }
    return items.data
  }
}

extension PlannedUsageClass {
  /// What an item is counted on.
  fileprivate var meter: Meter { Meter.allCases.first { usage[$0] > 0 } ?? .events }

  /// Whether an item says something, and is not a part of another.
  fileprivate var isData: Bool {
    !isPoll && !isCountedAsEvents && usage[.featureFlagRequests] == 0
  }
}

extension Expectation {
  /// How far the condition is missed, 0 where it holds: of its bound, of everything offered, or in points of a
  /// percentage, so that conditions of several kinds can be added up.
  func violation(_ summary: OptionSummary) -> Double {
    guard let value = metric.value(summary, quantile ?? .mean, argument), !value.isNaN else {
      return Expectation.unknown
    }
    if comparison.holds(value, bound) { return 0 }
    let base =
      switch metric.unit {
      case .percent: 1.0
      case .count: max(1, abs(bound), summary.lost.offered)
      case .money, .months: max(1, abs(bound))
      }
    // A strict comparison misses its bound by nothing, and is missed all the same.
    return min(Expectation.unknown, max(1e-9, abs(value - bound) / base))
  }

  /// What is not known is missed by more than anything that is.
  private static let unknown = 1e9
}
