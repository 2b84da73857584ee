/// What moves the level of a path besides the growth that was drawn for it.
public enum LevelMotion: Sendable, Hashable, CaseIterable {
  /// No growth is given: trend, level and season are the history's own, each as uncertain as it leaves them.
  case own
  /// A growth is given that says how fast and not how steadily: about it the level strays as it did in the
  /// history, and today's level and the season are as uncertain as they were.
  case aboutGrowth
  /// The growth that is given strays by itself: nothing adds up. Today's level and the season stay uncertain.
  case withGrowth

  /// Of a path that follows `growth`; nil is the history's own trend.
  public init(under growth: (any GrowthModel)?) {
    self = growth.map { $0.strays ? .withGrowth : .aboutGrowth } ?? .own
  }

  /// Its place among the cases.
  var place: Int {
    switch self {
    case .own: 0
    case .aboutGrowth: 1
    case .withGrowth: 2
    }
  }
}
