import GenOpsAdmission
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsPostHog
import GenOpsScenario
import GenOpsUnits

/// What a recorded period came to under one option, in the shape of a simulated path.
struct RecordedOutcome: Sendable {
  private(set) var outcome: PathOutcome
  /// What the adapter knows at the end, with every window and alert of the period.
  private(set) var end: CoreSnapshot
  /// What became of the events by kind.
  private(set) var kinds = RecordedKinds()

  init(
    _ recording: RecordedPeriod, plan: Plan, option: OptionPlan, meters: [Meter],
    empty: PathOutcome, monthOfDay: [Int]
  ) throws(FindingsError) {
    let walk = try recording.walk(plan, option)
    var outcome = empty
    var windows: [BudgetWindow] = []
    var before = walk.adapter.snapshot().totals
    func close(_ day: Int, _ outcome: inout PathOutcome) {
      let after = walk.adapter.snapshot()
      let spent = zip(after.totals, before).reduce(0) { $0 + $1.0.cost - $1.1.cost }
      outcome.days[day] = spent
      outcome.months[monthOfDay[day]] += spent
      for (slot, meter) in meters.enumerated() {
        let index = monthOfDay[day] * meters.count + slot
        let (new, old) = (after.totals[meter.index], before[meter.index])
        outcome.meterUnits[index] += new.units - old.units
        outcome.meterCosts[index] += new.cost - old.cost
      }
      before = after.totals
      // The last look at a window is what it came to.
      for window in after.budgets.map(\.window) {
        windows.removeAll { $0.budget == window.budget && $0.start == window.start }
        windows.append(window)
      }
    }
    var day = 0
    var loss = PathOutcome.MonthLoss()
    func note(_ outcome: inout PathOutcome) {
      outcome.lost[monthOfDay[day]] += loss
      outcome.darkDays += PathOutcome.darkPart(loss.refused, of: max(loss.offered, loss.refused))
      loss = PathOutcome.MonthLoss()
      close(day, &outcome)
    }
    let classes = EventClassifier.standard
    var probe = EventMeter(classifier: classes)
    // Remembers all events, also those that are lost: a copy of one of them is not a second loss.
    var known = EventMeter(classifier: classes)
    for event in recording.events {
      let today = plan.period.start.distance(to: event.timestamp.day)
      while day < today {
        note(&outcome)
        day += 1
      }
      let metered = probe.meter(event)
      let kind = classes.classify(event.name)
      let isCritical = classes.isCritical(kind)
      let first = known.meter(event)
      known.commit(first)
      let isCopy = first.isDuplicate || first.usage.count == 0 && metered.usage.count > 0
      let decision = walk.decide(event)
      if !isCopy {
        kinds.count(
          decision, of: metered.usage, eventClass: classes.name(of: kind), isCritical: isCritical)
      }
      switch decision {
      case .duplicate: continue
      case .sent(let cost):
        // As the adapter remembers it: a recording is counted once, by its first item.
        probe.commit(metered)
        if cost == nil { outcome.reachesUnknownTier = true }
      case .sampled, .refused:
        if isCopy { continue }
        if case .sampled = decision { loss.sampled += 1 } else { loss.refused += 1 }
        if isCritical { loss.critical += 1 }
      }
      if !isCopy, metered.usage[.events] > 0 { loss.offered += 1 }
    }
    while day < monthOfDay.count {
      note(&outcome)
      day += 1
    }
    end = walk.adapter.snapshot()
    end.closedWindows = windows
    end.alerts = walk.alerts.sorted()
    outcome.overflowed = end.overflowed
    self.outcome = outcome
    share(option.usageClasses)
  }

  /// Gives each tally to the usageClass of its owner and class, else to the owner's other events.
  private mutating func share(_ usageClasses: [PlannedUsageClass]) {
    for index in outcome.streamCosts.indices { outcome.streamCosts[index] = 0 }
    for index in usageClasses.indices {
      outcome.offered[index] = 0
      outcome.refused[index] = 0
      outcome.sampled[index] = 0
    }
    for (usageClass, tally) in zip(end.registeredClasses, end.usageClasses) {
      func first(_ name: String?) -> Int? {
        usageClasses.firstIndex {
          !$0.isCountedAsEvents && $0.attribution == usageClass.attribution
            && (name == nil || ($0.sampledAs ?? $0.eventClass) == name)
        }
      }
      guard
        let index = first(usageClass.eventClass) ?? first(EventClassifier.otherName) ?? first(nil)
      else { continue }
      outcome.offered[index] += tally.offered
      outcome.refused[index] += tally.refused
      outcome.sampled[index] += tally.sampled
      outcome.streamCosts[usageClasses[index].stream.index] += tally.cost
    }
  }
}
