import GenOpsMetering

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
    case .stream(let wanted): name.hasPrefix(wanted + "/")
    }
  }
}
