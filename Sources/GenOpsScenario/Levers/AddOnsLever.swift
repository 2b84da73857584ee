import GenOpsCosting
package import GenOpsUnits

/// Another set of add-ons than the scenario's.
package struct AddOnsLever: Lever {
  package static let name = "add_ons"
  package static let summary = "exactly these add-ons instead of the scenario's"
  package static let example = "[boost, group_analytics]"

  package var addOns: Set<String>

  package static func read(_ node: Node, _ context: LeverContext, _ findings: inout Findings)
    -> AddOnsLever?
  {
    guard let items = node.sequence else {
      findings.error(
        "wrong-type", "add_ons takes a list", help: "write: add_ons: \(example)",
        at: node.location)
      return nil
    }
    var names: Set<String> = []
    for item in items {
      let name = item.text ?? ""
      if !context.book.canChoose(name) {
        findings.error(
          "unknown-add-on", "the book \(context.book.id) has no add-on '\(name)'",
          help: "known: \(context.book.addOnNames.joined(separator: ", "))", at: item.location)
      }
      names.insert(name)
    }
    return AddOnsLever(addOns: names)
  }

  package func apply(to plan: inout OptionPlan, _ inputs: [DrawID]) { plan.addOns = addOns }

  package func sideEffect(_ outcome: LeverOutcome) -> String? {
    addOns.isEmpty ? "no add-ons" : "add-ons: \(addOns.sorted().joined(separator: ", "))"
  }
}
