package import GenOpsUnits

extension Planner {
  /// `plan` with other options than it was made with: the same futures, streams and draws. All that the new
  /// options need to be told apart or drawn was in those that the plan was made with.
  package static func replacingOptions(
    of plan: Plan, with options: [Scenario.OptionEntry]
  ) throws(FindingsError) -> Plan {
    var plan = plan
    var findings = Findings()
    var draws = plan.draws
    plan.scenario.options = options
    plan.options = OptionPlanner.plan(plan.scenario, plan.streams, &draws, &findings)
    OptionPlanner.complete(
      &plan.options, PlanWindow(period: plan.period, forecastStart: plan.forecastStart),
      billingDay: plan.billingDay, isRecorded: plan.recording != nil)
    if draws.count != plan.draws.count {
      findings.error(
        "not-a-variable", "a policy draws what none of its parts draws by itself",
        help: "make one variable of the places that belong together", at: plan.scenario.location)
    }
    try findings.throwIfErrors()
    plan.levers = plan.levers.prefix(1) + options.map(\.levers)
    return plan
  }
}
