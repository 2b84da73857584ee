import GenOpsForecasting
import GenOpsNumerics

/// What one kind did on all stretches so far.
struct SeriesTally {
  let model: String
  private let intervals: Int
  private(set) var scores: [SeriesWindowScore] = []
  private(set) var stretches: [SeriesContest.Stretch] = []
  private var costErrors: [Double] = []
  private var replaced = 0
  /// By step: the sum of scaled errors with their number, and by interval the number held.
  private var errors: [(sum: Double, count: Int)] = []
  private var held: [[(held: Double, count: Int)]]

  init(model: String, intervals: Int) {
    self.model = model
    self.intervals = intervals
    held = Array(repeating: [], count: intervals)
  }

  mutating func take(_ result: SeriesTrial.Result) {
    scores.append(result.score)
    stretches.append(result.stretch)
    if result.isReplaced { replaced += 1 }
    if let cost = result.stretch.cost, cost.actual > 0 {
      costErrors.append((cost.expected - cost.actual) / cost.actual)
    }
    while errors.count < result.errors.count {
      errors.append((0, 0))
      for interval in held.indices { held[interval].append((0, 0)) }
    }
    for (step, error) in result.errors.enumerated() where !error.isNaN {
      errors[step].sum += error
      errors[step].count += 1
    }
    for (interval, row) in result.held.enumerated() {
      for (step, hit) in row.enumerated() where !hit.isNaN {
        held[interval][step].held += hit
        held[interval][step].count += 1
      }
    }
  }

  /// Its measures; `promised` are the parts that the intervals promise.
  func entry(_ promised: [Double], horizon: Int) -> SeriesContest.Entry {
    let smape = SeriesTally.mean(scores.map(\.smape))
    let mase = SeriesTally.mean(scores.map(\.mase))
    let sums = scores.map(\.sumError).filter { !$0.isNaN }
    return SeriesContest.Entry(
      model: model, smape: smape, mase: mase,
      owa: SeriesScores.owa(
        smape: smape, mase: mase, naive2SMAPE: SeriesTally.mean(scores.map(\.naive2SMAPE)),
        naive2MASE: SeriesTally.mean(scores.map(\.naive2MASE))),
      msis: SeriesTally.mean(scores.map(\.msis)), crps: SeriesTally.mean(scores.map(\.crps)),
      coverage: promised.indices.compactMap { index in
        CoverageRange(promised: promised[index], hits: scores.map { $0.held[index] })
      },
      sumError: SeriesTally.median(sums.map { abs($0) }), sumBias: SeriesTally.median(sums),
      costError: costErrors.isEmpty ? nil : SeriesTally.median(costErrors.map { abs($0) }),
      costBias: costErrors.isEmpty ? nil : SeriesTally.median(costErrors),
      parts: parts(horizon), replaced: replaced)
  }

  /// At most four parts of the horizon, of a day's step whole weeks.
  private func parts(_ horizon: Int) -> [SeriesContest.Part] {
    guard horizon > 1 else { return [] }
    let size = max(1, (horizon + 3) / 4)
    return stride(from: 0, to: errors.count, by: size).map { first in
      // `first` is below the number of steps.
      let steps = first..<min(errors.count, first + size)
      let error = errors[steps].reduce((0.0, 0)) { ($0.0 + $1.sum, $0.1 + $1.count) }
      return SeriesContest.Part(
        first: first + 1, last: steps.upperBound,
        mase: error.1 > 0 ? error.0 / Double(error.1) : .nan,
        coverage: held.map { row in
          let hits = row[steps].reduce((0.0, 0)) { ($0.0 + $1.held, $0.1 + $1.count) }
          return hits.1 > 0 ? hits.0 / Double(hits.1) : .nan
        })
    }
  }

  /// The mean of what is known; NaN of nothing.
  static func mean(_ values: [Double]) -> Double {
    let known = values.filter { !$0.isNaN }
    return known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count)
  }

  static func median(_ values: [Double]) -> Double {
    Statistics.quantiles(of: values, at: [0.5])[0]
  }
}
