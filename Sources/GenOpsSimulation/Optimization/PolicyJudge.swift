import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsScenario
import GenOpsUnits

/// Judges policies: as options of one plan, through the adapter and the calculator of a run.
struct PolicyJudge: Sendable {
  /// Made with every choice as an option by itself.
  let plan: Plan
  let variables: [DecisionVariable]
  let objective: PolicyObjective
  let conditions: [Expectation]
  let jobs: Int

  /// Policies with what they came to, and the futures in which they did.
  struct Round {
    /// "As is" first, then the policies in their order.
    var evaluations: [PolicyEvaluation]
    var builder: ResultBuilder
    var result: ScenarioResult
  }

  func judge(_ policies: [[Int]]) async throws(FindingsError) -> [PolicyEvaluation] {
    Array(try await round(policies).evaluations.dropFirst())
  }

  func round(
    _ policies: [[Int]], onProgress: @escaping @Sendable (Double) -> Void = { _ in }
  ) async throws(FindingsError) -> Round {
    let entries = try PolicyOptions.entries(policies, of: variables, plan.scenario)
    let options = try Planner.replacingOptions(of: plan, with: entries)
    let simulation = try await Simulation.run(
      options, jobs: jobs, studiesFaults: false, showsAssumed: false, onProgress: onProgress)
    let builder = ResultBuilder(simulation)
    let (result, summaries) = builder.build(version: ScenarioRun.version)
    let drawn = World(builder, summaries, objective)
    var shown: World?
    if result.options.dropFirst().contains(where: { !$0.assumptions.isEmpty }) {
      let low = try await Simulation.run(
        options, jobs: jobs, studiesFaults: false, showsAssumed: false, atLow: true,
        onProgress: { _ in })
      let builder = ResultBuilder(low)
      shown = World(builder, builder.build(version: ScenarioRun.version).summaries, objective)
    }
    let all = [variables.map { _ in 0 }] + policies
    let evaluations = all.indices.map { index in
      evaluation(
        all[index], at: index, drawn, result.options[index].assumptions.isEmpty ? nil : shown,
        result.options[index])
    }
    return Round(evaluations: evaluations, builder: builder, result: result)
  }

  private func evaluation(
    _ choices: [Int], at index: Int, _ drawn: World, _ shown: World?, _ option: OptionResult
  ) -> PolicyEvaluation {
    let summary = drawn.summaries[index]
    let saving = shown.map { $0.summaries[0].cost.mean - $0.summaries[index].cost.mean }
    // What it betters where everything that is assumed is at its lower end is what is shown of it.
    let value =
      shown.map { drawn.values[0] - ($0.values[0] - $0.values[index]) } ?? drawn.values[index]
    let currency = plan.scenario.book.currency
    let checks = conditions.map { condition in
      let check = condition.judge(summary, currency: currency)
      guard check.passed, let low = shown?.summaries[index] else { return check }
      return condition.judge(low, currency: currency).passed
        ? check : condition.judge(low, currency: currency)
    }
    func violation(_ summary: OptionSummary) -> Double {
      conditions.reduce(0) { $0 + $1.violation(summary) }
    }
    let changes = choices.count { $0 > 0 }
    let shownCost = drawn.summaries[0].cost.mean - (saving ?? summary.saves.mean)
    let isLoss = objective.measure == .lostData
    let assumed = PolicyStanding(
      violation: violation(summary), primary: drawn.values[index],
      secondary: isLoss ? summary.cost.mean : summary.lost.total, changes: changes, choices: choices
    )
    var standing = assumed
    if let low = shown?.summaries[index] {
      standing.violation = max(assumed.violation, violation(low))
      standing.primary = max(value, drawn.values[index])
      standing.secondary =
        isLoss ? max(shownCost, summary.cost.mean) : max(low.lost.total, summary.lost.total)
    }
    return PolicyEvaluation(
      choices: choices, summary: summary, assumptions: option.assumptions,
      shownSaving: saving ?? summary.saves.mean, shownCost: shownCost,
      sideEffects: option.sideEffects, checks: checks,
      objective: objective.measure == .npv ? -drawn.values[index] : drawn.values[index],
      standing: standing, assumedStanding: assumed)
  }

  /// Options on one set of futures.
  private struct World {
    var summaries: [OptionSummary]
    /// The value of the objective by option; less is better.
    var values: [Double]

    init(_ builder: ResultBuilder, _ summaries: [OptionSummary], _ objective: PolicyObjective) {
      var summaries = summaries
      let asIs = builder.policyCosts(0)
      for index in summaries.indices {
        summaries[index].lost = builder.policyLoss(index)
        // A policy pays for its changes.
        let costs = builder.policyCosts(index)
        summaries[index].cost = builder.distribution(costs)
        summaries[index].saves = builder.distribution(zip(asIs, costs).map { $0 - $1 })
      }
      self.summaries = summaries
      values = summaries.indices.map { builder.value(of: objective, $0, summaries[$0]) }
    }
  }
}
