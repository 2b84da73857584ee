import GenOpsSimulation
import GenOpsUnits

/// A comparison for programs; `genops schema compare` describes it.
struct CompareJSON {
  /// Grows in the second part when a name is added, in the first when one is changed or removed.
  static let schemaVersion = "1.0"

  let comparison: ScenarioComparison

  init(_ comparison: ScenarioComparison) { self.comparison = comparison }

  var value: JSONValue {
    [
      "schemaVersion": .string(CompareJSON.schemaVersion),
      "currency": .string(comparison.sides.first?.result.currency ?? ""),
      "baseline": .optional(comparison.baseline?.label),
      "scenarios": .array(
        comparison.sides.map { side in
          [
            "label": .string(side.label), "name": .string(side.result.name),
            "provenance": side.result.provenance.json, "changes": .strings(side.changes),
            "bridge": .array(
              side.bridge.map { ["label": .string($0.label), "amount": .amount($0.amount)] }),
          ]
        }),
      "choices": .array(comparison.choices.map(choice)),
      "lead": comparison.lead.map { lead in
        [
          "best": .string(lead.best), "next": .string(lead.next),
          "difference": lead.difference.amounts, "cheaper": .quantity(lead.cheaper),
        ]
      } ?? .null,
      "findings": .array(comparison.findings.all.map(\.json)),
    ]
  }

  private func choice(_ choice: ScenarioComparison.Choice) -> JSONValue {
    [
      "label": .string(choice.label),
      "scenario": .string(comparison.sides[choice.side].label),
      "option": choice.option.json, "difference": choice.difference.amounts,
      "cheaper": .quantity(choice.cheaper),
      "npvDifference": choice.npvDifference?.amounts ?? .null,
    ]
  }
}
