import GenOpsSimulation
import GenOpsUnits

extension BudgetResult {
  var json: JSONValue {
    let first: JSONValue =
      firstBreach.map {
        [
          "p10": .string($0.p10.description), "p50": .string($0.p50.description),
          "p90": .string($0.p90.description),
        ]
      } ?? .null
    return [
      "name": .string(name), "limit": .money(limit), "period": .string(period.rawValue),
      "refuses": .bool(refuses),
      "breachProbability": .quantity(breachProbability), "firstBreach": first,
      "expectedOvershoot": .amount(expectedOvershoot),
      "askFor": askFor.map { .amount($0) } ?? .null,
      "askForWithOption": askForWithOption.map {
        ["option": .string($0.option), "amount": .amount($0.amount)]
      } ?? .null,
    ]
  }
}

extension OptionResult {
  var json: JSONValue {
    [
      "name": .string(name), "cost": cost.amounts, "saves": saves.amounts,
      "breachProbability": .optional(breachProbability), "refuses": .bool(refuses),
      "assumptions": .strings(assumptions), "shownSaving": .amount(shownSaving),
      "lost": lost.json,
      "sideEffects": .strings(sideEffects), "npv": npv?.amounts ?? .null,
      "askFor": askFor.map { .amount($0) } ?? .null,
    ]
  }
}

extension ReturnOnInvestment {
  var json: JSONValue {
    [
      "npv": npv.amounts, "roi": roi?.quantities ?? .null, "irr": .optional(irr),
      "benefitCostRatio": benefitCostRatio?.quantities ?? .null,
      "paybackMonths": payback, "simplePaybackMonths": simplePaybackMonths.quantities,
      "paybackProbability": .quantity(paybackProbability),
      "probabilityOfLoss": .quantity(probabilityOfLoss),
      "discountRatePerYear": .quantity(discountRatePerYear),
      "lines": .array(
        lines.map {
          [
            "name": .string($0.name), "kind": .string($0.kind),
            "presentValue": .amount($0.presentValue),
          ]
        }),
      "sensitivity": .array(
        sensitivity.map {
          ["input": .string($0.input), "low": .amount($0.low), "high": .amount($0.high)]
        }),
    ]
  }
}

extension ReturnOnInvestment {
  /// A statistic that falls on a future without payback is null; how many there are says why.
  private var payback: JSONValue {
    guard case .object(let members) = paybackMonths.quantities else { return .null }
    return .object(members + [.init("neverShare", .quantity(1 - paybackProbability))])
  }
}

extension ExpectationResult {
  var json: JSONValue {
    [
      "option": .string(option), "expression": .string(expression), "value": .string(value),
      "passed": .bool(passed),
    ]
  }
}

extension Finding {
  var json: JSONValue {
    [
      "severity": .string(severity.rawValue), "code": .string(code), "message": .string(message),
      "help": .optional(help),
      "location": location.map {
        ["file": .string($0.file), "line": .integer($0.line), "column": .integer($0.column)]
      } ?? .null,
    ]
  }
}
