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

  /// How many there are.
  var columns: Int {
    // The fastest wave of an even season has no sine.
    let lost = season > 1 && season.isMultiple(of: 2) && seasonWaves == season / 2 ? 1 : 0
    return 2 + bends + 2 * seasonWaves - lost + 2 * yearWaves
  }

  /// Writes the row of step `t` after `known` values are known. The line goes on beyond them, damped
  /// to a standstill after about 30 steps.
  func write(_ t: Int, known: Int, into row: inout [Double]) {
    let n = Double(max(1, known))
    let x = Double(t) / n
    row[0] = 1
    row[1] = x - 1
    if t >= known {
      row[1] = (30 * (1 - exp(-Double(t - known + 1) / 30)) - 1) / n
    }
    var at = 2
    for bend in 0..<bends {
      row[at] = max(0, Double(bend + 1) / Double(bends + 1) * 0.9 - x)
      at += 1
    }
    for wave in 0..<seasonWaves {
      let angle = 2 * Double.pi * Double((wave + 1) * (t % season)) / Double(season)
      row[at] = cos(angle)
      at += 1
      if 2 * (wave + 1) != season {
        row[at] = sin(angle)
        at += 1
      }
    }
    for wave in 0..<yearWaves {
      let angle = 2 * Double.pi * Double(wave + 1) * Double(t) / year
      row[at] = cos(angle)
      row[at + 1] = sin(angle)
      at += 2
    }
  }
}
