import GenOpsGovernance
import GenOpsHistory
import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

/// Whether an exact run walks recorded events instead of bins.
struct RecordingPlanner {
  let scenario: Scenario
  let history: LoadedHistory
  let window: PlanWindow
  let effects: PlannedEffects
  let options: [OptionPlan]

  /// The recorded period; nil in binned mode, and where something is not in the recording. Then a
  /// note says what, because the order of a day's events is no longer that of the recording.
  func recording(_ findings: inout Findings) -> RecordedPeriod? {
    guard scenario.grain == .exact, !history.events.isEmpty else { return nil }
    if let obstacle {
      findings.note(
        "recording-binned", "the recorded events are counted by day: \(obstacle)",
        help: "to decide on them one by one, run what they hold and nothing else",
        at: scenario.location)
      return nil
    }
    // Those of one instant stay in the order of the files.
    let ordered = history.events.enumerated().sorted {
      ($0.element.timestamp, $0.offset) < ($1.element.timestamp, $1.offset)
    }.map(\.element)
    return RecordedPeriod(
      events: ordered.filter { $0.timestamp.day >= window.start && $0.timestamp.day < window.end },
      people: Recording.people(in: ordered, before: window.start))
  }

  /// Why recorded events are not decided on one by one in an exact run; nil where they are, and where there
  /// are none.
  var obstacle: String? {
    guard scenario.grain == .exact, !history.events.isEmpty else { return nil }
    if window.forecastCount > 0 {
      return "they end on \(window.forecastStart.advanced(by: -1)), and the period on "
        + "\(window.end.advanced(by: -1))"
    }
    if history.hasDailyNumbers { return "another file has daily numbers" }
    if !scenario.traffic.isEmpty || !scenario.billFiles.isEmpty {
      return "traffic: or bill: adds usage that nobody recorded"
    }
    if !effects.faults.isEmpty { return "faults: adds usage that nobody recorded" }
    if options.contains(where: { !$0.prices.changes.isEmpty }) {
      return "the prices change within the period"
    }
    let changed = options.first { option in
      zip(option.usageClasses, options[0].usageClasses).contains { one, base in
        one.usage != base.usage || one.scale != base.scale || one.pollInterval != base.pollInterval
      }
    }
    return changed.map { "the option '\($0.name)' changes the events themselves" }
  }
}
