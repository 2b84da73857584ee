import GenOpsMetering
import GenOpsUnits

extension Scenario.Target {
  /// As a scenario writes it.
  package var name: String {
    switch self {
    case .meter(let meter): meter.id
    case .flagServers: "flag_servers"
    case .stream(let name): name
    }
  }

  func matches(_ stream: PlanStream) -> Bool {
    matches(meter: stream.meter, name: stream.name, isPoll: stream.isPoll)
  }

  func matches(meter: Meter, name: String, isPoll: Bool) -> Bool {
    switch self {
    case .flagServers: isPoll
    case .meter(let wanted): meter == wanted && !isPoll
    // Servers poll however much a project is used.
    case .stream(let wanted): Scenario.Target.holds(name, in: wanted) && (!isPoll || name == wanted)
    }
  }

  /// Whether the stream called `name` is the one called `wanted` or a part of it: `Web shop/events` of `Web shop`.
  static func holds(_ name: String, in wanted: String) -> Bool {
    name == wanted || name.hasPrefix(wanted + "/")
  }

  /// What is said of a name that neither a meter nor a stream has. `streams` are names that are there.
  static func unknown(
    _ name: String, among streams: [String], at location: SourceLocation
  ) -> Finding {
    // Of `Web shop/events` the project can be named too.
    let projects = streams.compactMap { stream in
      stream.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(stream[..<$0]) }
    }
    let near = Meter.nearest(to: name, or: streams + projects + ["flag_servers"])
    return Finding(
      .error, "unknown-meter", "there is no meter, stream or project '\(name)'",
      help: near.map { "did you mean '\($0)'?" }
        ?? "name a meter ('genops kinds meters'), a stream of traffic: or a project of the history",
      at: location)
  }

  /// The same of each of `targets` that no stream of a plan matches and that is neither a meter nor a stream of
  /// `traffic:`; those are known, and may have no usage.
  static func unknown(
    _ targets: [Scenario.Target], in streams: [PlanStream], traffic: [String],
    at location: SourceLocation
  ) -> [Finding] {
    targets.compactMap { target in
      guard case .stream(let name) = target, !traffic.contains(name),
        !streams.contains(where: { target.matches($0) })
      else { return nil }
      return unknown(name, among: streams.map(\.name) + traffic, at: location)
    }
  }
}
