import Foundation
import GenOpsNumerics
import GenOpsUnits

/// What a ``StructuralFit`` expects of the days ahead: the mean of its ways, as logarithms.
struct StructuralOutlook: Sendable {
  private let columns: StructuralColumns
  /// By column; 0 where a way has none.
  private var coefficients: [Double]
  /// Slopes at the end that fade, with the part of them that a week later is left.
  private var slopes: [(slope: Double, persistence: Double)]
  /// The logarithm of today's level.
  private(set) var level: Double

  init(_ fit: StructuralFit) {
    columns = fit.columns
    coefficients = [Double](repeating: 0, count: fit.columns.count)
    slopes = []
    level = fit.middle
    var bySlope = [Double](repeating: 0, count: StructuralPriors.slopes.count)
    for way in fit.ways {
      let filter = fit.filters[way.filter]
      let end = filter.end(way.posterior.mean, kept: way.kept)
      // The mean of a week lies above the mean of its logarithm by half its variance.
      level += way.weight * (end.level + way.scale * filter.variances.noise / 2)
      bySlope[way.filter % bySlope.count] += way.weight * end.slope
      for (column, coefficient) in zip(way.kept, way.posterior.mean) {
        coefficients[column] += way.weight * coefficient
      }
    }
    for (slope, kind) in zip(bySlope, StructuralPriors.slopes) where slope != 0 {
      slopes.append((slope, exp(-1 / kind.weeks)))
    }
    level += coefficients[0]
    level += faded(0)
  }

  /// The growth of the logarithm since the first day, up to `day` days after it.
  func growth(_ day: Double) -> Double {
    var growth = faded(day) - faded(0)
    growth += coefficients[StructuralColumns.growth] * StructuralColumns.reach(day)
    for (index, weeks) in StructuralColumns.decays.enumerated() {
      growth +=
        coefficients[StructuralColumns.firstDecay + index] * columns.decayed(day, weeks: weeks)
    }
    return growth
  }

  /// What the season of the year adds to the logarithm of a day.
  func season(_ day: Double) -> Double {
    columns.season(day).enumerated().reduce(0) {
      $0 + coefficients[StructuralColumns.firstSeason + $1.offset] * $1.element
    }
  }

  private func faded(_ day: Double) -> Double {
    slopes.reduce(0) {
      $0 + $1.slope * StructuralOutlook.sum($1.persistence, weeks: StructuralOutlook.weeks(day))
    }
  }

  /// Weeks from the middle of the last week to a day.
  static func weeks(_ day: Double) -> Double { (day + 3.5) / 7 }

  /// 1 + φ + … of `weeks` terms, which need not be a whole number.
  static func sum(_ persistence: Double, weeks: Double) -> Double {
    (1 - pow(persistence, weeks)) / (1 - persistence)
  }
}
