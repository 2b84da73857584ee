package import GenOpsMetering
package import GenOpsNumerics
package import GenOpsUnits

/// One thing that the people of a stream do, as usage of a mean day.
///
/// A kind is one file with its keys, its formula and an ``example``, and one line in
/// ``PeopleParts``. It draws nothing itself: its ``inputs`` are drawn once per path with all
/// others. The example is what stands under a stream's name; the registry's tests run it.
package protocol PeoplePart: Documented, Sendable {
  /// Reads the value under the kind's name; nil with findings when it is wrong.
  static func read(_ node: Node, _ findings: inout Findings) -> Self?

  /// What must be known of the people.
  var needs: [CrowdFact] { get }

  /// What may be uncertain, constants included.
  var inputs: [UncertainInput] { get }

  /// What it uses. Empty for a kind that changes what others use.
  var outputs: [PeopleOutput] { get }

  /// Units of a mean day for each of ``outputs``, from the values of one path.
  func units(_ crowd: Crowd, _ values: [Double]) -> [Double]

  /// Whether it says which part of the events is identified.
  var decidesIdentified: Bool { get }

  /// That part, 0…1.
  func identifiedShare(_ crowd: Crowd, _ values: [Double]) -> Double

  /// Servers that come with it.
  var pollers: FlagPollers? { get }
}

extension PeoplePart {
  package var outputs: [PeopleOutput] { [] }
  package func units(_ crowd: Crowd, _ values: [Double]) -> [Double] { [] }
  package var decidesIdentified: Bool { false }
  package func identifiedShare(_ crowd: Crowd, _ values: [Double]) -> Double { 1 }
  package var pollers: FlagPollers? { nil }
}

/// Something that a people part may need to know.
package enum CrowdFact: String, Sendable, CaseIterable {
  case users, sessions
  case sessionLength = "session_length"

  /// The line that would say it.
  var example: String {
    switch self {
    case .users: "users: 50k"
    case .sessions: "sessions: 6 to 10 per user per month"
    case .sessionLength: "session_length: 6 min"
    }
  }
}

/// Usage on one meter that people make.
package struct PeopleOutput: Sendable, Hashable {
  package var meter: Meter
  /// The name of the events; nil where they have many.
  package var event: String?

  package init(_ meter: Meter, event: String? = nil) {
    self.meter = meter
    self.event = event
  }
}

/// The people of a stream on one path.
package struct Crowd: Sendable {
  /// Active users of a month.
  package var users: Double
  /// Sessions of one user in a day.
  package var sessionsPerUser: Double
  /// The mean length of a session in seconds; lengths are exponential around it.
  package var sessionLength: Double
  package var spread: ActivitySpread

  /// Sessions of all in a day.
  package var sessions: Double { users * sessionsPerUser }

  /// Days of a mean month: 365.25 / 12.
  package static let daysPerMonth = 30.4375
}

/// What people may do. A new one is a file in `People/` and a line here.
package enum PeopleParts {
  package static let registry = Registry<any PeoplePart.Type>(
    "people part",
    [
      entry(SessionEvents.self),
      entry(EventsPreset.self),
      entry(VisitorArrivals.self),
      entry(SampledRecordings.self),
      entry(SessionFlags.self),
      entry(AIUse.self),
    ])

  private static func entry(_ kind: any PeoplePart.Type) -> Registry<any PeoplePart.Type>.Entry {
    Registry.Entry(name: kind.name, summary: kind.summary, kind: kind)
  }
}
