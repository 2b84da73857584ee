import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// Streams that `traffic:` describes.
extension StreamPlanner {
  /// Streams made of users, rates and servers.
  mutating func addTrafficStreams() {
    for traffic in scenario.traffic {
      let users = traffic.users.map { planned.draws.draw("traffic.\(traffic.name).users", $0) }
      var own: GrowthID?
      if let model = traffic.growth {
        own = planned.growth.add(PlanGrowth(name: "growth.\(traffic.name)", model: model))
      }
      let crowd = crowdDraws(traffic, users: users)
      let profile = weekdayProfile(traffic.weekdays)
      for rate in traffic.rates {
        let name = "\(traffic.name)/\(rate.meter.id)"
        var stream = PlanStream(
          name: name, meter: rate.meter, attribution: traffic.attribution,
          model: StreamModel(name: name, level: 1, profile: profile, noise: traffic.noise),
          factors: [planned.draws.draw("traffic.\(name).rate", rate.perDay)],
          actual: [Int64](repeating: 0, count: window.actualCount))
        stream.calendar = calendarGroup(meter: rate.meter, name: name)
        if rate.perUser || rate.perSession, let users { stream.factors.append(users) }
        if rate.perSession, let sessions = crowd?.sessions { stream.factors.append(sessions) }
        if rate.perUser || rate.perSession, let crowd { addUsers(to: &stream, crowd) }
        if let growth = own ?? growthID(meter: rate.meter, name: name) {
          grow(&stream, growth)
        }
        if rate.meter == .events {
          stream.identifiedShare = identifiedShare(traffic, crowd, stream: name)
          stream.mix = mixParts(traffic.mix.isEmpty ? scenario.mix : traffic.mix)
          stream.identifiedActual = stream.actual
        }
        planned.streams.append(stream)
      }
      if let crowd { addPeople(traffic, crowd, growth: own) }
      if let pollers = traffic.pollers { addPollers(pollers, traffic) }
    }
  }

  private mutating func addPollers(_ pollers: FlagPollers, _ traffic: TrafficStream) {
    addPollStream(
      "\(traffic.name)/\(Meter.featureFlagRequests.id)/polls", pollers, traffic.attribution,
      servers: "traffic.\(traffic.name).servers")
  }

  /// Polls that nothing counts but the servers that make them; `servers` is the name of their draw.
  mutating func addPollStream(
    _ name: String, _ pollers: FlagPollers, _ attribution: Attribution, servers: String
  ) {
    var stream = PlanStream(
      name: name, meter: .featureFlagRequests, attribution: attribution,
      model: StreamModel(
        name: name, level: FlagPollers.dailyRequests(interval: pollers.interval),
        profile: flatProfile),
      factors: [planned.draws.draw(servers, pollers.servers)],
      actual: [Int64](repeating: 0, count: window.actualCount), isPoll: true,
      pollInterval: pollers.interval)
    stream.calendar = calendarGroup(meter: .featureFlagRequests, name: name, isPoll: true)
    if let growth = growthID(meter: .featureFlagRequests, name: nil, isPoll: true) {
      grow(&stream, growth)
    }
    planned.streams.append(stream)
  }
}
