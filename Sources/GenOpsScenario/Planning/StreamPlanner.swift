import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// What the third stage finds: the streams of normal usage, and what moves them.
struct PlannedStreams {
  var draws: [PlanDraw]
  var growth: [PlanGrowth] = []
  /// Which estimates of fitted growth move together.
  var fittedPairs: [Correlations.Pair] = []
  var streams: [PlanStream] = []
  /// What the history had a year ago and the streams' own seasons lack.
  var peaks: [MissingPeak] = []
  var calendar = PlanCalendar()
  var trackRecord: TrackRecord?
}

/// The third stage: makes a stream of each series of the history, of what only a bill names, and of
/// each entry of `traffic:`.
struct StreamPlanner {
  let scenario: Scenario
  let history: LoadedHistory
  let window: PlanWindow
  let needs: PlanNeeds
  var planned: PlannedStreams
  var growthTargets: [(target: Scenario.Target, growth: GrowthID)] = []
  /// Flag requests whose polls are to be told apart: their places among the streams, and their history. The
  /// servers that poll are of all projects together, so all have to be there first.
  var flagStreams: [(place: Int, series: UsageSeries?)] = []
  var findings = Findings()

  static func plan(
    _ scenario: Scenario, _ history: LoadedHistory, _ window: PlanWindow, _ needs: PlanNeeds,
    _ findings: inout Findings
  ) -> PlannedStreams {
    // The variables come first, as the table of variables numbers them.
    let draws = scenario.variables.inputs.map {
      PlanDraw(name: $0.name, distribution: $0.distribution)
    }
    var planner = StreamPlanner(
      scenario: scenario, history: history, window: window, needs: needs,
      planned: PlannedStreams(draws: draws))
    planner.addGrowth()
    planner.addHistoryStreams()
    planner.addTrackRecord()
    planner.addBilledStreams()
    planner.splitFlagStreams()
    planner.addTrafficStreams()
    planner.joinGroups()
    findings.merge(planner.findings)
    return planner.planned
  }

  /// The growth that moves a stream of `meter` called `name`.
  func growthID(meter: Meter, name: String?, isPoll: Bool = false) -> GrowthID? {
    // What names the stream itself says more than what names its project, and that more than its meter, wherever
    // it stands.
    var named: (name: String, growth: GrowthID)?
    for case (.stream(let wanted), let growth) in growthTargets {
      guard let name, Scenario.Target.holds(name, in: wanted) else { continue }
      if wanted.utf8.count > named?.name.utf8.count ?? -1 { named = (wanted, growth) }
    }
    if let named { return named.growth }
    var wanted: [Scenario.Target] = [isPoll ? .flagServers : .meter(meter)]
    // Events with groups are a part of events and grow as they do.
    if meter == .groupEvents { wanted.append(.meter(.events)) }
    return wanted.lazy.compactMap { target in
      growthTargets.first { $0.target == target }?.growth
    }.first
  }

  func grow(_ stream: inout PlanStream, _ id: GrowthID) {
    stream.growth = id
    stream.model.growth = planned.growth[id].model
    stream.model.growthName = planned.growth[id].name
  }

  var flatProfile: [Double] { [Double](repeating: 1, count: window.forecastCount) }
}
