import GenOpsCosting
import GenOpsMetering
package import GenOpsNumerics
package import GenOpsUnits

/// The people of one stream of `traffic:`: how often they come, how long they stay, what they do.
package struct ScenarioPeople: Sendable {
  /// Sessions of one user in a day.
  package var sessions: UncertainValue?
  /// The mean length of a session, seconds.
  package var length: UncertainValue?
  package var spread: ActivitySpread?
  package var parts: [Part] = []

  package struct Part: Sendable {
    package var part: any PeoplePart
    package var location: SourceLocation

    package var name: String { type(of: part).name }
  }

  package init() {}

  /// Whether there is anything besides the number of users.
  var isSaid: Bool { sessions != nil || length != nil || spread != nil || !parts.isEmpty }
}

extension ScenarioReader {
  /// What is said of the people of a stream besides their number and what they do.
  mutating func readCrowd(_ keys: inout MappingReader) -> ScenarioPeople {
    var people = ScenarioPeople()
    people.sessions = keys.take("sessions").flatMap { PeopleText.sessions($0, &findings) }
    people.length = keys.take("session_length").flatMap { PeopleText.length($0, &findings) }
    people.spread = keys.take("activity").flatMap { PeopleText.spread($0, &findings) }
    return people
  }

  /// Reads an entry that is a people part; false when it is none: a meter with its rate.
  mutating func readPart(_ entry: Node.Entry, into people: inout ScenarioPeople) -> Bool {
    guard let kind = PeopleParts.registry[entry.key],
      Meter(named: entry.key) == nil
        || (entry.value.mapping != nil && entry.value["dist"] == nil)
    else { return false }
    if let part = kind.read(entry.value, &findings) {
      people.parts.append(ScenarioPeople.Part(part: part, location: entry.keyLocation))
    }
    return true
  }

  /// What the parts and rates of a stream need and it does not say, and events that are given
  /// twice.
  mutating func checkPeople(
    _ people: ScenarioPeople, users: UncertainValue?, rates: [TrafficStream.Rate],
    stream: Node.Entry
  ) {
    func knows(_ fact: CrowdFact) -> Bool {
      switch fact {
      case .users: users != nil
      case .sessions: people.sessions != nil
      case .sessionLength: people.length != nil
      }
    }
    var missing = Set(people.parts.flatMap(\.part.needs).filter { !knows($0) })
    if rates.contains(where: \.perSession) {
      missing.formUnion([.users, .sessions].filter { !knows($0) })
    }
    if people.spread != nil, users == nil { missing.insert(.users) }
    for fact in CrowdFact.allCases where missing.contains(fact) {
      findings.error(
        "missing-key", "the stream '\(stream.key)' needs '\(fact.rawValue)' for what its people do",
        help: "add: \(fact.example)", at: stream.keyLocation)
    }
    let sources =
      people.parts.filter { $0.part.outputs.contains { $0.meter == .events } }.map(\.name)
      + rates.filter { $0.meter == .events }.map { _ in "events" }
    if sources.count > 1 {
      findings.error(
        "given-twice",
        "the stream '\(stream.key)' gives its events by '\(sources[0])' and by '\(sources[1])'",
        help: "keep one of them, or make two streams", at: stream.keyLocation)
    }
  }
}
