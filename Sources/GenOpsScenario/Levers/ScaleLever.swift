package import GenOpsMetering
import GenOpsNumerics
package import GenOpsUnits

/// Produces less (or more) of a meter at the source: replay sampling in the client, fewer AI
/// traces, one flag request per page instead of two.
package struct ScaleLever: Lever {
  package static let name = "scale"
  package static let summary = "produce this part of a meter's usage at the source"
  package static let example = "{session_recordings: 50%}"

  /// By meter, as a fraction.
  package var factors: [(meter: Meter, factor: Double)]

  package static func read(_ node: Node, _ context: LeverContext, _ findings: inout Findings)
    -> ScaleLever?
  {
    guard let entries = node.mapping else {
      findings.error(
        "wrong-type", "scale takes meters with percentages", help: "write: scale: \(example)",
        at: node.location)
      return nil
    }
    var factors: [(Meter, Double)] = []
    for entry in entries {
      guard let meter = Meter(named: entry.key) else {
        findings.add(Meter.unknown(entry.key, at: entry.keyLocation))
        continue
      }
      if factors.contains(where: { $0.0 == meter }) {
        findings.error(
          "duplicate-key", "'\(entry.key)' is \(meter.id), which stands twice in scale",
          help: "keep one of them", at: entry.keyLocation)
      }
      if let share = Quantity.share(
        entry.value, "the part of \(entry.key)", example: "\(entry.key): 50%", &findings)
      {
        factors.append((meter, share.mean))
      }
    }
    return ScaleLever(factors: factors)
  }

  package func apply(to plan: inout OptionPlan, _ inputs: [DrawID]) {
    // Events with groups are a part of events, unless they have a factor of their own.
    let groupsFollow = !factors.contains { $0.meter == .groupEvents }
    for index in plan.usageClasses.indices {
      let usage = plan.usageClasses[index].usage
      for (meter, factor) in factors
      where usage[meter] > 0 || meter == .events && groupsFollow && usage[.groupEvents] > 0 {
        plan.usageClasses[index].scale *= factor
      }
    }
  }

  package func unmatched(in plan: OptionPlan) -> [String] {
    factors.map(\.meter).filter { !plan.uses($0) }.map(\.id)
  }

  package func sideEffect(_ outcome: LeverOutcome) -> String? {
    factors.map { "\(Int64(rounding: $0.factor * 100)) % of \($0.meter.invoiceName.lowercased())" }
      .joined(separator: ", ")
  }
}
