public import GenOpsMetering
public import GenOpsUnits

/// Takes over events that may be sent. Called after the adapter's lock is released, in the order of
/// the calls of one thread.
///
/// A transport hands the event on and returns: it must not wait for a network.
public protocol Transport: Sendable {
  func enqueue(_ event: UsageEvent, _ stamp: GovernanceStamp)
}

/// What governance knows of an event that is sent.
public struct GovernanceStamp: Sendable {
  /// Whom it belongs to.
  public var owner: EventOwner
  /// What it costs at the margin; nil when a price or the month to date is unknown.
  public var cost: Money?
  /// How many events it stands for: more than 1 when its class is sampled.
  public var weight: Double

  public init(owner: EventOwner, cost: Money?, weight: Double) {
    self.owner = owner
    self.cost = cost
    self.weight = weight
  }

  /// The properties that go out with the event, as the integration guide names them. The prefix
  /// `genops_` is reserved: these replace what the caller may have written under the same names.
  public func properties(at instant: Timestamp) -> [JSONValue.Member] {
    var members = owner.members
    members.append(JSONValue.Member("genops_timestamp", .string(instant.description)))
    if let cost {
      members.append(JSONValue.Member("genops_cost_estimated", .number(cost.description)))
    }
    if weight != 1 { members.append(JSONValue.Member("genops_sample_weight", .double(weight))) }
    return members
  }
}

/// Whom events belong to, shared by all of them so that an event carries one reference.
public final class EventOwner: Sendable {
  public let attribution: Attribution
  /// `genops_team` and the like, for the dimensions that are set.
  let members: [JSONValue.Member]

  public init(_ attribution: Attribution) {
    self.attribution = attribution
    members = Attribution.dimensions.compactMap { name in
      attribution[name].map { JSONValue.Member("genops_\(name)", .string($0)) }
    }
  }
}
