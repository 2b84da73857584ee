import GenOpsCosting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsUnits

/// The fifth stage: "as is" and each option, resolved against the streams.
enum OptionPlanner {
  /// "as is" and every option: its usage classes, rules and prices. Budgets and limits are still those that are
  /// written; see ``complete(_:_:billingDay:isRecorded:)``.
  static func plan(
    _ scenario: Scenario, _ streams: [PlanStream],
    _ draws: inout [PlanDraw], _ findings: inout Findings
  ) -> [OptionPlan] {
    var base = OptionPlan(
      name: "as is", usageClasses: usageClasses(streams), governance: scenario.governance,
      prices: scenario.prices,
      addOns: scenario.addOns, terms: scenario.terms)
    let ofBase = OptionAssumptions(streams, base)
    base.assumptions = ofBase.labels(ofBase.ofCost, draws)
    var plans = [base]
    for option in scenario.options {
      var plan = base
      plan.name = option.name
      for lever in option.levers {
        for name in lever.unmatched(in: base) {
          findings.error(
            "matched-nothing",
            "the option '\(option.name)' acts on \(name), of which there is no usage",
            help: nearest(to: name, in: base).map { "did you mean '\($0)'?" }
              ?? "'genops plan' lists the streams", at: option.location)
        }
        let inputs = lever.inputs.map { input in
          switch input {
          case .given(let name, let value):
            draws.draw("option.\(option.drawsAs ?? option.name).\(name)", value)
          case .assumed(let assumption): draws.draw(assumption, &findings)
          }
        }
        lever.apply(to: &plan, inputs)
      }
      checkBudgets(option, beside: base.governance, &findings)
      plan.assumptions = ofBase.labels(ofBase.ofSaving(plan), draws)
      plan.assumptions += unpriced(plan, beside: base, at: option.location, &findings)
      if option.levers.contains(where: \.needsPolls), !plan.usageClasses.contains(where: \.isPoll) {
        findings.warning(
          "matched-nothing", "the option '\(option.name)' changes polling, but nothing polls flags",
          help: "add: flags: {servers: 25, polling: 30 s}", at: option.location)
      }
      plans.append(plan)
    }
    return plans
  }

  /// What the items of a plan are called that was probably meant.
  private static func nearest(to name: String, in plan: OptionPlan) -> String? {
    let names = plan.usageClasses.flatMap { [$0.eventName, $0.eventClass] }
    return nearestName(to: name, among: names.filter { $0 != name })
  }

  /// Takes fees off budgets and discounts off limits. Where days of `window` have passed, an option begins behind
  /// them, unless recorded events are decided on anew.
  static func complete(
    _ plans: inout [OptionPlan], _ window: PlanWindow, billingDay: Int, isRecorded: Bool
  ) {
    let months = window.period.months
    let slices = BillingSlices(months, billingDay: billingDay)
    for index in plans.indices {
      if window.actualCount > 0, !isRecorded, plans[index].addOns != plans[0].addOns {
        plans[index].past = .init(addOns: plans[0].addOns, until: window.forecastStart)
      }
      plans[index].monthlyFees = MonthlyExtras.fees(plans[index], months, slices)
      commitFees(&plans[index], window)
      // What PostHog limits is what is paid, and the core judges list prices.
      let (terms, _) = SettledPeriod.agreed(plans[index], on: window.start)
      plans[index].governance.postHogLimits = plans[index].governance.postHogLimits.compactMap {
        $0.atListPrice(terms.discount)
      }
    }
  }

  /// The budgets of the scenario hold under an option too, so one of the option has a name of its own.
  private static func checkBudgets(
    _ option: Scenario.OptionEntry, beside base: GovernancePlan, _ findings: inout Findings
  ) {
    var names = Set(base.budgets.map(\.name))
    for case let lever as GovernanceLever in option.levers {
      for case let policy as BudgetPolicy in lever.policies {
        let budget = policy.budget
        if names.insert(budget.name).inserted { continue }
        let isOfBase = base.budgets.contains { $0.name == budget.name }
        findings.error(
          "duplicate-budget",
          "two budgets are called '\(budget.name)'"
            + (isOfBase ? ": the scenario's holds under '\(option.name)' too" : ""),
          help: "give it a name of its own: {name: \(budget.name) of \(option.name), limit: "
            + "\(budget.limit) \(budget.currency) per \(budget.period.rawValue)}",
          at: policy.location ?? option.location)
      }
    }
  }

  /// What the option's own books have no price or fee for and those of "as is" have: it would be saved only because
  /// nobody knows what it costs.
  private static func unpriced(
    _ option: OptionPlan, beside base: OptionPlan, at place: SourceLocation,
    _ findings: inout Findings
  ) -> [String] {
    let known = base.prices.books.map(\.id)
    var labels: [String] = []
    for book in option.prices.books where !known.contains(book.id) {
      for meter in Meter.allCases
      where option.uses(meter) && book.rate(of: meter) == nil
        && base.prices.books[0].rate(of: meter) != nil
      {
        findings.warning(
          "unknown-price",
          "\(book.id) has no price for \(meter.id); it is not in the cost of '\(option.name)'",
          help: "use a book that has it", at: place)
        labels.append("no price of \(meter.id)")
      }
      for name in option.addOns.sorted()
      where !book.canChoose(name) && base.prices.books[0].canChoose(name) {
        findings.warning(
          "unknown-add-on",
          "\(book.id) has no add-on '\(name)'; its fee is not in the cost of '\(option.name)'",
          help: "use a book that has it, or say add_ons: in the option", at: place)
        labels.append("no fee of \(name)")
      }
    }
    return labels
  }

  /// Takes the fees of a budget period off what usage may spend, for budgets of everything: of the period that
  /// still has days to come and has most of them, so that usage leaves enough for every one.
  private static func commitFees(_ plan: inout OptionPlan, _ window: PlanWindow) {
    let ahead = min(max(window.forecastStart, window.start), window.end.advanced(by: -1))
    for index in plan.governance.budgets.indices {
      let budget = plan.governance.budgets[index]
      guard budget.scope == .none, budget.meters == nil, budget.committed == .zero else { continue }
      if budget.period == .day || budget.period == .week { continue }
      plan.budgetsWithFees.insert(index)
      var most: Int64 = 0
      var day = ahead
      while day < window.end {
        let span = budget.period.window(containing: day, fiscalStart: budget.fiscalStart)
        most = max(
          most,
          plan.fees(from: span.start, to: span.end, through: .max, first: window.period.first))
        day = span.end
      }
      plan.governance.budgets[index].committed = Money(nanos: most)
    }
  }

  /// The kinds of items that each stream produces, in the plan's order.
  private static func usageClasses(_ streams: [PlanStream]) -> [PlannedUsageClass] {
    zip(streams.ids, streams).flatMap { id, stream -> [PlannedUsageClass] in
      if stream.eventsStream != nil, !stream.mix.isEmpty { return groupClasses(id, stream) }
      guard stream.meter == .events else {
        let isError = stream.meter == .exceptions
        return [
          PlannedUsageClass(
            stream: id, part: nil, identified: nil, eventName: stream.meter.id,
            eventClass: isError ? "error" : stream.meter.id, isCritical: isError,
            usage: Usage(stream.meter), attribution: stream.attribution, isPoll: stream.isPoll,
            isCountedAsEvents: stream.eventsStream != nil, scale: 1, wasIdentified: false)
        ]
      }
      return parts(of: stream).enumerated().flatMap { part, kind -> [PlannedUsageClass] in
        [true, false].map { identified in
          var usage = Usage(.events)
          if identified { usage.add(.identifiedEvents) }
          return PlannedUsageClass(
            stream: id, part: part, identified: identified, eventName: kind.name,
            eventClass: kind.eventClass, isCritical: kind.isCritical, usage: usage,
            attribution: stream.attribution, isPoll: false, scale: 1, wasIdentified: false)
        }
      }
    }
  }

  /// Events with groups, of the kinds of the events that they are.
  private static func groupClasses(_ id: StreamID, _ stream: PlanStream) -> [PlannedUsageClass] {
    parts(of: stream).enumerated().map { part, kind in
      PlannedUsageClass(
        stream: id, part: part, identified: nil, eventName: kind.name,
        eventClass: kind.eventClass, isCritical: kind.isCritical, usage: Usage(stream.meter),
        attribution: stream.attribution, isPoll: false, isCountedAsEvents: true, scale: 1,
        wasIdentified: false)
    }
  }

  /// A stream's mix, and the rest.
  private static func parts(
    of stream: PlanStream
  ) -> [(name: String, eventClass: String, isCritical: Bool)] {
    let classes = EventClassifier.standard
    return (stream.mix.map(\.event) + ["other"]).map { name in
      let isAssumed = name == Assumption.criticalEvents
      let kind = classes.classify(name)
      return (
        name, isAssumed ? "conversion" : classes.name(of: kind),
        isAssumed || classes.isCritical(kind)
      )
    }
  }
}
