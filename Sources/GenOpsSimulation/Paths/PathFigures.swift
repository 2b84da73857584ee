import GenOpsScenario

/// What one option comes to in each future, for differences future by future.
package struct PathFigures: Sendable {
  /// Currency units of the whole period, fees and terms included.
  package var costs: [Double]
  /// The same with what the change to the option costs.
  package var costsWithChange: [Double]
  /// Empty without `value:`.
  package var netPresentValues: [Double]
}

extension ResultBuilder {
  /// By option.
  func figures() -> [PathFigures] {
    let value = ValueDraws(simulation)
    return plan.options.indices.map { option in
      PathFigures(
        costs: totals(option), costsWithChange: policyCosts(option),
        netPresentValues: plan.scenario.value == nil
          ? []
          : value.flows(
            option: option, bills: costsByMonth(option).flatMap { $0 },
            lost: lostByMonth(option)
          ).map(\.netPresentValue))
    }
  }
}
