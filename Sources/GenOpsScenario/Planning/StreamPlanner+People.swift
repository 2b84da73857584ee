import GenOpsForecasting
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// Streams made of what people do.
extension StreamPlanner {
  /// The draws of a stream's people; nil where it says nothing of them.
  mutating func crowdDraws(_ traffic: TrafficStream, users: DrawID?) -> CrowdDraws? {
    guard let people = scenario.people[traffic.name] else { return nil }
    let name = "traffic.\(traffic.name)"
    var crowd = CrowdDraws(users: users, spread: people.spread ?? .equal)
    crowd.sessions = people.sessions.map { planned.draws.draw("\(name).sessions", $0) }
    crowd.length = people.length.map { planned.draws.draw("\(name).session_length", $0) }
    guard let users else { return crowd }
    let spread = crowd.spread
    if spread != .equal {
      let normal = planned.draws.draw("\(name).activity", .normal(mean: 0, sd: 1))
      crowd.activity = planned.draws.compute(
        "\(name).mean_activity", .meanActivity(spread, users: users, normal: normal))
    }
    crowd.effectiveUsers = planned.draws.compute(
      "\(name).effective_users", .effectiveUsers(spread, users: users))
    return crowd
  }

  /// A stream per part and meter; the events of a part are one stream with their names as its mix.
  mutating func addPeople(_ traffic: TrafficStream, _ crowd: CrowdDraws, growth own: GrowthID?) {
    for entry in scenario.people[traffic.name]?.parts ?? [] {
      let part = partDraws(traffic, entry.name, entry.part, crowd)
      let outputs = entry.part.outputs
      var seen: Set<Meter> = []
      for meter in outputs.map(\.meter) where seen.insert(meter).inserted {
        let mine = outputs.indices.filter { outputs[$0].meter == meter }
        var name = "\(traffic.name)/\(meter.id)"
        if planned.streams.contains(where: { $0.name == name }) { name += "/\(entry.name)" }
        let level = planned.draws.compute("\(name).level", .units(part, outputs: mine))
        var stream = PlanStream(
          name: name, meter: meter, attribution: traffic.attribution,
          model: StreamModel(
            name: name, level: 1, profile: weekdayProfile(traffic.weekdays), noise: traffic.noise),
          factors: [level], actual: [Int64](repeating: 0, count: window.actualCount))
        stream.calendar = calendarGroup(meter: meter, name: name)
        if let growth = own ?? growthID(meter: meter, name: name) {
          grow(&stream, growth)
        }
        addUsers(to: &stream, crowd)
        if meter == .events {
          stream.identifiedActual = stream.actual
          stream.identifiedShare = identifiedShare(traffic, crowd, stream: name)
          let named = mine.filter { outputs[$0].event != nil }
          if named.isEmpty {
            stream.mix = mixParts(traffic.mix.isEmpty ? scenario.mix : traffic.mix)
          } else if needs.tellsEventsApart {
            stream.mix = named.map { position in
              let event = outputs[position].event ?? ""
              let share = planned.draws.compute(
                "mix.\(traffic.name).\(event)", .share(part, output: position, among: mine))
              return (event, share)
            }
          }
        }
        planned.streams.append(stream)
      }
    }
  }

  /// What unequal users change for a stream: its level on a path, and how it scatters when sampled.
  func addUsers(to stream: inout PlanStream, _ crowd: CrowdDraws) {
    if let activity = crowd.activity { stream.factors.append(activity) }
    stream.effectiveUsers = crowd.effectiveUsers
  }

  /// The draw of the identified part of a stream's events.
  mutating func identifiedShare(_ traffic: TrafficStream, _ crowd: CrowdDraws?, stream name: String)
    -> DrawID
  {
    let parts = scenario.people[traffic.name]?.parts ?? []
    guard let crowd, let entry = parts.first(where: \.part.decidesIdentified) else {
      return planned.draws.draw("identified.\(name)", traffic.identified)
    }
    let part = partDraws(traffic, entry.name, entry.part, crowd)
    return planned.draws.compute("identified.\(name)", .identified(part))
  }

  private mutating func partDraws(
    _ traffic: TrafficStream, _ name: String, _ part: any PeoplePart, _ crowd: CrowdDraws
  ) -> PartDraws {
    let inputs = part.inputs.map {
      planned.draws.draw("traffic.\(traffic.name).\(name).\($0.name)", $0.distribution)
    }
    return PartDraws(part: part, crowd: crowd, inputs: inputs)
  }
}
