import GenOpsForecasting
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// Streams made of what people do.
extension Planner {
  /// Where the numbers about a stream's people lie among the draws.
  struct CrowdDraws {
    var users: Int?
    var sessions: Int?
    var length: Int?
    var spread: ActivitySpread
    /// The mean activity of this path's users, where they are unequal.
    var activity: Int?
    /// How many equal users would scatter as these do.
    var effectiveUsers: Int?

    func crowd(_ values: [Double]) -> Crowd {
      func value(_ draw: Int?) -> Double { draw.map { max(0, values[$0]) } ?? 0 }
      return Crowd(
        users: value(users), sessionsPerUser: value(sessions), sessionLength: value(length),
        spread: spread)
    }
  }

  /// The draws of a stream's people; nil where it says nothing of them.
  mutating func crowdDraws(_ traffic: TrafficStream, users: Int?) -> CrowdDraws? {
    guard let people = scenario.people[traffic.name] else { return nil }
    let name = "traffic.\(traffic.name)"
    var crowd = CrowdDraws(users: users, spread: people.spread ?? .equal)
    crowd.sessions = people.sessions.map { draw("\(name).sessions", $0) }
    crowd.length = people.length.map { draw("\(name).session_length", $0) }
    guard let users else { return crowd }
    let spread = crowd.spread
    if spread != .equal {
      let normal = draw("\(name).activity", .normal(mean: 0, sd: 1))
      crowd.activity = computed("\(name).mean_activity") {
        spread.meanActivity(users: max(0, $0[users]), normal: $0[normal])
      }
    }
    crowd.effectiveUsers = computed("\(name).effective_users") {
      spread.effectiveUsers(max(0, $0[users]))
    }
    return crowd
  }

  /// The draw of a number that follows from other draws of the same path.
  mutating func computed(
    _ name: String, _ function: @escaping @Sendable ([Double]) -> Double
  ) -> Int {
    // At the means of what it follows from: for lists of streams, never for a path.
    let mean = function(draws.map(\.distribution.mean))
    draws.append(PlanDraw(name: name, distribution: .constant(mean), function: function))
    return draws.count - 1
  }

  /// A stream per part and meter; the events of a part are one stream with their names as its mix.
  mutating func addPeople(_ traffic: TrafficStream, _ crowd: CrowdDraws, growth own: Int?) {
    for entry in scenario.people[traffic.name]?.parts ?? [] {
      let part = entry.part
      let inputs = part.inputs.map {
        draw("traffic.\(traffic.name).\(entry.name).\($0.name)", $0.distribution)
      }
      let units: @Sendable ([Double]) -> [Double] = { values in
        part.units(crowd.crowd(values), inputs.map { values[$0] })
      }
      let outputs = part.outputs
      var seen: Set<Meter> = []
      for meter in outputs.map(\.meter) where seen.insert(meter).inserted {
        let mine = outputs.indices.filter { outputs[$0].meter == meter }
        var name = "\(traffic.name)/\(meter.id)"
        if streams.contains(where: { $0.name == name }) { name += "/\(entry.name)" }
        let level = computed("\(name).level") { values in
          let all = units(values)
          return mine.reduce(0) { $0 + all[$1] }
        }
        var stream = PlanStream(
          name: name, meter: meter, attribution: traffic.attribution,
          model: StreamModel(
            name: name, level: 1, profile: weekdayProfile(traffic.weekdays), noise: traffic.noise),
          factors: [level], actual: [Int64](repeating: 0, count: actualCount))
        stream.calendar = calendarGroup(meter: meter, name: name)
        if let growth = own ?? growthIndex(meter: meter, name: traffic.name) {
          grow(&stream, growth)
        }
        addUsers(to: &stream, crowd)
        if meter == .events {
          stream.identifiedActual = stream.actual
          stream.identifiedShare = identifiedShare(traffic, crowd, stream: name)
          let named = mine.filter { outputs[$0].event != nil }
          if named.isEmpty {
            stream.mix = mixParts(traffic.mix.isEmpty ? scenario.mix : traffic.mix)
          } else if !needsMix.isEmpty || losesData {
            stream.mix = named.map { position in
              let event = outputs[position].event ?? ""
              let share = computed("mix.\(traffic.name).\(event)") { values in
                let all = units(values)
                let sum = mine.reduce(0) { $0 + all[$1] }
                return sum > 0 ? all[position] / sum : 0
              }
              return (event, share)
            }
          }
        }
        streams.append(stream)
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
    -> Int
  {
    let parts = scenario.people[traffic.name]?.parts ?? []
    guard let crowd, let entry = parts.first(where: \.part.decidesIdentified) else {
      return draw("identified.\(name)", traffic.identified)
    }
    let part = entry.part
    let inputs = part.inputs.map {
      draw("traffic.\(traffic.name).\(entry.name).\($0.name)", $0.distribution)
    }
    return computed("identified.\(name)") { values in
      part.identifiedShare(crowd.crowd(values), inputs.map { values[$0] })
    }
  }
}
