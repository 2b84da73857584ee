import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// An optimization for programs; `genops schema optimize` describes it.
struct OptimizeJSON {
  /// Grows in the second part when a name is added, in the first when one is changed or removed.
  static let schemaVersion = "1.0"

  let result: OptimizeResult

  init(_ result: OptimizeResult) { self.result = result }

  var value: JSONValue {
    [
      "schemaVersion": .string(OptimizeJSON.schemaVersion),
      "scenario": ["name": .string(result.name)],
      "currency": .string(result.currency),
      "provenance": result.provenance.json,
      "search": [
        "combinations": .quantity(result.search.combinations),
        "tried": .integer(result.search.tried), "exhaustive": .bool(result.search.isExhaustive),
        "paths": .integer(result.search.paths), "seed": .string("\(result.search.seed)"),
      ],
      "objective": .string(result.objective.text),
      "variables": .array(
        zip(result.variables, result.best.choices).map { variable, choice in
          [
            "place": .string(variable.place), "choices": .strings(variable.choices.map(\.text)),
            "chosen": .string(variable.choices[choice].text),
          ]
        }),
      "conditions": .strings(result.conditions.map(\.text)),
      "asIs": policy(result.asIs), "best": policy(result.best),
      "patch": .string(result.patch),
      "runnerUp": result.runnerUp.map(policy) ?? .null,
      "advantage": result.advantage.map(advantage) ?? .null,
      "gain": advantage(result.gain),
      "front": .array(result.front.map(policy)),
      "putBack": .array(
        result.putBack.map { variable, back in
          ["place": .string(result.variables[variable].place), "policy": policy(back)]
        }),
      "leastAction": result.least.map(policy) ?? .null,
      "assumedBest": result.assumedBest.map(policy) ?? .null,
      "breachClock": result.clock.map(clock) ?? .null,
      "findings": .array(result.findings.all.map(\.json)),
    ]
  }

  private func policy(_ policy: PolicyEvaluation) -> JSONValue {
    [
      "label": .string(result.label(policy)),
      "choices": .object(
        zip(result.variables, policy.choices).map {
          .init($0.place, .string($0.choices[$1].text))
        }),
      "meetsConditions": .bool(policy.isFeasible),
      "conditions": .array(
        policy.checks.map {
          [
            "expression": .string($0.expression), "value": .string($0.value),
            "passed": .bool($0.passed),
          ]
        }),
      "objective": .quantity(policy.objective), "cost": policy.summary.cost.amounts,
      "saves": policy.summary.saves.amounts, "shownSaving": .amount(policy.shownSaving),
      "breachProbability": .optional(policy.summary.breachProbability),
      "lost": policy.summary.lost.json, "sideEffects": .strings(policy.sideEffects),
      "assumptions": .strings(policy.assumptions),
    ]
  }

  private func advantage(_ advantage: PolicyAdvantage) -> JSONValue {
    [
      "mean": .amount(advantage.mean), "low": .amount(advantage.low),
      "high": .amount(advantage.high), "p10": .amount(advantage.p10),
      "p90": .amount(advantage.p90), "chance": .quantity(advantage.chance),
      "lost": .quantity(advantage.lost),
    ]
  }

  private func clock(_ clock: BreachClock) -> JSONValue {
    [
      "budget": .string(clock.budget), "limit": .money(clock.limit),
      "period": .string(clock.period.rawValue), "refuses": .bool(clock.refuses),
      "safeAt": .quantity(result.safeAt),
      "months": .array(
        result.months.map { month in
          let days = clock.days(of: month)
          return .object(
            [.init("month", .string(month.description))] + hands(clock, days))
        }),
      "days": .array(
        clock.asIs.breaches.indices.map { day in
          .object(
            [.init("day", .string(clock.start.advanced(by: day).description))]
              + hands(clock, day..<day + 1))
        }),
    ]
  }

  private func hands(_ clock: BreachClock, _ days: Range<Int>) -> [JSONValue.Member] {
    func hand(_ hand: BreachClock.Hand) -> JSONValue {
      [
        "probability": .quantity(hand.probability(by: days.upperBound - 1)),
        "hazard": .optional(hand.hazard(days)),
      ]
    }
    return [.init("asIs", hand(clock.asIs)), .init("policy", hand(clock.policy))]
  }
}
