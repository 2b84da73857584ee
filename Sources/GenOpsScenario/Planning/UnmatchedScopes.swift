import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// Names the teams, customers and the like that rules are about and no usage belongs to: such a rule would hold for
/// nothing, and read as if it were kept.
struct UnmatchedScopes {
  private let owners: [Attribution]
  private var findings = Findings()

  /// Reports what no stream has, of "as is" and of each option beside it.
  static func report(
    _ scenario: Scenario, _ options: [OptionPlan], _ streams: [PlanStream],
    _ findings: inout Findings
  ) {
    guard let base = options.first?.governance else { return }
    var check = UnmatchedScopes(owners: streams.map(\.attribution))
    check.check(base, beside: .open, places: scenario.stated.budgets, at: scenario.location)
    check.checkSampling(options[0], beside: .everything, at: scenario.location)
    for (option, plan) in zip(scenario.options, options.dropFirst()) {
      let policies = option.levers.compactMap { $0 as? GovernanceLever }.flatMap(\.policies)
      check.check(
        plan.governance, beside: base, places: BudgetPolicy.locations(policies), at: option.location
      )
      check.checkSampling(plan, beside: base.sampling, at: option.location)
    }
    findings.merge(check.findings)
  }

  private init(owners: [Attribution]) { self.owners = owners }

  /// Looks at what `plan` has and `base` has not.
  private mutating func check(
    _ plan: GovernancePlan, beside base: GovernancePlan, places: [String: SourceLocation],
    at location: SourceLocation
  ) {
    for budget in plan.budgets where !base.budgets.contains(where: { $0.name == budget.name }) {
      check(budget.scope, "the budget '\(budget.name)'", at: places[budget.name] ?? location)
    }
    for scoped in plan.scopedModes where !base.scopedModes.contains(scoped) {
      check(scoped.scope, "the mode \(scoped.mode.rawValue)", at: location)
    }
    // Some teams of a list of allowed ones may send nothing. A name that looks misspelt is an error, and so is a list
    // in which every team sends nothing.
    let teams = plan.eventRules.allowedTeams ?? []
    let known = Set(owners.compactMap { $0.team })
    for team in teams where base.eventRules.allowedTeams?.contains(team) != true {
      let isLikely = known.isDisjoint(with: teams) || nearestName(to: team, among: known) != nil
      if isLikely { check(Attribution(team: team), "team-access", at: location) }
    }
  }

  /// Rates of classes of which nothing is told apart keep all of it.
  private mutating func checkSampling(
    _ plan: OptionPlan, beside base: SamplingRates, at location: SourceLocation
  ) {
    let classes = Set(plan.usageClasses.map { $0.sampledAs ?? $0.eventClass })
    for (name, rate) in plan.governance.sampling.byClass.sorted(by: { $0.key < $1.key })
    where rate < 1 && base.byClass[name] != rate && !classes.contains(name) {
      findings.warning(
        "matched-nothing",
        "sampling keeps a part of '\(name)', and nothing says which part of the events that is: all are kept",
        help: "add: mix: {an event of that class: 5%}", at: location)
    }
  }

  private mutating func check(_ scope: Attribution, _ what: String, at location: SourceLocation) {
    if scope == .none || owners.contains(where: { $0.matches(scope) }) { return }
    for name in Attribution.dimensions {
      guard let wanted = scope[name], !owners.contains(where: { $0[name] == wanted }) else {
        continue
      }
      let known = Set(owners.compactMap { $0[name] }).sorted()
      let near = nearestName(to: wanted, among: known)
      // Where no usage says its team at all, the rule may be right and the scenario say too little.
      findings.add(
        Finding(
          known.isEmpty ? .warning : .error, "matched-nothing",
          "\(what) is of the \(name) '\(wanted)', to which no usage belongs",
          help: near.map { "did you mean '\($0)'?" }
            ?? (known.isEmpty
              ? "say whose a stream is: \(name): \(wanted)"
              : "known: \(known.joined(separator: ", "))"),
          at: location))
      return
    }
    findings.error(
      "matched-nothing", "\(what) is of a scope to which no usage belongs as a whole",
      help: "'genops plan' lists the streams", at: location)
  }
}
