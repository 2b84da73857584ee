import GenOpsForecasting
import GenOpsSimulation
package import GenOpsUnits

extension BacktestReport {
  /// Grows in the second part when a name is added, in the first when one is changed or removed.
  package static let schemaVersion = "1.0"

  /// Every kind with all of its measures; what is unknown is null.
  package var json: JSONValue {
    [
      "schemaVersion": .string(Self.schemaVersion),
      "seed": .integer(contest.task.seed),
      "levels": .array(contest.task.intervals.map { .quantity($0) }),
      "series": .integer(contest.count), "tried": .integer(contest.tried),
      "windows": .integer(contest.windows), "horizon": .integer(contest.horizon),
      "winner": .optional(contest.entries.first?.model),
      "gain": .optional(contest.gain),
      "book": .optional(contest.book), "currency": .optional(contest.currency),
      "references": [
        "seasonalNaive": [
          "mase": .quantity(contest.seasonalMASE), "smape": .quantity(contest.seasonalSMAPE),
        ],
        "naive2": [
          "mase": .quantity(contest.naive2MASE), "smape": .quantity(contest.naive2SMAPE),
        ],
      ],
      "models": .array(contest.entries.map(entry)),
      "stretches": .array(contest.stretches.map(stretch)),
      "findings": .array(contest.findings.all.map(\.json)),
    ]
  }

  private func entry(_ entry: SeriesContest.Entry) -> JSONValue {
    [
      "model": .string(entry.model), "mase": .quantity(entry.mase), "smape": .quantity(entry.smape),
      "owa": .quantity(entry.owa), "msis": .quantity(entry.msis), "scrps": .quantity(entry.crps),
      "sumError": .quantity(entry.sumError), "sumBias": .quantity(entry.sumBias),
      "costError": .optional(entry.costError), "costBias": .optional(entry.costBias),
      "replaced": .integer(entry.replaced),
      "coverage": .array(
        entry.coverage.map {
          [
            "level": .quantity($0.promised), "held": .quantity($0.held), "low": .quantity($0.low),
            "high": .quantity($0.high), "trials": .quantity($0.trials),
            "credible": .bool($0.isCredible),
          ]
        }),
      "steps": .array(
        entry.parts.map {
          [
            "first": .integer($0.first), "last": .integer($0.last), "mase": .quantity($0.mase),
            "held": .array($0.coverage.map { .quantity($0) }),
          ]
        }),
    ]
  }

  private func stretch(_ stretch: SeriesContest.Stretch) -> JSONValue {
    [
      "series": .string(stretch.series), "first": .string(stretch.first),
      "last": .string(stretch.last),
      "actual": .value(stretch.actual), "expected": .value(stretch.expected),
      "mase": .quantity(stretch.mase), "held": .array(stretch.held.map { .quantity($0) }),
      "cost": stretch.cost.map {
        ["actual": .amount($0.actual), "expected": .amount($0.expected)]
      } ?? .null,
    ]
  }
}
