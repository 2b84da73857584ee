public import GenOpsUnits

import GenOpsMetering

/// Dimensions every item must have.
public struct RequiredAttributionPolicy: Policy {
  public static let name = "required-attribution"
  public static let summary = "Dimensions every event must carry; strict mode refuses without them."
  public static let example = #"["team", "project"]"#

  public var dimensions: [String]

  /// Names of dimensions, such as `team`.
  public init(_ dimensions: [String]) { self.dimensions = dimensions }

  public init?(_ node: Node, _ findings: inout Findings) {
    var own = Findings()
    defer { findings.merge(own) }
    dimensions = []
    for item in node.sequence ?? [node] {
      let name = item.text ?? ""
      if Attribution.dimensions.contains(name) {
        if !dimensions.contains(name) { dimensions.append(name) }
      } else {
        Node.reportDimension(name, at: item.location, &own)
      }
    }
    if own.hasErrors { return nil }
  }

  public var sideEffect: String {
    "strict mode refuses events without \(dimensions.joined(separator: ", "))"
  }

  public func apply(to plan: inout GovernancePlan) {
    plan.requiredDimensions += dimensions.filter { !plan.requiredDimensions.contains($0) }
  }
}
