public import GenOpsUnits

/// Where data may go; see ``Residency``.
public struct ResidencyPolicy: Policy {
  public static let name = "residency"
  public static let summary = "Binds delivery to hosts in one region, us or eu."
  public static let example = #"{"region": "eu", "hosts": ["posthog.example.eu"]}"#

  public var residency: Residency

  /// Takes the place of a residency that the plan has.
  public init(_ residency: Residency) { self.residency = residency }

  /// A bare word is the region.
  public init?(_ node: Node, _ findings: inout Findings) {
    var own = Findings()
    defer { findings.merge(own) }
    var region: Residency.Region?
    var hosts: [String] = []
    if node.text != nil {
      region = node.word(Residency.Region.self, "a region", &own)
    } else {
      var keys = MappingReader(node, "residency", &own)
      region = keys.required("region", example: "region: eu", &own)?
        .word(Residency.Region.self, "a region", &own)
      hosts = keys.take("hosts").map { ($0.sequence ?? [$0]).compactMap(\.text) } ?? []
      keys.finish(&own)
    }
    guard let region, !own.hasErrors else { return nil }
    residency = Residency(region, hosts: hosts)
  }

  public var sideEffect: String {
    "no failover out of \(residency.region.rawValue): while its hosts are down, events wait or are lost"
  }

  public func apply(to plan: inout GovernancePlan) { plan.privacy.residency = residency }
}
