package import GenOpsSimulation
package import GenOpsUnits

/// The result for programs: `result.json`. Its names are stable within a major `schemaVersion`;
/// ``ResultSchema`` describes it.
package enum JSONReport {
  /// Grows in the second part when a name is added, in the first when one is changed or removed.
  package static let schemaVersion = "1.4"

  /// The whole result. Keys stand in a fixed order; what is unknown is null, never 0.
  package static func value(_ result: ScenarioResult) -> JSONValue {
    [
      "schemaVersion": .string(schemaVersion),
      "scenario": ["name": .string(result.name)],
      "currency": .string(result.currency),
      "provenance": result.provenance.json,
      "total": [
        "cost": result.year.cost.amounts,
        "costByMeter": .array(result.costByMeter.map(\.json)),
      ],
      "months": .array(result.months.map(\.json)),
      "quarters": .array(result.quarters.map(\.json)),
      "year": result.year.json,
      "yearLabel": .string(result.yearLabel),
      "budgets": .array(result.budgets.map(\.json)),
      "attribution": .array(result.attribution.map(\.json)),
      "options": .array(result.options.map(\.json)),
      "roi": result.roi?.json ?? .null,
      "billCheck": result.billCheck?.json ?? .null,
      "trackRecord": result.trackRecord?.json ?? .null,
      "faults": .array(result.faults.map(\.json)),
      "assumptions": .array(
        result.assumptions.map {
          [
            "label": .string($0.label), "option": .optional($0.option),
            "worth": .amount($0.worth),
          ]
        }),
      "bridge": result.bridge.map { $0.json(result.months.map(\.month)) } ?? .null,
      "drivers": result.drivers.json,
      "expectations": .array(result.expectations.map(\.json)),
      "findings": .array(result.findings.all.map(\.json)),
      "fan": result.fan.json,
    ]
  }
}
