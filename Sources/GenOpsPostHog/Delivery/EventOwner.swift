public import GenOpsMetering
public import GenOpsUnits

/// Whom events belong to, shared by all of them so that an event carries one reference.
public final class EventOwner: Sendable {
  public let attribution: Attribution
  /// `genops_team` and the like, for the dimensions that are set, then tags and session.
  let members: [JSONValue.Member]
  /// What the tags say of its importance.
  public let level: ServiceLevel

  /// - Parameters:
  ///   - attribution: The dimensions.
  ///   - tags: Labels; each becomes `genops_tag_…`, in the order of their names, but for those that only
  ///     configure (``TagMeaning/configuring``).
  ///   - session: Members of a session, under their full names.
  public init(
    _ attribution: Attribution, tags: [String: String] = [:], session: [JSONValue.Member] = []
  ) {
    self.attribution = attribution
    level = ServiceLevel(tags: tags)
    members =
      Attribution.dimensions.compactMap { name in
        attribution[name].map { JSONValue.Member(EventOwner.property(name), .string($0)) }
      }
      + TagMeaning.labels(tags).map {
        JSONValue.Member("genops_tag_\($0.key)", .string($0.value))
      } + session
  }

  /// The guide calls a customer's property `genops_customer_id`, every other as its dimension.
  package static func property(_ dimension: String) -> String {
    dimension == "customer" ? "genops_customer_id" : "genops_\(dimension)"
  }
}
