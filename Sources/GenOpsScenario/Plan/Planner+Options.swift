import GenOpsCosting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsUnits

/// Changes and options, resolved against the streams.
extension Planner {
  mutating func planChanges() -> [PlanChange] {
    var changes: [PlanChange] = []
    let days = max(0, forecastStart.distance(to: end))
    for change in scenario.changes {
      let from = forecastStart.distance(to: change.from)
      let to = change.to.map { forecastStart.distance(to: $0) + 1 } ?? days
      if change.from >= end || (change.to.map { $0 < start } ?? false) {
        findings.warning(
          "matched-nothing", "the change '\(change.name)' lies outside the period",
          help: "the period is \(start) to \(end.advanced(by: -1))", at: change.location)
      }
      let range = max(0, min(from, days))..<max(max(0, min(from, days)), min(to, days))
      for (position, effect) in change.effects.enumerated() {
        let targets = streams.indices.filter { matches(effect.target, streams[$0]) }
        if targets.isEmpty {
          findings.warning(
            "matched-nothing",
            "the change '\(change.name)' acts on \(effect.target.name), which has no usage",
            help: "'genops plan' lists the streams", at: change.location)
        }
        for (rank, target) in targets.enumerated() {
          let isAdd: Bool
          let index: Int
          switch effect.kind {
          case .factor(let distribution):
            isAdd = false
            index = draw("change.\(change.name).\(position)", distribution)
          case .add(let distribution):
            isAdd = true
            index = draw("change.\(change.name).\(position)", distribution)
            // An amount is added once, not to every stream of its meter.
            if rank > 0 { continue }
          }
          let scale =
            streams[target].isPoll
            ? FlagPollers.dailyRequests(interval: streams[target].pollInterval) : 1
          changes.append(
            PlanChange(
              name: change.name, stream: target, kind: isAdd ? .add : .factor, draw: index,
              scale: scale, days: range))
        }
      }
    }
    return changes
  }

  private func matches(_ target: Scenario.Target, _ stream: PlanStream) -> Bool {
    matches(target, meter: stream.meter, name: stream.name, isPoll: stream.isPoll)
  }

  func matches(_ target: Scenario.Target, meter: Meter, name: String, isPoll: Bool) -> Bool {
    switch target {
    case .flagServers: isPoll
    case .meter(let wanted): meter == wanted && !isPoll
    case .stream(let wanted): name.hasPrefix(wanted + "/")
    }
  }

  /// The amounts of the value case, decided together with everything else.
  mutating func addValueDraws() {
    valueDraws = (scenario.value?.lines ?? []).map { line in
      var name = "value.\(line.name)"
      // A benefit and a cost of one name are two things.
      if draws.contains(where: { $0.name == name }) { name += " (cost)" }
      return draw(name, line.amount)
    }
  }

  /// "as is" and every option: its usage classes, rules and prices.
  mutating func planOptions(period: Scenario.Period) -> [OptionPlan] {
    let base = OptionPlan(
      name: "as is", usageClasses: usageClasses(), governance: scenario.governance,
      prices: scenario.prices,
      addOns: scenario.addOns)
    var plans = [base]
    for option in scenario.options {
      var plan = base
      plan.name = option.name
      for lever in option.levers { lever.apply(to: &plan) }
      if option.levers.contains(where: \.needsPolls), !plan.usageClasses.contains(where: \.isPoll) {
        findings.warning(
          "matched-nothing", "the option '\(option.name)' changes polling, but nothing polls flags",
          help: "add: flags: {servers: 25, polling: 30 s}", at: option.location)
      }
      plans.append(plan)
    }
    for index in plans.indices { commitFees(&plans[index], period.months) }
    return plans
  }

  /// Takes the fees of each budget period off what usage may spend, for budgets of everything.
  private func commitFees(_ plan: inout OptionPlan, _ all: [CalendarMonth]) {
    let fees = all.reduce(Int64(0)) { sum, month in
      MonthlyExtras.fees(plan, month).reduce(sum) { $0 + $1.amount.nanos }
    }
    for index in plan.governance.budgets.indices {
      let budget = plan.governance.budgets[index]
      guard budget.scope == .none, budget.meters == nil, budget.committed == .zero else { continue }
      let months: Int64 =
        switch budget.period {
        case .year: 12
        case .quarter: 3
        case .month: 1
        case .day, .week: 0
        }
      plan.governance.budgets[index].committed = Money(nanos: fees / Int64(all.count) * months)
    }
  }

  /// The kinds of items that each stream produces, in the plan's order.
  private func usageClasses() -> [PlannedUsageClass] {
    streams.enumerated().flatMap { index, stream -> [PlannedUsageClass] in
      guard stream.meter == .events else {
        let isError = stream.meter == .exceptions
        return [
          PlannedUsageClass(
            stream: index, part: nil, identified: nil, eventName: stream.meter.id,
            eventClass: isError ? "error" : stream.meter.id, isCritical: isError,
            usage: Usage(stream.meter), attribution: stream.attribution, isPoll: stream.isPoll,
            scale: 1, wasIdentified: false)
        ]
      }
      let classes = EventClassifier.standard
      let parts = stream.mix.map(\.event) + ["other"]
      return parts.enumerated().flatMap { part, name -> [PlannedUsageClass] in
        let isAssumed = name == Assumption.criticalEvents
        let kind = classes.classify(name)
        return [true, false].map { identified in
          var usage = Usage(.events)
          if identified { usage.add(.identifiedEvents) }
          return PlannedUsageClass(
            stream: index, part: part, identified: identified, eventName: name,
            eventClass: isAssumed ? "conversion" : classes.name(of: kind),
            isCritical: isAssumed || classes.isCritical(kind), usage: usage,
            attribution: stream.attribution, isPoll: false, scale: 1, wasIdentified: false)
        }
      }
    }
  }
}
