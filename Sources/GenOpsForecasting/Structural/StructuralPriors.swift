import Foundation

/// What is believed of usage before a history is seen, and the ways it may have come about.
///
/// Chosen on simulated companies (`Benchmarks/forecast`), never on those that the forecast is scored
/// on.
enum StructuralPriors {
  /// The logarithm's growth a year that goes on, normal: +10 % with a standard deviation of 25 points.
  static let growth = (mean: 0.10, sd: 0.25)
  /// The same where growth has decayed: little of it goes on.
  static let growthAfterDecay = (mean: 0.0, sd: 0.12)
  /// Growth a year at the beginning that decays.
  static let decay = 1.0
  static let shift = 0.7
  /// The level on the first day about the middle of the history.
  static let constant = 2.0
  /// Of the first pair of the season; a pair k times as fast has a k-th of it.
  static let seasons = [0.04, 0.14, 0.5]
  /// The standard deviation of the difference of two weeks that four weeks are worth of.
  static let difference = (sd: 0.05, weeks: 4.0)
  /// How much of that difference's variance is the level's own.
  static let walks = [0.02, 0.1, 0.3, 0.8]
  /// On what the history says of it, as variances.
  static let scales = [0.56, 1, 1.7]
  /// A growth of its own that comes and goes: its standard deviation a year, the weeks after which it
  /// is 1/e, and how likely it is.
  static let slopes = [
    (sd: 0.0, weeks: 26.0, odds: 1.0), (sd: 0.25, weeks: 26, odds: 0.2),
    (sd: 1.0, weeks: 18, odds: 0.1),
  ]
  /// Of each of ``StructuralColumns/decays``, against none.
  static let decayOdds = 0.2
  /// Ways that together have less than this are left out.
  static let leftOut = 0.03
  /// The most ways that are kept.
  static let most = 32

  /// What deviations of the level are multiplied by: as the ways above cover more than they must.
  static let width = 0.88
}
