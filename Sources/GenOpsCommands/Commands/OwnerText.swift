import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// The value of `--by`: which properties say whose an event is.
enum OwnerText {
  /// Reads `team=squad,customer=$group_0`; a dimension alone is the property that the adapter writes, such as
  /// `genops_team`. Without a text these are read for the dimensions that `plans` ask for.
  static func parse(
    _ text: String?, plans: [GovernancePlan]
  ) throws(FindingsError) -> OwnerProperties {
    guard let text else {
      return OwnerProperties(
        Attribution.dimensions.filter { name in plans.contains { asks($0, for: name) } }.map {
          .init(dimension: $0, property: EventOwner.property($0))
        })
    }
    var entries: [OwnerProperties.Entry] = []
    var findings = Findings()
    for item in text.split(separator: ",") {
      let sides = item.split(separator: "=", maxSplits: 1).map {
        String($0.trimmingPrefix { $0 == " " })
      }
      let name = sides.first ?? ""
      guard Attribution.dimensions.contains(name), sides.last?.isEmpty == false else {
        findings.error(
          "unknown-owner", "'\(item)' does not say which property holds which owner",
          help: nearestName(to: name, among: Attribution.dimensions).map {
            "did you mean '\($0)\(sides.count == 2 ? "=\(sides[1])" : "")'?"
          } ?? "known: \(Attribution.dimensions.map { "\($0)=PROPERTY" }.joined(separator: ","))")
        continue
      }
      entries.append(
        .init(
          dimension: name, property: sides.count == 2 ? sides[1] : EventOwner.property(name)))
    }
    try findings.throwIfErrors()
    return OwnerProperties(entries)
  }

  /// Whether a plan judges by a dimension.
  private static func asks(_ plan: GovernancePlan, for dimension: String) -> Bool {
    plan.requiredDimensions.contains(dimension)
      || plan.budgets.contains { $0.scope[dimension] != nil }
      || plan.scopedModes.contains { $0.scope[dimension] != nil }
  }
}
