import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
import GenOpsSimulation
package import GenOpsUnits

extension PlanReport {
  /// The plan for programs. A level is null where a fault decides it, and a growth where none is
  /// given.
  package var json: JSONValue {
    [
      "schemaVersion": 1, "scenario": ["name": .string(plan.scenario.name)],
      "start": .string(plan.period.first.description), "end": .string(plan.period.last.description),
      "actualDays": .integer(plan.knownDays), "paths": .integer(plan.scenario.paths),
      "seed": .integer(plan.scenario.seed), "prices": .string(plan.scenario.prices.description),
      "streams": .array(
        plan.streams.map { stream in
          [
            "name": .string(stream.name), "meter": .string(stream.meter.id),
            "unitsPerDay": stream.fault == nil ? .quantity(stream.level(plan.draws)) : .null,
            "from": .string(
              stream.fault != nil ? "fault" : stream.model.history == nil ? "given" : "history"),
            "growth": .optional(stream.growth.map { plan.growth[$0].name }),
          ]
        }),
      "inputs": .array(
        plan.inputs.sampler.inputs.filter { !$0.distribution.isConstant }.map { input in
          [
            "name": .string(input.name), "p05": .quantity(input.distribution.quantile(0.05)),
            "mean": .quantity(input.distribution.mean),
            "p95": .quantity(input.distribution.quantile(0.95)),
          ]
        }),
      "options": .strings(plan.options.map(\.name)),
      "findings": .array(plan.findings.all.map(\.json)),
    ]
  }
}
