import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// Flag requests, of which polls by servers are a part.
extension StreamPlanner {
  /// Splits flag requests into polls by servers and calls by users. `series` is their history.
  mutating func addFlagStreams(_ whole: PlanStream, from series: UsageSeries?) {
    var calls = whole
    var polls = whole
    calls.name += "/calls"
    polls.name += "/polls"
    polls.isPoll = true
    polls.pollInterval = scenario.pollers?.interval ?? FlagPollers.defaultInterval
    if let growth = growthID(meter: whole.meter, name: nil, isPoll: true) {
      grow(&polls, growth)
    }
    let share = pollShare(whole, series)
    if scenario.pollers != nil {
      // Servers poll by night as by day, so what the week and the season do is all of the calls.
      let part = planned.draws[share].distribution.mean
      calls.model.profile = whole.model.profile.map {
        part < 1 ? max(0, ($0 - part) / (1 - part)) : 0
      }
      polls.model.profile = flatProfile
      polls.calendar = calendarGroup(meter: polls.meter, name: polls.name, isPoll: true)
    }
    // Otherwise both follow the history: they are told apart because an option asks, and must not be
    // another "as is" for it.
    calls.weight = .rest(share)
    polls.weight = .share(share)
    planned.streams += [calls, polls]
  }

  /// The part that polls are: from the pollers that the scenario names, from the shape of the
  /// history, else assumed.
  private mutating func pollShare(_ whole: PlanStream, _ series: UsageSeries?) -> DrawID {
    if let pollers = scenario.pollers {
      let level = whole.level(planned.draws)
      let polled = pollers.servers.mean * FlagPollers.dailyRequests(interval: pollers.interval)
      if polled > level * 1.05, level > 0 {
        findings.warning(
          "polls-exceed-usage",
          "the pollers of flags: would make \(shortCount(polled)) requests a day, the history has "
            + "\(shortCount(level))", help: "check servers and polling", at: scenario.location)
      }
      // From 0 to 1, so that its percents fit.
      let part = level > 0 ? min(1, max(0, polled / level)) : 1
      noteOtherWeek(than: part, polled, series)
      return planned.draws.draw("flags.polls", .constant(part))
    }
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
  private mutating func noteOtherWeek(than part: Double, _ polled: Double, _ series: UsageSeries?) {
    guard let series, let shape = SteadyShare(of: series, beside: people(of: series)) else {
      return
    }
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

  /// The events of the same project, else of everything: what people do, day by day.
  private func people(of series: UsageSeries) -> UsageSeries? {
    history.usage.series.first { $0.meter == .events && $0.project == series.project }
      ?? history.usage.total(of: .events)
  }
}
