import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// Flag requests, of which polls by servers are a part.
extension StreamPlanner {
  /// Splits flag requests into polls by servers and calls by users.
  mutating func addFlagStreams(_ whole: PlanStream) {
    var calls = whole
    var polls = whole
    calls.name += "/calls"
    polls.name += "/polls"
    polls.isPoll = true
    polls.pollInterval = scenario.pollers?.interval ?? FlagPollers.defaultInterval
    if let growth = growthID(meter: whole.meter, name: nil, isPoll: true) {
      grow(&polls, growth)
    }
    // Servers poll by night as by day.
    polls.model.profile = flatProfile
    polls.calendar = calendarGroup(meter: polls.meter, name: polls.name, isPoll: true)
    let share: DrawID
    if let pollers = scenario.pollers {
      let level = whole.level(planned.draws)
      let polled = pollers.servers.mean * FlagPollers.dailyRequests(interval: pollers.interval)
      if polled > level * 1.05, level > 0 {
        findings.warning(
          "polls-exceed-usage",
          "the pollers of flags: would make \(shortCount(polled)) requests a day, the history has "
            + "\(shortCount(level))", help: "check servers and polling", at: scenario.location)
      }
      share = planned.draws.draw("flags.polls", .constant(level > 0 ? min(1, polled / level) : 1))
    } else if let assumption = Assumption.pollShare(at: scenario.location) {
      share = planned.draws.draw(assumption, &findings)
    } else {
      share = planned.draws.draw("flags.polls", .constant(1))
    }
    calls.weight = .rest(share)
    polls.weight = .share(share)
    planned.streams += [calls, polls]
  }
}
