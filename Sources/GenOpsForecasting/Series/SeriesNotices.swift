import Foundation
import GenOpsNumerics
import GenOpsUnits

/// What stands out in the history of a series: values that no season explains, and days on which the level
/// changed for good.
public struct SeriesNotices: Sendable, Hashable {
  /// A value that the models draw in, because it lies far from its like.
  public struct Outlier: Sendable, Hashable {
    /// Its place in the series, from 0.
    public var index: Int
    public var value: Double
    /// What the values around it and in the seasons beside it let expect.
    public var usual: Double
  }

  /// A new level.
  public struct Shift: Sendable, Hashable {
    /// The place of its first value, from 0.
    public var index: Int
    /// The level after over the level before.
    public var factor: Double
  }

  /// In order of time.
  public var outliers: [Outlier] = []
  public var shifts: [Shift] = []

  /// Nothing.
  public init() {}

  /// Of `series`: outliers where there are four seasons, or twelve values, and shifts of daily or weekly
  /// values that are never negative.
  public init(_ series: TimeSeries) {
    guard let first = series.values.firstIndex(where: \.isFinite) else { return }
    let filled = SeriesGround.filled(series.values, season: series.seasonLength)
    let values = Array(filled.suffix(SeriesGround.longest))
    let skipped = first + filled.count - values.count
    let season = values.count > 2 * series.seasonLength ? series.seasonLength : 1
    let scale = SeriesScale(values)
    let z = values.map(scale.scaled)
    let zeros = values.count { $0 == 0 }
    guard Double(zeros) < SeriesLadder.silentPart * Double(values.count) || zeros == 0 else {
      return
    }
    let clean = SeriesGround.drawnIn(z, season: season)
    var around: [Double] = []
    for (index, pair) in zip(z, clean).enumerated() where pair.0 != pair.1 {
      let place = skipped + index
      guard series.values[place].isFinite else { continue }
      let middle = SeriesGround.middle(z, at: index, season: season, &around)
      let away = pair.0 - middle
      // At a new level each value is far from the middle of both, and close to its own.
      let outside = max(pair.0 - (around.last ?? middle), (around.first ?? middle) - pair.0)
      guard outside > abs(away) / 2 else { continue }
      outliers.append(
        .init(index: place, value: series.values[place], usual: scale.value(middle)))
    }
    guard let window = SeriesNotices.window(series.step), scale.isLogarithmic else { return }
    let isSeasonal = ClassicalSeason.isPresent(clean, season: season)
    let shape = isSeasonal ? ClassicalSeason.additive(clean, season: season) : [0]
    let level = clean.indices.map { clean[$0] - shape[$0 % shape.count] }
    for index in LevelShift.find(level, window: window) {
      // A shift lies within the values, so neither range is turned round.
      let before = level[max(0, index - window)..<index]
      let after = level[index..<min(level.count, index + window)]
      guard !before.isEmpty, !after.isEmpty else { continue }
      let change =
        Statistics.quantiles(of: Array(after), at: [0.5])[0]
        - Statistics.quantiles(of: Array(before), at: [0.5])[0]
      shifts.append(.init(index: skipped + index, factor: exp(change)))
    }
  }

  /// Values on either side of a shift; nil where a level is not told from a season.
  private static func window(_ step: TimeSeries.Step) -> Int? {
    switch step {
    case .day: LevelShift.window
    case .week: 13
    case .month, .number: nil
    }
  }
}
