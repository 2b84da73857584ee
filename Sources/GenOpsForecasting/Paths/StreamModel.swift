/// What a stream of usage is made of, by day: level × profile × growth × errors, then count noise.
public struct StreamModel: Sendable {
  /// Names the stream's own random numbers.
  public var name: String
  /// Units per day on day 0, before the profile.
  public var level: Double
  /// A multiplier per day of the horizon: season, and whatever else is known of each day.
  public var profile: [Double]
  /// How it grows; nil follows the history's own trend, or stays.
  public var growth: (any GrowthModel)?
  /// Names the growth's random numbers: streams that name the same growth grow alike.
  public var growthName: String
  /// Where its errors, and without a growth its trend, come from.
  public var history: (any Forecast)?
  /// Names the errors' random numbers: the streams of one account share them.
  public var errorsName: String
  public var noise: CountNoise

  /// `growthName` is the stream's name unless given.
  public init(
    name: String, level: Double, profile: [Double], growth: (any GrowthModel)? = nil,
    growthName: String? = nil, history: (any Forecast)? = nil, errorsName: String = "account",
    noise: CountNoise = .none
  ) {
    self.name = name
    self.level = level
    self.profile = profile
    self.growth = growth
    self.growthName = growthName ?? name
    self.history = history
    self.errorsName = errorsName
    self.noise = noise
  }

  /// The stream that a history leads to, for `count` days from the day after it.
  public init(
    following history: any Forecast, days count: Int, growth: (any GrowthModel)? = nil,
    growthName: String? = nil, errorsName: String = "account", noise: CountNoise = .none
  ) {
    self.init(
      name: history.name, level: history.level,
      profile: history.profile(from: history.dayZero, count: count), growth: growth,
      growthName: growthName, history: history, errorsName: errorsName, noise: noise)
  }
}
