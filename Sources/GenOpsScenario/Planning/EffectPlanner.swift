import GenOpsForecasting
import GenOpsMetering
import GenOpsUnits

/// What the fourth stage adds to the streams: changes, and faults with the streams they make.
struct PlannedEffects {
  var streams: PlannedStreams
  var changes: [PlanChange] = []
  var faults: [PlanFault] = []
}

/// The fourth stage: resolves changes and faults against the streams.
struct EffectPlanner {
  let scenario: Scenario
  let window: PlanWindow
  let needs: PlanNeeds
  var draws: [PlanDraw]
  var streams: [PlanStream]
  var changes: [PlanChange] = []
  var faults: [PlanFault] = []
  var findings = Findings()
  /// Days whose own peak a change has taken the place of.
  private var replaced: Set<DateOfStream> = []

  private init(
    _ scenario: Scenario, _ window: PlanWindow, _ needs: PlanNeeds, draws: [PlanDraw],
    streams: [PlanStream]
  ) {
    self.scenario = scenario
    self.window = window
    self.needs = needs
    self.draws = draws
    self.streams = streams
  }

  private struct DateOfStream: Hashable {
    var stream: StreamID
    var day: Int
  }

  static func plan(
    _ scenario: Scenario, _ window: PlanWindow, _ needs: PlanNeeds, _ planned: PlannedStreams,
    _ findings: inout Findings
  ) -> PlannedEffects {
    var planner = EffectPlanner(
      scenario, window, needs, draws: planned.draws, streams: planned.streams)
    planner.addChanges()
    planner.addFaults()
    findings.merge(planner.findings)
    var all = planned
    all.draws = planner.draws
    all.streams = planner.streams
    return PlannedEffects(streams: all, changes: planner.changes, faults: planner.faults)
  }

  private mutating func addChanges() {
    let days = window.forecastCount
    for change in scenario.changes {
      let from = window.forecastStart.distance(to: change.from)
      let to = change.to.map { window.forecastStart.distance(to: $0) + 1 } ?? days
      if change.from >= window.end || (change.to.map { $0 < window.start } ?? false) {
        findings.warning(
          "matched-nothing", "the change '\(change.name)' lies outside the period",
          help: "the period is \(window.start) to \(window.end.advanced(by: -1))",
          at: change.location)
      }
      // The end is at least the begin, whatever the dates are.
      let range = max(0, min(from, days))..<max(max(0, min(from, days)), min(to, days))
      for (position, effect) in change.effects.enumerated() {
        var targets = streams.ids.filter { effect.target.matches(streams[$0]) }
        if targets.isEmpty {
          let unknown = Scenario.Target.unknown(
            [effect.target], in: streams, traffic: scenario.traffic.map(\.name),
            at: effect.location ?? change.location)
          findings.add(
            unknown.first
              ?? Finding(
                .error, "matched-nothing",
                "the change '\(change.name)' acts on \(effect.target.name), which has no usage",
                help: "'genops plan' lists the streams", at: change.location))
        }
        tellSeveral(effect, targets, change)
        if case .factor = effect.kind, effect.target == .meter(.events),
          !change.effects.contains(where: { $0.target == .meter(.groupEvents) })
        {
          // Events with groups are a part of events.
          targets += streams.ids.filter { streams[$0].meter == .groupEvents }
        }
        // What began within the history is in its level already.
        let fresh = from < 0 ? targets.filter { streams[$0].historyDays == nil } : targets
        if fresh.count < targets.count, to > 0 {
          findings.warning(
            "change-in-history",
            "the change '\(change.name)' began on \(change.from), within the history, whose level has it: "
              + "it is not made again",
            help: "leave it out, or say what is still to come, from \(window.forecastStart) on",
            at: change.location)
        }
        for (rank, target) in fresh.enumerated() {
          let isAdd: Bool
          let index: DrawID
          switch effect.kind {
          case .factor(let distribution):
            isAdd = false
            index = draws.draw("change.\(change.name).\(position)", distribution)
          case .add(let distribution):
            isAdd = true
            index = draws.draw("change.\(change.name).\(position)", distribution)
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
          if !isAdd { takePlaceOfDates(target, range) }
        }
      }
    }
  }

  /// An amount that is added to a stream or project with several meters does not say of which it is.
  private mutating func tellSeveral(
    _ effect: Scenario.Change.Effect, _ targets: [StreamID], _ change: Scenario.Change
  ) {
    guard case .add = effect.kind, case .stream(let name) = effect.target else { return }
    let meters = targets.map { streams[$0].meter }
    guard let first = meters.first, Set(meters).count > 1 else { return }
    findings.error(
      "not-a-change",
      "the change '\(change.name)' adds to '\(name)', which has several meters, and does not say to which",
      help: "name one: \(name)/\(first.id): +40k per day",
      at: effect.location ?? change.location)
  }

  /// A passing change on the days of a peak that the forecast expects by itself, such as Black Friday,
  /// takes its place: both would count it twice.
  private mutating func takePlaceOfDates(_ target: StreamID, _ range: Range<Int>) {
    let stream = streams[target]
    guard range.count <= 2 * HistoryPeak.longest, !stream.isPoll, let history = stream.model.history
    else { return }
    let factors = history.dateFactors(
      from: window.forecastStart, count: stream.model.profile.count)
    var first = range.lowerBound
    while first > 0, first <= factors.count, factors[first - 1] > 1 { first -= 1 }
    var last = range.upperBound
    while last < factors.count, factors[last] > 1 { last += 1 }
    // `first` only went down from the begin of the range and `last` up from its end.
    for day in first..<last where day < factors.count && factors[day] > 1 {
      let key = DateOfStream(stream: target, day: day)
      if replaced.insert(key).inserted { streams[target].model.profile[day] /= factors[day] }
    }
  }
}
