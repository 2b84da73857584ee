import Foundation

/// The columns of ``HarmonicRegression``: 1, a straight line, bends, waves of the season and of the
/// year.
struct HarmonicShape: Sendable {
  /// Steps in a season, and its pairs of waves.
  let season: Int
  let seasonWaves: Int
  /// Steps in a year, and its pairs of waves; 0 where the history is too short for a year.
  let year: Double
  let yearWaves: Int
  /// Bends of the trend, evenly spread.
  let bends = 6
  /// What is added to the diagonal, as a part of the sum of the weights, for all columns but the
  /// first.
  let ridge = 2e-4
  /// Steps in which the weight of an observation halves.
  let halfLife: Double

  /// For a series: waves of the year from 500 days and 150 weeks on.
  init(_ ground: SeriesGround) {
    let count = ground.values.count
    season = ground.season
    seasonWaves = season > 14 ? 0 : season / 2
    let step = HarmonicShape.step(ground)
    year = step == .day ? 365.25 : 52.18
    switch step {
    case .day where count >= 500: yearWaves = 3
    case .week where count >= 150: yearWaves = 5
    default: yearWaves = 0
    }
    halfLife = step == .month ? 90 : 300
  }

  /// What numbered steps are by the length of their season: 7 days, 12 months, 52 weeks.
  private static func step(_ ground: SeriesGround) -> TimeSeries.Step {
    guard ground.step == .number else { return ground.step }
    switch ground.season {
    case 7: return .day
    case 12: return .month
    case 52: return .week
    default: return .number
    }
  }

  /// How many waves there are.
  var waveCount: Int {
    // The fastest wave of an even season has no sine.
    let lost = season > 1 && season.isMultiple(of: 2) && seasonWaves == season / 2 ? 1 : 0
    return 2 * seasonWaves - lost + 2 * yearWaves
  }

  /// How many columns there are.
  var columns: Int { 2 + bends + waveCount }

  /// The waves at the steps 0..<`count`, by step.
  func waves(count: Int) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(count * waveCount)
    for t in 0..<count {
      for wave in 0..<seasonWaves {
        let angle = 2 * Double.pi * Double((wave + 1) * (t % season)) / Double(season)
        values.append(cos(angle))
        if 2 * (wave + 1) != season { values.append(sin(angle)) }
      }
      for wave in 0..<yearWaves {
        let angle = 2 * Double.pi * Double(wave + 1) * Double(t) / year
        values.append(cos(angle))
        values.append(sin(angle))
      }
    }
    return values
  }

  /// The rows of the steps 0..<`until` where `known` values are known, with `waves` as
  /// ``waves(count:)`` gives them. The line goes on beyond what is known, damped to a standstill after
  /// about 30 steps.
  func rows(until: Int, known: Int, waves: [Double]) -> [Double] {
    let n = Double(max(1, known))
    let width = waveCount
    let knots = (0..<bends).map { Double($0 + 1) / Double(bends + 1) * 0.9 }
    var rows: [Double] = []
    rows.reserveCapacity(until * columns)
    for t in 0..<until {
      let x = Double(t) / n
      rows.append(1)
      rows.append(t < known ? x - 1 : (30 * (1 - exp(-Double(t - known + 1) / 30)) - 1) / n)
      for knot in knots { rows.append(max(0, knot - x)) }
      for wave in 0..<width { rows.append(waves[t * width + wave]) }
    }
    return rows
  }
}
