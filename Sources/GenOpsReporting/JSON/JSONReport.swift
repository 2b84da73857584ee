package import GenOpsSimulation
package import GenOpsUnits

/// The result for programs: `result.json`. Its names are stable within a major `schemaVersion`;
/// ``ResultSchema`` describes it.
package enum JSONReport {
  /// Grows in the second part when a name is added, in the first when one is changed or removed.
  package static let schemaVersion = "1.5"

  /// The whole result. Keys stand in a fixed order; what is unknown is null, never 0.
  ///
  /// `sheets` are those of its workbook that cannot be made from the rest.
  package static func value(_ result: ScenarioResult, sheets: [ReportSheet] = []) -> JSONValue {
    [
      "schemaVersion": .string(schemaVersion),
      "scenario": ["name": .string(result.name)],
      "currency": .string(result.currency),
      "provenance": result.provenance.json,
      "total": [
        "cost": result.year.cost.amounts,
        "costByMeter": .array(
          result.costByMeter.map { [sum = result.costByMeter.reduce(0) { $0 + $1.mean }] in
            $0.json(of: sum)
          }),
        "sum": .amount(result.costByMeter.reduce(0) { $0 + $1.mean }),
        "agreedTerms": .amount(result.agreedTerms),
        "listPrice": .amount(result.year.cost.mean - result.agreedTerms),
      ],
      "months": .array(result.months.map(\.json)),
      "quarters": .array(result.quarters.map { quarter($0, result) }),
      "year": result.year.json,
      "accrual": accrual(result), "yearLabel": .string(result.yearLabel),
      "budgets": .array(result.budgets.map(\.json)),
      "attribution": .array(result.attribution.map(\.json)),
      "options": .array(result.options.map(\.json)),
      "doubt": result.doubt?.json ?? .null,
      "roi": result.roi?.json ?? .null,
      "lossHasWorth": .bool(result.lossHasWorth),
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
      "actuals": .array(result.actuals.map(\.json)),
      "register": .array(result.register.map(\.json)),
      "bridge": result.bridge.map { $0.json(result.months) } ?? .null,
      "drivers": result.drivers.json,
      "expectations": .array(result.expectations.map(\.json)),
      "findings": .array(result.findings.all.map(\.json)),
      "fan": result.fan.json, "sheets": .array(sheets.map(\.json)),
    ]
  }

  /// A quarter beside the same months a year before.
  private static func quarter(_ period: PeriodResult, _ result: ScenarioResult) -> JSONValue {
    guard case .object(let members) = period.json else { return period.json }
    let before = result.yearBefore(period)
    return .object(
      members + [
        .init("yearBefore", before.map { .money($0) } ?? .null),
        .init("change", .optional(before.flatMap { YearBridge.change($0, period.cost.mean) })),
      ])
  }

  /// What is spent, to go and comes out, where the period has begun.
  private static func accrual(_ result: ScenarioResult) -> JSONValue {
    guard let accrual = result.accrual else { return .null }
    let cost = result.year.cost
    return [
      "to": .string(accrual.to.description), "spent": .amount(accrual.spent),
      "toGo": [
        "low": .amount(cost.p10 - accrual.spent), "expected": .amount(cost.mean - accrual.spent),
        "high": .amount(cost.p90 - accrual.spent),
      ],
      "landing": [
        "low": .amount(cost.p10), "expected": .amount(cost.mean), "high": .amount(cost.p90),
      ],
    ]
  }
}
