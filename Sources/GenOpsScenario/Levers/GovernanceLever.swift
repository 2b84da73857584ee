package import GenOpsGovernance
package import GenOpsUnits

/// Our own governance: a mode and policies beside the scenario's.
package struct GovernanceLever: Lever {
  package static let name = "governance"
  package static let summary = "a mode (advisory, enforced, strict) and policies"
  package static let example = "{mode: enforced, budget: 5000 USD per month}"

  package var mode: GovernanceMode?
  package var policies: [any Policy]

  package static func read(_ node: Node, _ context: LeverContext, _ findings: inout Findings)
    -> GovernanceLever?
  {
    readGovernanceKeys(node, context, &findings).map {
      GovernanceLever(mode: $0.mode, policies: $0.policies)
    }
  }

  package var losesData: Bool { mode != nil && mode != .advisory }

  package func apply(to plan: inout OptionPlan, _ inputs: [DrawID]) {
    if let mode { plan.governance.mode = mode }
    for policy in policies { policy.apply(to: &plan.governance) }
  }

  package func sideEffect(_ outcome: LeverOutcome) -> String? {
    // In advisory mode no budget refuses.
    let effects = policies.filter { mode != .advisory || !($0 is BudgetPolicy) }.map(\.sideEffect)
      .filter { !$0.isEmpty }
    let modeText = mode.map { $0 == .advisory ? "advisory" : "refuses events over budget" }
    // A mode that refuses makes the scenario's own budgets refuse too.
    let budgets = policies.compactMap { ($0 as? BudgetPolicy)?.budget }.filter(\.isHard)
    if mode != .advisory, let own = budgets.first, !outcome.alsoRefusing.isEmpty {
      let names = budgets.map(\.name) + outcome.alsoRefusing
      return names.count == 2
        ? "refuses events over the \(own.name) and \(names[1]) budgets"
        : "refuses events over the \(own.name) budget and \(names.count - 1) more"
    }
    return effects.first ?? modeText
  }
}

/// The keys of a `governance:` mapping: `mode` and any policy kind, `budgets` as a list.
package func readGovernanceKeys(
  _ node: Node, _ context: LeverContext, _ findings: inout Findings
) -> (mode: GovernanceMode?, policies: [any Policy])? {
  if let word = node.text {
    return GovernanceMode(word: word, at: node.location, &findings).map { ($0, []) }
  }
  var keys = MappingReader(node, "governance", &findings)
  guard node.mapping != nil else { return nil }
  let mode = keys.take("mode").flatMap {
    GovernanceMode(word: $0.text ?? "", at: $0.location, &findings)
  }
  var policies: [any Policy] = []
  for entry in keys.takeRest() {
    let isBudget = entry.key == "budget" || entry.key == "budgets"
    let nodes = isBudget ? entry.value.sequence ?? [entry.value] : [entry.value]
    for node in nodes {
      if isBudget {
        if var budget = BudgetPolicy(node, &findings) {
          if node["fiscal_start"] == nil { budget.budget.fiscalStart = context.fiscalStart }
          policies.append(budget)
        }
      } else if let policy = PolicyKinds.decode(
        entry.key, node, at: entry.keyLocation, &findings)
      {
        policies.append(policy)
      }
    }
  }
  GovernancePlan.checkClasses(of: policies, among: context.classifier, &findings)
  return (mode, policies)
}
