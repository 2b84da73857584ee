import Foundation
import GenOpsNumerics

/// A series made ready for its members: its last values, without gaps, on the scale of smoothing.
struct SeriesGround: Sendable {
  /// The most values that are used, the latest ones: three years of days.
  static let longest = 1100

  /// The most origins of the past whose forecasts are judged, the latest ones.
  static let mostOrigins = 500

  /// The values, gaps filled.
  let values: [Double]
  /// On ``scale``.
  let z: [Double]
  /// ``z`` with outliers drawn in: what the members smooth.
  let clean: [Double]
  let scale: SeriesScale
  /// Steps in a season; 1 where the series is shorter than two.
  let season: Int
  let step: TimeSeries.Step
  let horizon: Int
  /// How many values the first origin of the past knows.
  let firstOrigin: Int

  /// For `horizon` steps after `known`, which has no gaps and at least four values.
  init(known: [Double], step: TimeSeries.Step, season: Int, horizon: Int) {
    let recent = Array(known.suffix(SeriesGround.longest))
    values = recent
    self.step = step
    self.horizon = max(1, horizon)
    self.season = recent.count > 2 * season ? max(1, season) : 1
    let scale = SeriesScale(recent)
    self.scale = scale
    let scaled = recent.map(scale.scaled)
    z = scaled
    clean = SeriesGround.drawnIn(scaled, season: self.season)
    firstOrigin = max(
      1,
      min(
        max(2 * self.season + 2, 8, recent.count - SeriesGround.mostOrigins), recent.count - 3))
  }

  /// Without unknown values before the first known one; a gap is filled by the value of one season
  /// before, or one after, or by the last one.
  static func filled(_ values: [Double], season: Int) -> [Double] {
    let usable = values.map { $0.isFinite ? $0 : .nan }
    guard let first = usable.firstIndex(where: { !$0.isNaN }) else { return [] }
    // Unknown values at the end are steps that the forecast has to cross: they are filled too.
    var filled = Array(usable[first...])
    for i in filled.indices where filled[i].isNaN {
      let around = [i - season, i + season].filter(filled.indices.contains).map { filled[$0] }
        .filter { !$0.isNaN }
      filled[i] = around.isEmpty ? filled[i - 1] : around.reduce(0, +) / Double(around.count)
    }
    return filled
  }

  /// How many standard deviations (of the middle of the distances) a value may lie from its like.
  static let farthest = 6.0

  /// `z` with values far from both their neighbours in the season and those beside them moved to
  /// where they are no longer far. The last season is left as it is: it may be a new level.
  static func drawnIn(_ z: [Double], season m: Int) -> [Double] {
    let n = z.count
    guard n >= max(12, 4 * m) else { return z }
    var away = [Double](repeating: 0, count: n)
    var around: [Double] = []
    for t in 0..<n { away[t] = z[t] - middle(z, at: t, season: m, &around) }
    let spread = Statistics.quantiles(of: away.map(abs), at: [0.5])[0] / 0.6745
    guard spread > 0 else { return z }
    let limit = farthest * spread
    var clean = z
    // n is at least 12 and at least four seasons.
    for t in 0..<(n - max(1, m)) where abs(away[t]) > limit {
      clean[t] = z[t] - away[t] + (away[t] > 0 ? limit : -limit)
    }
    return clean
  }

  /// The median of the values one and two seasons of `m` before and after place `t`, of which there is one
  /// at least; they are left in `around`, rising.
  static func middle(_ z: [Double], at t: Int, season m: Int, _ around: inout [Double]) -> Double {
    around.removeAll(keepingCapacity: true)
    for j in [-2, -1, 1, 2] where z.indices.contains(t + j * m) { around.append(z[t + j * m]) }
    around.sort()
    let c = around.count
    return c == 0 ? z[t] : (around[(c - 1) / 2] + around[c / 2]) / 2
  }
}
