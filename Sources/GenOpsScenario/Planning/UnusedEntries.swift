import GenOpsForecasting
import GenOpsHistory
import GenOpsNumerics
import GenOpsUnits

/// Names what the scenario says and the plan has no use for: a rule that matched nothing is a finding.
enum UnusedEntries {
  static func report(
    _ scenario: Scenario, _ history: LoadedHistory, _ window: PlanWindow,
    _ planned: PlannedStreams, _ findings: inout Findings
  ) {
    growth(scenario, planned, &findings)
    calendar(scenario, window, planned, from: history.usage.firstDay, &findings)
    if planned.streams.isEmpty, !findings.hasErrors {
      findings.error(
        "no-usage", "neither the history nor traffic has usage of a meter",
        help: "check the file named under history:", at: scenario.location)
    }
  }

  private static func growth(
    _ scenario: Scenario, _ planned: PlannedStreams, _ findings: inout Findings
  ) {
    let used = Set(planned.streams.compactMap(\.growth))
    for (position, entry) in scenario.growth.enumerated()
    // A fit without a history is a finding of its own.
    where !used.contains(GrowthID(position)) && entry.fit == nil {
      let name = entry.target.name
      let unknown = Scenario.Target.unknown(
        [entry.target], in: planned.streams, traffic: scenario.traffic.map(\.name),
        at: entry.location)
      if let finding = unknown.first {
        findings.add(finding)
      } else if planned.streams.contains(where: entry.target.matches) {
        findings.warning(
          "matched-nothing",
          "the growth of \(name) moves nothing: all of it has a growth of its own",
          help: "leave it out, or the growth of the streams", at: entry.location)
      } else {
        findings.error(
          "matched-nothing", "the growth of \(name) moves nothing: there is no such usage",
          help: "leave it out, or export its usage", at: entry.location)
      }
    }
  }

  /// Effects that act on nothing, or on no day to forecast and none of the history, which begins on
  /// `historyStart`: one that has passed is taken out of what is forecast.
  private static func calendar(
    _ scenario: Scenario, _ window: PlanWindow, _ planned: PlannedStreams,
    from historyStart: CalendarDay?, _ findings: inout Findings
  ) {
    let used = Set(planned.calendar.groups.flatMap(\.effects))
    for (index, entry) in scenario.calendar.effects.enumerated() {
      let unknown = Scenario.Target.unknown(
        entry.targets ?? [], in: planned.streams, traffic: scenario.traffic.map(\.name),
        at: entry.location)
      for finding in unknown { findings.add(finding) }
      if !unknown.isEmpty { continue }
      if !used.contains(index) {
        findings.add(
          Finding(
            entry.targets == nil ? .warning : .error, "matched-nothing",
            "the calendar's '\(entry.name)' acts on usage that there is not",
            help: "'genops plan' lists the streams", at: entry.location))
        continue
      }
      // An uncertain date may lie outside at its median and inside in some futures.
      guard entry.effect.parameters.allSatisfy(\.distribution.isConstant) else { continue }
      let first = min(historyStart ?? window.forecastStart, window.forecastStart)
      // The first day is no later than the forecast's, so the count is at least 0.
      let days = CalendarProfile(effects: [(entry.name, entry.effect)], day: scenario.calendar.day)
        .medianProfile(
          from: first, count: first.distance(to: window.forecastStart) + window.forecastCount)
      if days.allSatisfy({ $0 == 1 }) {
        findings.warning(
          "matched-nothing",
          "the calendar's '\(entry.name)' moves no day that is forecast\(historyStart == nil ? "" : ", and none of the history")",
          help: "the days are \(window.forecastStart) to \(window.end.advanced(by: -1))",
          at: entry.location)
      }
    }
  }
}
