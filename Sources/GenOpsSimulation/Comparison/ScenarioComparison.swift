import GenOpsScenario
package import GenOpsUnits

/// Scenarios and their options beside each other on the same futures.
///
/// Every input draws its random numbers under its own name, so scenarios of one seed meet the same futures in all that
/// they have in common, and a difference is taken future by future.
package struct ScenarioComparison: Sendable {
  /// A scenario, as it was named, with what the command line put over it.
  package struct Side: Sendable {
    package var label: String
    package var path: String
    package var result: ScenarioResult
    /// The values in which its file differs from the first one's; none of the first.
    package var changes: [String]
    /// From the first scenario "as is" to this one, by line of the bill, in currency units: the parts sum to the
    /// difference of the expected costs.
    package var bridge: [(label: String, amount: Double)]
  }

  /// "As is" of a scenario, or one of its options.
  package struct Choice: Sendable {
    package var label: String
    /// Index into ``ScenarioComparison/sides``.
    package var side: Int
    /// What its own run says of it.
    package var option: OptionResult
    /// Its cost less the baseline's, future by future; 0 of the baseline.
    package var difference: ForecastDistribution
    /// The part of futures in which it costs less than the baseline.
    package var cheaper: Double
    /// Its net present value less the baseline's; nil where one of them has none.
    package var npvDifference: ForecastDistribution?
    package var isBaseline = false
  }

  /// How the best choice stands to the next best one.
  package struct Lead: Sendable {
    package var best: String
    package var next: String
    /// Whether the change to one of the two costs something, which then counts here.
    package var paysForChange: Bool
    /// The cost of the next best less that of the best.
    package var difference: ForecastDistribution
    package var cheaper: Double
  }

  package var sides: [Side]
  package var choices: [Choice]
  /// Of those that lose no more than the baseline; nil for fewer than two.
  package var lead: Lead?
  package var findings: Findings

  /// What every difference is taken from.
  package var baseline: Choice? { choices.first(where: \.isBaseline) }
}
