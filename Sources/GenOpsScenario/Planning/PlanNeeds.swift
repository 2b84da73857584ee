import GenOpsGovernance

/// What levers and governance need to tell apart, so that no stream is split for nothing.
struct PlanNeeds {
  /// Names of events that some lever picks out.
  private(set) var eventNames: [String] = []
  /// Whether something may refuse or sample events.
  private(set) var losesData = false
  /// Whether polls are looked at apart from calls.
  private(set) var polls = false

  /// Whether somebody asks for the names of all events that are known.
  let namesEvents: Bool

  /// Whether the events of a stream are told apart by name.
  var tellsEventsApart: Bool { !eventNames.isEmpty || losesData || namesEvents }

  init(_ scenario: Scenario, namesEvents: Bool = false) {
    self.namesEvents = namesEvents
    for lever in scenario.options.flatMap(\.levers) {
      eventNames += lever.eventNames.filter { !eventNames.contains($0) && $0 != "all" }
      losesData = losesData || lever.losesData
      polls = polls || lever.needsPolls
    }
    let governance = scenario.governance
    let sampled =
      [governance.sampling]
      + scenario.options.flatMap(\.levers).compactMap { $0 as? GovernanceLever }
      .flatMap(\.policies).compactMap { ($0 as? SamplingPolicy)?.rates }
    // Classes whose usual event is known: of the others only the scenario's mix can tell.
    for name in ["page_view", "click"] where !eventNames.contains(name) {
      if sampled.contains(where: { $0.byClass[name] ?? 1 < 1 }) { eventNames.append(name) }
    }
    if !governance.sampling.keepsEverything || !governance.postHogLimits.isEmpty
      || governance.budgets.contains(where: governance.refuses)
    {
      losesData = true
    }
    let changesServers = scenario.changes.contains { change in
      change.effects.contains { $0.target == .flagServers }
    }
    polls = polls || changesServers || scenario.pollers != nil
  }
}
