import GenOpsMetering
import GenOpsSimulation
import GenOpsUnits

/// Tracked months for programs; `genops schema track` describes it.
struct TrackJSON {
  /// Grows in the second part when a name is added, in the first when one is changed or removed.
  static let schemaVersion = "1.1"

  let result: TrackResult

  init(_ result: TrackResult) { self.result = result }

  /// Amounts are exact. What is unknown is null, never 0.
  var value: JSONValue {
    [
      "schemaVersion": .string(TrackJSON.schemaVersion),
      "scenario": ["name": .string(result.name)],
      "currency": .string(result.currency),
      "provenance": result.provenance.json,
      "lastKnownDay": .optional(result.lastKnownDay?.description),
      "budget": result.budget.map { budget in
        [
          "name": .string(budget.name), "limit": .money(budget.limit),
          "period": .string(budget.period.rawValue),
        ]
      } ?? .null,
      "months": .array(result.months.map(month)),
      "total": total,
      "score": score,
      "expectations": .array(result.checks.map(\.json)),
      "findings": .array(result.findings.all.map(\.json)),
    ]
  }

  private func money(_ amount: Money?) -> JSONValue { amount.map { .money($0) } ?? .null }

  private func month(_ month: TrackResult.Month) -> JSONValue {
    [
      "month": .string(month.month.description), "state": .string(month.state.rawValue),
      "knownDays": .integer(month.knownDays),
      "unknown": .strings(month.unknown.map(\.id)),
      "given": .strings(month.given.map(\.id)), "budget": money(month.budget),
      "forecast": month.forecast.map(forecast) ?? .null, "actual": money(month.actual),
      "landing": .money(month.landing), "low": money(month.low), "high": money(month.high),
      "listPrice": .money(month.listPrice ?? month.landing),
      "overForecast": .optional(month.overForecast), "overBudget": .optional(month.overBudget),
      "miss": month.split.map { split in
        [
          "amount": .money(split.miss), "volume": .money(split.volume), "mix": .money(split.mix),
          "oneOffs": .money(split.oneOffs), "price": .money(split.price),
          "spread": .money(split.spread), "volumeMeter": .optional(split.meter?.id),
          "volumeFactor": .quantity(split.factor),
        ]
      } ?? .null,
      "oneOffDays": .array(
        month.oneOffs.map { one in
          [
            "day": .string(one.day.description), "meter": .string(one.meter.id),
            "units": .integer(one.units), "name": .optional(one.name),
          ]
        }),
    ]
  }

  private func forecast(_ forecast: ForecastStatement) -> JSONValue {
    [
      "asOf": .string(forecast.asOf.description), "p10": .money(forecast.cost.p10),
      "p50": .money(forecast.cost.p50), "mean": .money(forecast.cost.mean),
      "p90": .money(forecast.cost.p90),
    ]
  }

  private var total: JSONValue {
    let total = result.total
    return [
      "label": .string(total.label), "budget": money(total.budget),
      "forecast": money(total.forecast), "actual": .money(total.actual),
      "landing": .money(total.landing), "low": money(total.low), "high": money(total.high),
      "listPrice": .money(total.listPrice ?? total.landing),
      "overBudget": .optional(total.overBudget),
    ]
  }

  private var score: JSONValue {
    let score = result.score
    return [
      "said": .quantity(0.8), "times": .integer(score.count), "held": .integer(score.held),
      "coverage": .optional(score.coverage), "bias": .optional(score.bias),
      "meanAbsoluteError": .optional(score.meanAbsoluteError),
      "afterwards": .integer(score.later),
      "byHorizon": .array(
        score.byHorizon.map { horizon in
          [
            "monthsAhead": .integer(horizon.monthsAhead), "times": .integer(horizon.count),
            "held": .integer(horizon.held),
          ]
        }),
      "outcomes": .array(
        score.outcomes.map { outcome in
          [
            "month": .string(outcome.statement.month.description),
            "asOf": .string(outcome.statement.asOf.description),
            "p10": .money(outcome.statement.cost.p10), "p90": .money(outcome.statement.cost.p90),
            "actual": .money(outcome.actual), "held": .bool(outcome.held),
          ]
        }),
    ]
  }
}
