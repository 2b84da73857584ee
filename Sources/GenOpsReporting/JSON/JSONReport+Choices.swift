import GenOpsMetering
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
      "breachProbability": .quantity(breachProbability), "wasOver": .quantity(wasOver),
      "firstBreach": first,
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
      "wasOver": .quantity(wasOver),
      "assumptions": .strings(assumptions), "shownSaving": .amount(shownSaving),
      "lost": lost.json,
      "sideEffects": .strings(sideEffects), "npv": npv?.amounts ?? .null,
      "askFor": askFor.map { .amount($0) } ?? .null,
      "decision": decision?.json ?? .null,
    ]
  }
}

extension Doubt {
  var json: JSONValue {
    switch self {
    case .yearlyTiers: ["reason": "yearly-tiers", "product": .null, "days": .null]
    case .shortHistory(let short):
      [
        "reason": "short-history", "product": .optional(short.product),
        "days": .integer(short.days),
      ]
    }
  }
}

extension DecisionReturn {
  var json: JSONValue {
    [
      "cost": cost.amounts, "net": net.amounts, "probabilityOfLoss": .quantity(probabilityOfLoss),
      "paybackMonths": paybackMonths.months(neverShare: 1 - paybackProbability),
      "npv": npv?.amounts ?? .null, "roi": roi?.quantities ?? .null,
      "discountRatePerYear": .quantity(discountRatePerYear),
    ]
  }
}

extension ForecastDistribution {
  /// Months until something is paid back. A statistic that falls on a future without payback is null; how many
  /// there are says why.
  fileprivate func months(neverShare: Double) -> JSONValue {
    guard case .object(let members) = quantities else { return .null }
    return .object(members + [.init("neverShare", .quantity(neverShare))])
  }
}

extension YearBridge {
  func json(_ months: [MonthResult]) -> JSONValue {
    [
      "lastYear": .array(
        zip(months, lastYear).map {
          [
            "month": .string($0.month.advanced(by: -12).description), "cost": .money($1),
            "change": .optional(YearBridge.change($1, $0.cost.mean)),
          ]
        }),
      "start": .money(start), "change": .optional(YearBridge.change(start, expected)),
      "steps": .array(
        steps.map {
          [
            "kind": .string($0.kind.rawValue), "label": .string($0.label),
            "amount": .amount($0.amount), "share": .optional(part($0)),
          ]
        }),
      "volumeMeter": .optional(volumeMeter?.id), "expected": .amount(expected),
    ]
  }
}

extension FigureDrivers {
  var json: JSONValue {
    [
      "inputs": .array(
        inputs.map { one in
          [
            "input": .string(one.name), "origin": .string(one.origin.rawValue),
            "p10": .value(one.low), "mean": .value(one.mean), "p90": .value(one.high),
            "cost": ["low": .amount(one.costLow), "high": .amount(one.costHigh)],
            "swing": .amount(one.swing),
            "share": .quantity(one.share), "worth": .amount(one.worth),
            "npv": one.npv.map {
              [
                "low": .amount($0.low), "high": .amount($0.high),
                "swing": .amount(abs($0.high - $0.low)),
              ]
            } ?? .null,
            "breakEven": .value(one.breakEven),
          ]
        }), "rest": .quantity(rest),
    ]
  }
}

extension ReturnOnInvestment {
  var json: JSONValue {
    [
      "npv": npv.amounts, "roi": roi?.quantities ?? .null, "irr": .optional(irr),
      "benefitCostRatio": benefitCostRatio?.quantities ?? .null,
      "paybackMonths": paybackMonths.months(neverShare: 1 - paybackProbability),
      "simplePaybackMonths": simplePaybackMonths.quantities,
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
      "flows": .array(
        flows.map {
          [
            "name": .string($0.name), "kind": .string($0.kind), "benefit": .bool($0.isBenefit),
            "atStart": .amount($0.atStart),
            "byMonth": .array($0.byMonth.map(JSONValue.amount)),
          ]
        }),
      "sensitivity": .array(
        sensitivity.map {
          ["input": .string($0.input), "low": .amount($0.low), "high": .amount($0.high)]
        }),
    ]
  }
}

extension ExpectationResult {
  var json: JSONValue {
    [
      "option": .string(option), "expression": .string(expression), "value": .string(value),
      "known": .bool(isKnown), "passed": .bool(passed),
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
