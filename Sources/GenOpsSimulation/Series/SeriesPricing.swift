package import GenOpsCosting
import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsUnits

/// What the usage of a meter costs over steps ahead, future by future: tiers straight from usage, with the
/// calculator that runs in production. Fees and terms of a contract are not in it.
package struct SeriesPricing: Sendable {
  package let calculator: CostCalculator

  package init(_ calculator: CostCalculator) { self.calculator = calculator }

  /// Which part of each step belongs to which month: bills are by calendar month.
  struct Months: Sendable, Hashable {
    /// By month, then the steps with their parts in it.
    var parts: [[Part]] = []

    struct Part: Sendable, Hashable {
      var step: Int
      var share: Double
    }

    /// The months of `horizon` steps from place `first` of a series on; nil for numbered steps.
    init?(_ series: RecordedSeries, first: Int, horizon: Int) {
      guard horizon > 0, let start = series.day(first) else { return nil }
      for step in 0..<horizon {
        guard let day = series.day(first + step), let covered = series.days(first + step) else {
          return nil
        }
        // A step of weeks lies in two months where one ends in it, one of quarters in three.
        let days = series.step == .month && series.every == 1 ? 1 : covered
        for offset in 0..<days {
          let month = start.month.distance(to: day.advanced(by: offset).month)
          while parts.count <= month { parts.append([]) }
          if parts[month].last?.step == step {
            parts[month][parts[month].count - 1].share += 1 / Double(days)
          } else {
            parts[month].append(Part(step: step, share: 1 / Double(days)))
          }
        }
      }
    }
  }

  /// What `units` by step cost, after `opening` units of the first month.
  func cost(
    _ units: [Double], of meter: Meter, _ months: Months, opening: Int64
  ) throws(CostError) -> Money {
    var sum = Money.zero
    var opening = MeterTotals([meter: opening])
    for parts in months.parts {
      let month = parts.reduce(0) { $0 + max(0, units[$1.step]) * $1.share }
      let part = try calculator.cost(
        of: MeterTotals([meter: Int64(rounding: month)]), after: opening)
      do { sum = try sum.adding(part) } catch { throw .totalOutOfRange }
      opening = MeterTotals()
    }
    return sum
  }
}

/// What the steps ahead of all series that are meters cost.
package struct SeriesCost: Sendable {
  package struct Line: Sendable {
    package var meter: String
    package var label: String
    package var cost: SeriesOutlook.Spread
    /// Units of the running month before the first step.
    package var opening: Int64
  }

  package var book: String
  package var currency: String
  package var total: SeriesOutlook.Spread
  /// By meter.
  package var lines: [Line]
}
