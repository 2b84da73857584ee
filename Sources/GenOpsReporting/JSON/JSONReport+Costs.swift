import GenOpsCosting
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

extension Provenance {
  var json: JSONValue {
    // Named where it is not the usual: then errors of means come from randomizations.
    guard let points, case .object(let members) = common else { return common }
    return .object(members + [.init("points", .string(points))])
  }

  private var common: JSONValue {
    [
      "version": .string(version), "scenarioSHA256": .string(scenarioSHA256),
      "priceBook": .string(priceBook), "priceBookSHA256": .string(priceBookSHA256),
      "priceBookAgeDays": .integer(priceBookAgeDays), "seed": .integer(seed),
      "paths": .integer(paths), "mathFingerprint": .string(mathFingerprint),
      "mode": .string(mode),
      "scenario": .string(request.scenario), "settings": .strings(request.settings),
      "failOn": .strings(request.failOn),
    ]
  }
}

extension MeterCost {
  /// `total` is the sum of all lines.
  func json(of total: Double) -> JSONValue {
    [
      "label": .string(label), "meter": .optional(meter?.id), "mean": .amount(mean),
      "share": total > 0 ? .quantity(mean / total) : .null,
    ]
  }
}

extension MonthResult {
  var json: JSONValue {
    [
      "month": .string(month.description), "actual": .bool(isActual),
      "actualDays": .integer(actualDays), "cost": cost.amounts,
      "usage": .object(usage.map { .init($0.meter.id, $0.units.quantities) }),
      "costByMeter": .object(costByMeter.map { .init($0.meter.id, $0.cost.amounts) }),
      "besideUsage": .amount(besideUsage),
      "lost": lost.json, "breachProbability": .optional(breachProbability),
      "wasOver": .quantity(wasOver), "agreedTerms": .amount(agreedTerms),
      "unknown": .strings(unknown), "drivers": .strings(drivers),
    ]
  }
}

extension LostData {
  var json: JSONValue {
    [
      "refused": .quantity(refused), "sampled": .quantity(sampled),
      "critical": .quantity(critical), "total": .quantity(total), "offered": .quantity(offered),
      "share": .quantity(share),
      "byClass": .array(byClass.map { ["name": .string($0.name), "lost": .quantity($0.lost)] }),
      "byMeter": .object(byMeter.map { .init($0.meter.id, .quantity($0.lost)) }),
      "offeredByMeter": .object(offeredByMeter.map { .init($0.meter.id, .quantity($0.offered)) }),
    ]
  }
}

extension PeriodResult {
  var json: JSONValue {
    [
      "label": .string(label), "start": .string(start.description),
      "end": .string(end.description), "cost": cost.amounts,
    ]
  }
}

extension AttributionResult {
  var json: JSONValue {
    let dimensions = Attribution.dimensions.compactMap { name in
      attribution[name].map { JSONValue.Member(name, .string($0)) }
    }
    return .object(
      dimensions + [.init("cost", cost.amounts), .init("proRata", .amount(proRata))])
  }
}

extension ActualPeriod {
  var json: JSONValue {
    func amount(_ money: Money?) -> JSONValue { money.map { .money($0) } ?? .null }
    return [
      "start": .string(start.description), "end": .string(end.description),
      "knownTo": .string(knownTo.description), "total": .money(total),
      "lines": .array(
        lines.map {
          [
            "label": .string($0.label), "meter": .optional($0.meter?.id),
            "project": .optional($0.project), "units": $0.units.map { .integer($0) } ?? .null,
            "listed": amount($0.listed), "billed": amount($0.billed), "cost": .money($0.cost),
          ]
        }), "unknown": .array(unknown.map { .string($0.id) }),
    ]
  }
}

extension BillCheck {
  var json: JSONValue {
    [
      "months": .array(
        months.map {
          [
            "month": .string($0.month.description), "modelled": .money($0.modelled),
            "billed": .money($0.billed),
            "difference": .optional(BillCheck.difference($0.modelled, $0.billed)),
          ]
        }),
      "modelled": .money(modelled), "billed": .money(billed),
      "difference": .optional(BillCheck.difference(modelled, billed)), "passes": .bool(passes),
      "leftOut": .array(leftOut.map { .string($0.id) }),
      "discount": .optional(discount?.description),
    ]
  }
}

extension TrackRecord {
  var json: JSONValue {
    [
      "months": .integer(months),
      "meanAbsolutePercentError": .quantity(meanAbsolutePercentError),
      "coverage80": .quantity(coverage80), "widening": .quantity(widening),
      "simple": simple.map {
        ["flat": .quantity($0.flat), "sameMonth": .optional($0.sameMonth)]
      } ?? .null,
    ]
  }
}

extension Fan {
  /// One array per line of the picture, as plotting tools take it.
  var json: JSONValue {
    func line(_ value: (Day) -> Double) -> JSONValue {
      .array(days.map { JSONValue.amount(value($0)) })
    }
    return [
      "actualDays": .integer(actualDays), "budget": budget.map { .money($0) } ?? .null,
      "days": .array(days.map { .string($0.day.description) }), "mean": line(\.mean),
      "p10": line(\.p10), "p50": line(\.p50), "p90": line(\.p90),
      "options": .array(
        options.map {
          ["name": .string($0.name), "mean": .array($0.mean.map(JSONValue.amount))]
        }),
    ]
  }
}

extension FaultResult {
  var json: JSONValue {
    [
      "name": .string(name), "kind": .string(kind), "probability": .quantity(probability),
      "cost": cost.amounts, "units": .quantity(units), "duplicates": .quantity(duplicates),
      "noticed": notice.map { notice in
        [
          "probability": .quantity(notice.probability),
          "days": notice.days.map {
            ["p10": .quantity($0.p10), "p50": .quantity($0.p50), "p90": .quantity($0.p90)]
          } ?? .null,
        ]
      } ?? .null,
      "stoppedBy": .strings(stoppedBy.map(\.option)),
      "options": .array(
        options.map {
          [
            "name": .string($0.option), "cost": .amount($0.cost),
            "othersLost": .quantity($0.othersLost), "stops": .bool($0.stops),
          ]
        }),
    ]
  }
}
