import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// Flag requests, of which polls by servers are a part.
extension StreamPlanner {
  /// Splits flag requests into polls by servers and calls by users, in their places. The pollers that a scenario
  /// names are a part of all flag requests together, whichever projects count them; where there are none, they
  /// are usage of their own.
  mutating func splitFlagStreams() {
    let given = givenShare()
    // From the last on, so that the places before it stay.
    var split: [(place: Int, streams: [PlanStream])] = []
    for (place, series) in flagStreams {
      let whole = planned.streams[place]
      let share = given ?? pollShare(series)
      split.append((place, parts(of: whole, polls: share)))
    }
    for (place, streams) in split.reversed() {
      planned.streams.replaceSubrange(place...place, with: streams)
    }
    tellServersTwice()
    if let pollers = scenario.pollers, flagStreams.isEmpty { addPollers(pollers) }
  }

  /// Says that the servers of `flags:` and those of a stream are added up: they may be the same.
  private mutating func tellServersTwice() {
    guard let pollers = scenario.pollers else { return }
    for traffic in scenario.traffic {
      guard let own = traffic.pollers else { continue }
      findings.warning(
        "servers-twice",
        "flags: names \(shortCount(pollers.servers.mean)) servers and the stream '\(traffic.name)' "
          + "\(shortCount(own.servers.mean)) besides: both are counted",
        help:
          "name servers once: all of them under flags:, or those of each stream as its flag_servers",
        at: traffic.location)
    }
  }

  /// Calls and polls of `whole`, of which the polls are the part `share`.
  private mutating func parts(of whole: PlanStream, polls share: DrawID) -> [PlanStream] {
    var calls = whole
    var polls = whole
    calls.name += "/calls"
    polls.name += "/polls"
    polls.isPoll = true
    polls.pollInterval = scenario.pollers?.interval ?? FlagPollers.defaultInterval
    if scenario.pollers != nil {
      // So many servers as the scenario says: they poll by night as by day and become no more because people do, so
      // what the week, the season and the trend do is all of the calls.
      polls.growth = nil
      polls.model = StreamModel(
        name: polls.name, level: whole.model.level, profile: flatProfile, noise: whole.model.noise)
      let part = planned.draws[share].distribution.mean
      calls.model.profile = whole.model.profile.map {
        part < 1 ? max(0, ($0 - part) / (1 - part)) : 0
      }
      polls.calendar = calendarGroup(meter: polls.meter, name: polls.name, isPoll: true)
    }
    // Without them both follow the history: they are told apart because an option asks, and must not be
    // another "as is" for it.
    if let growth = growthID(meter: whole.meter, name: nil, isPoll: true) {
      grow(&polls, growth)
    }
    calls.weight = .rest(share)
    polls.weight = .share(share)
    return [calls, polls]
  }

  /// The part of all flag requests that the pollers of the scenario make; nil where it names none.
  private mutating func givenShare() -> DrawID? {
    guard let pollers = scenario.pollers, !flagStreams.isEmpty else { return nil }
    let level = flagStreams.reduce(0) { $0 + planned.streams[$1.place].level(planned.draws) }
    let polled = pollers.servers.mean * FlagPollers.dailyRequests(interval: pollers.interval)
    if polled > level * 1.05, level > 0 {
      findings.warning(
        "polls-exceed-usage",
        "the pollers of flags: would make \(shortCount(polled)) requests a day, the history has "
          + "\(shortCount(level))", help: "check servers and polling", at: scenario.location)
    }
    // From 0 to 1, so that its percents fit.
    let part = level > 0 ? min(1, max(0, polled / level)) : 1
    noteOtherWeek(than: part, polled)
    // How many servers there are may be uncertain, and a part above all is all.
    let share =
      pollers.servers.isConstant || level <= 0
      ? .constant(part) : pollers.servers.scaled(.times(part / pollers.servers.mean))
    return planned.draws.draw("flags.polls", share)
  }

  /// The part that polls are where the scenario does not say it: from the shape of the history, else
  /// assumed.
  private mutating func pollShare(_ series: UsageSeries?) -> DrawID {
    if let series, let shape = SteadyShare(of: series, beside: people(of: series)) {
      findings.note(
        "inferred",
        "polls make \(shape.percent) of flag requests: that part does not follow the week of the events",
        help: "where it is known, say it: flags: {servers: 25, polling: 30 s}",
        at: scenario.historyFiles.first?.location)
      return planned.draws.draw("flags.polls", shape.distribution)
    }
    return planned.draws.draw(Assumption.pollShare(at: scenario.location), &findings)
  }

  /// Says so where the week of the history shows another part of polls than the given pollers make.
  private mutating func noteOtherWeek(than part: Double, _ polled: Double) {
    guard let series = history.usage.total(of: .featureFlagRequests),
      let shape = SteadyShare(of: series, beside: people(of: series))
    else { return }
    let (low, high) = shape.interval
    // Servers come and go: a few percent more or less are not worth a word.
    guard part < low - 0.05 || part > high + 0.05 else { return }
    findings.warning(
      "polls-contradict-week",
      "the pollers of flags: make \(shortCount(polled)) requests a day, "
        + "\(Int((part * 100).rounded())) % of them all; by the week of the history polls make "
        + "\(shape.percent)",
      help: "check servers and polling, or leave them out: the part is then taken from the history",
      at: scenario.location)
  }

  /// The pollers of a scenario of which no file counts flag requests: what they make is added, as that of
  /// `traffic:` is.
  private mutating func addPollers(_ pollers: FlagPollers) {
    let name = "\(Meter.featureFlagRequests.id)/polls"
    let polled = pollers.servers.mean * FlagPollers.dailyRequests(interval: pollers.interval)
    if polled > 0 {
      findings.note(
        "polls-added",
        "no file has flag requests: the \(shortCount(polled)) a day that the pollers of flags: make are added",
        help: "export 'Feature flag requests' with the others, and the pollers are a part of them",
        at: scenario.location)
    }
    addPollStream(name, pollers, scenario.attribution, servers: "flags.servers")
  }

  /// The events of the same project, else of everything: what people do, day by day.
  private func people(of series: UsageSeries) -> UsageSeries? {
    history.usage.series.first { $0.meter == .events && $0.project == series.project }
      ?? history.usage.total(of: .events)
  }
}
