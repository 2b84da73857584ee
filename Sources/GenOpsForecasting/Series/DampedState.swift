extension DampedSmoothing {
  /// Level, trend and season at one origin.
  struct State {
    private var level = 0.0
    private var trend = 0.0
    private var season: [Double]
    private let m: Int

    /// Before the first value.
    init(season m: Int) {
      self.m = max(1, m)
      season = [Double](repeating: 0, count: self.m)
    }

    /// Starts at the mean of the first season.
    private mutating func begin(_ z: UnsafeBufferPointer<Double>) {
      let first = min(m, z.count)
      var sum = 0.0
      for i in 0..<first { sum += z[i] }
      level = first > 0 ? sum / Double(first) : 0
      trend = 0
      for j in 0..<m { season[j] = j < first && m > 1 ? z[j] - level : 0 }
    }

    /// Takes in value number `t`, whose place in the season is `place`. The first season is behind the
    /// start already.
    @inline(__always)
    private mutating func take(
      _ z: Double, _ t: Int, _ gains: Gains, _ season: UnsafeMutableBufferPointer<Double>,
      _ place: Int
    ) {
      guard t >= m || m == 1 else { return }
      let moved = level + gains.damping * trend
      let error = z - moved - season[place]
      let gain = max(gains.level, 1 / Double(t + 1))
      level = moved + gain * error
      trend = gains.trend > 0 ? gains.damping * trend + gain * gains.trend * error : 0
      if m > 1 {
        season[place] +=
          max(gains.season, 1 / Double(t / m + 1)) * (z - level - season[place])
      }
    }

    /// Mean |error| over origins and every `stride`-th step; infinite where there is none.
    mutating func score(
      _ z: [Double], _ gains: Gains, horizon: Int, stride: Int, firstOrigin: Int
    ) -> Double {
      let sums = DampedSmoothing.sums(gains.damping, horizon)
      let m = m
      var held = season
      let answer = z.withUnsafeBufferPointer { z in
        begin(z)
        swap(&held, &season)
        return held.withUnsafeMutableBufferPointer { season in
          sums.withUnsafeBufferPointer { sums in
            var (total, count, place) = (0.0, 0.0, 0)
            for t in 0..<z.count {
              if t >= firstOrigin {
                let last = min(horizon, z.count - t)
                let (level, trend, jump) = (level, trend, stride % m)
                var k = stride - 1
                var at = (place + k) % m
                while k < last {
                  total += abs(z[t + k] - level - trend * sums[k] - season[at])
                  count += 1
                  k += stride
                  at += jump
                  if at >= m { at -= m }
                }
              }
              take(z[t], t, gains, season, place)
              place += 1
              if place == m { place = 0 }
            }
            return count > 0 ? total / count : .infinity
          }
        }
      }
      swap(&held, &season)
      return answer
    }

    /// Adds `weight` times the forecasts of each origin.
    mutating func run(
      _ z: [Double], _ gains: Gains, into rolling: inout RollingForecast, weight: Double
    ) {
      let h = rolling.horizon
      let sums = DampedSmoothing.sums(gains.damping, h)
      let m = m
      var held = season
      z.withUnsafeBufferPointer { z in
        begin(z)
        swap(&held, &season)
        held.withUnsafeMutableBufferPointer { season in
          for t in 0...z.count {
            if t >= rolling.firstOrigin {
              let row = (t - rolling.firstOrigin) * h
              for k in 0..<h {
                let forecast = weight * (level + trend * sums[k] + season[(t + k) % m])
                if t == z.count {
                  rolling.ahead[k] += forecast
                } else {
                  rolling.past[row + k] += forecast
                }
              }
            }
            if t < z.count { take(z[t], t, gains, season, t % m) }
          }
        }
      }
      swap(&held, &season)
    }
  }

  /// φ + φ² + … + φᵏ for k = 1…`horizon`.
  static func sums(_ damping: Double, _ horizon: Int) -> [Double] {
    var (sum, power) = (0.0, 1.0)
    return (0..<horizon).map { _ in
      power *= damping
      sum += power
      return sum
    }
  }
}
