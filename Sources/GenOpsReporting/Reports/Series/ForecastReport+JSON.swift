import GenOpsForecasting
import GenOpsHistory
import GenOpsSimulation
package import GenOpsUnits

extension ForecastReport {
  /// Grows in the second part when a name is added, in the first when one is changed or removed.
  package static let schemaVersion = "1.1"

  /// Every series that was kept, step by step; what is unknown is null.
  package var json: JSONValue {
    [
      "schemaVersion": .string(Self.schemaVersion),
      "seed": .integer(study.task.seed),
      "levels": .array(study.task.intervals.map { .quantity($0) }),
      "count": .integer(study.count),
      "models": .array(
        study.models.map { ["name": .string($0.name), "series": .integer($0.count)] }),
      "total": study.count > 0 ? spread(study.total) : .null,
      "before": .value(study.before),
      "cost": cost,
      "series": .array(study.outlooks.map(series)),
      "findings": .array(study.findings.all.map(\.json)),
    ]
  }

  private func spread(_ spread: SeriesOutlook.Spread?) -> JSONValue {
    guard let spread else { return .null }
    return [
      "mean": .value(spread.expected), "p10": .value(spread.low), "p90": .value(spread.high),
    ]
  }

  private func amounts(_ spread: SeriesOutlook.Spread) -> JSONValue {
    ["mean": .amount(spread.expected), "p10": .amount(spread.low), "p90": .amount(spread.high)]
  }

  private var cost: JSONValue {
    guard let cost = study.cost else { return .null }
    return [
      "book": .string(cost.book), "currency": .string(cost.currency), "total": amounts(cost.total),
      "meters": .array(
        cost.lines.map {
          [
            "meter": .string($0.meter), "opening": .integer($0.opening), "cost": amounts($0.cost),
          ]
        }),
    ]
  }

  private func series(_ outlook: SeriesOutlook) -> JSONValue {
    [
      "name": .string(outlook.series.name), "step": .string(outlook.series.step.rawValue),
      "every": .integer(outlook.series.every),
      "season": .integer(outlook.season), "history": .integer(outlook.known),
      "model": .string(outlook.model), "reason": .optional(outlook.reason),
      "unreliable": .bool(outlook.isUnreliable), "total": spread(outlook.total),
      "before": .value(outlook.before),
      "outliers": .array(outlook.notices.outliers.map { outlier($0, outlook) }),
      "shifts": .array(outlook.notices.shifts.map { shift($0, outlook) }),
      "dates": .array(outlook.dates.map(date)),
      "steps": .array(
        (0..<outlook.horizon).map { step in
          [
            "step": .integer(step + 1), "ds": .string(outlook.series.label(outlook.known + step)),
            "mean": .value(outlook.point[step]),
            "intervals": .array(
              study.task.intervals.map { part in
                [
                  "level": .quantity(part),
                  "low": .value(outlook.quantile((1 - part) / 2, step: step)),
                  "high": .value(outlook.quantile((1 + part) / 2, step: step)),
                ]
              }),
          ]
        }),
    ]
  }

  private func outlier(_ one: SeriesNotices.Outlier, _ outlook: SeriesOutlook) -> JSONValue {
    [
      "ds": .string(outlook.series.label(one.index)), "value": .quantity(one.value),
      "usual": .quantity(one.usual),
    ]
  }

  private func shift(_ one: SeriesNotices.Shift, _ outlook: SeriesOutlook) -> JSONValue {
    ["ds": .string(outlook.series.label(one.index)), "change": .quantity(one.factor - 1)]
  }

  private func date(_ effect: DateEffect) -> JSONValue {
    [
      "name": .string(effect.name), "times": .integer(effect.times),
      "change": .quantity(effect.largest),
      "days": .array(
        effect.days.map { ["ds": .string("\($0.day)"), "change": .quantity($0.change)] }),
    ]
  }
}
