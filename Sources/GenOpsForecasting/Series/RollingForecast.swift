/// What a member says of the steps after a series and what it would have said at each origin of
/// the past: forecasts made while only the values before the origin were known, so that they show
/// its errors at every step ahead. Its few smoothing parameters come from the whole series.
struct RollingForecast: Sendable {
  /// Steps ahead.
  let horizon: Int
  /// How many values the first origin knows.
  let firstOrigin: Int
  /// By origin, ``firstOrigin`` first, and then by step; entries beyond the end of the series are
  /// forecasts too, of values that are not known yet.
  var past: [Double]
  /// By step, from the end of the series.
  var ahead: [Double]

  /// How many origins there are.
  var origins: Int { past.count / horizon }

  /// All 0, for `count` values. `horizon` is at least 1.
  init(horizon: Int, firstOrigin: Int, count: Int) {
    self.horizon = horizon
    self.firstOrigin = min(firstOrigin, count)
    past = [Double](repeating: 0, count: (count - self.firstOrigin) * horizon)
    ahead = [Double](repeating: 0, count: horizon)
  }

  /// How far ahead the forecasts of origin `origin` can be judged by `count` values.
  func judged(_ origin: Int, count: Int) -> Int {
    max(0, min(horizon, count - firstOrigin - origin))
  }

  /// Past and future mapped from one scale to another.
  func mapped(_ transform: (Double) -> Double) -> RollingForecast {
    var copy = self
    for index in past.indices { copy.past[index] = transform(past[index]) }
    for index in ahead.indices { copy.ahead[index] = transform(ahead[index]) }
    return copy
  }

  /// Adds the season's numbers, by place from the first value on.
  mutating func add(season: [Double]) {
    guard season.count > 1 else { return }
    let origins = origins
    for origin in 0..<origins {
      for k in 0..<horizon {
        past[origin * horizon + k] += season[(firstOrigin + origin + k) % season.count]
      }
    }
    for k in 0..<horizon { ahead[k] += season[(firstOrigin + origins + k) % season.count] }
  }

  /// Draws forecasts in that lie farther outside of what was ever seen than half of its range: a
  /// smoothing that has run away says nothing.
  mutating func confine(to z: [Double]) {
    let low = z.min() ?? 0
    let high = z.max() ?? 0
    let room = 0.5 * (high - low)
    func confined(_ value: Double) -> Double {
      value.isNaN ? high : min(max(value, low - room), high + room)
    }
    for index in past.indices { past[index] = confined(past[index]) }
    for index in ahead.indices { ahead[index] = confined(ahead[index]) }
  }
}
