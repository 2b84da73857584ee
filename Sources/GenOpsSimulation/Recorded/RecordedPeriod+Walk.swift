import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
package import GenOpsScenario
package import GenOpsUnits

extension RecordedPeriod {
  /// How an option governs and prices it.
  private func configuration(_ plan: Plan, _ option: OptionPlan) -> AdapterConfiguration {
    var configuration = AdapterConfiguration(
      attribution: plan.scenario.attribution, plan: option.governance,
      calculator: CostCalculator(book: option.prices.first, addOns: option.addOns),
      billingAnchorDay: plan.billingDay, opening: plan.opening)
    configuration.knownPeople = people
    configuration.classifier = EventClassifier.standard.apart(
      option.usageClasses.compactMap(\.sampledAs))
    // As the paths of a plan are priced, whose finding says so.
    configuration.judgesUnknownOpenings = false
    configuration.onFinding = { _ in }
    return configuration
  }

  func walk(_ plan: Plan, _ option: OptionPlan) throws(FindingsError) -> RecordedWalk {
    try RecordedWalk(configuration(plan, option), start: Timestamp(startOf: plan.period.start))
  }
}

extension Plan {
  /// Every decision of the scenario as it is, in order.
  ///
  /// - Throws: `no-recording` when the run does not go event by event through recorded ones, and why.
  package func decisions() throws(FindingsError) -> [RecordedDecision] {
    guard let recording else {
      if let recordingObstacle {
        throw FindingsError(
          "no-recording", "the recorded events are not decided on one by one: \(recordingObstacle)",
          help:
            "run what they hold and nothing else, with a period of months that they cover; or use "
            + "'genops replay'", at: scenario.location)
      }
      throw FindingsError(
        "no-recording", "there are no recorded events to decide on one by one",
        help: "name files of events under history:, a period that they cover, and grain: exact; or "
          + "use 'genops replay'", at: scenario.location)
    }
    let walk = try recording.walk(self, options[0])
    return recording.events.map {
      RecordedDecision(event: $0, outcome: walk.decide($0))
    }
  }
}
