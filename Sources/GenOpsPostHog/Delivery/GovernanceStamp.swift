import GenOpsMetering
public import GenOpsUnits

/// What governance knows of an event that is sent.
public struct GovernanceStamp: Sendable {
  /// Whom it belongs to.
  public var owner: EventOwner
  /// What it costs at the margin; nil when a price or the month to date is unknown.
  public var cost: Money?
  /// How many events it stands for: more than 1 when its class is sampled.
  public var weight: Double

  /// `weight` is 1 / rate where sampling kept the event, else 1; `cost` is nil when unknown.
  public init(owner: EventOwner, cost: Money?, weight: Double) {
    self.owner = owner
    self.cost = cost
    self.weight = weight
  }

  /// What begins the names of governance's own properties. Nobody else may use it.
  public static let reservedPrefix = "genops_"

  /// The properties that go out with the event, as the integration guide names them.
  public func properties(at instant: Timestamp) -> [JSONValue.Member] {
    var members = owner.members
    members.append(JSONValue.Member("genops_timestamp", .string(instant.description)))
    if let cost {
      members.append(JSONValue.Member("genops_cost_estimated", .number(cost.description)))
    }
    if weight != 1 { members.append(JSONValue.Member("genops_sample_weight", .double(weight))) }
    return members
  }

  /// All properties of an event as they leave: the caller's, then governance's. What a caller wrote
  /// under the reserved prefix is left out, so that nobody can spoof an attribution or a cost.
  public func outgoing(_ properties: JSONValue, at instant: Timestamp) -> JSONValue {
    guard case .object(let own) = properties else { return .object(self.properties(at: instant)) }
    return .object(
      own.filter { !$0.key.hasPrefix(GovernanceStamp.reservedPrefix) }
        + self.properties(at: instant))
  }
}
