import GenOpsUnits

/// The dynamic optimised Theta model (J. A. Fiorucci, T. R. Pellegrini, F. Louzada, F. Petropoulos
/// and A. B. Koehler, "Models for optimising the theta method and their relationship to state space
/// models", International Journal of Forecasting 32, 2016): simple exponential smoothing of the
/// Theta line, plus the part (1 − 1∕θ) of a straight line that is fitted anew at each step.
///
///     μ(t)  = ℓ + (1 − 1∕θ)·( (1−α)ᵗ·A + (1 − (1−α)ᵗ⁺¹)∕α·B )
///     ℓ     ← αy + (1−α)ℓ
///     ȳ, B, A ← mean, slope and intercept of the values so far, recursively
///
/// A season is taken out first and added again. With θ = 2 it is the Theta method of Assimakopoulos and Nikolopoulos (2000) as Hyndman and Billah
/// (2003) wrote it: smoothing with half the regression's drift. ℓ₀, α and θ make the sum of squared
/// errors of one step least. Further steps run the recursion on its own forecasts.
public enum DynamicTheta: SeriesModel {
  public static let name = "theta"
  public static let summary = "dynamic optimised Theta: smoothing with part of a straight line"

  public static func forecast(_ series: TimeSeries, _ request: SeriesRequest) -> SeriesForecast {
    SeriesAnswer.forecast(series, request, model: name, members: [.theta])
  }

  /// ℓ₀, α, θ of a series.
  struct Parameters: Sendable, Hashable {
    var level: Double
    var smoothing: Double
    var theta: Double
  }

  /// The recursion's state after some values.
  struct State {
    var level: Double
    var mean: Double
    var intercept: Double
    var slope: Double
    /// (1 − α)ᵗ for the next t.
    var decay: Double
    var t: Int

    init(_ first: Double, _ p: Parameters) {
      level = p.smoothing * first + (1 - p.smoothing) * p.level
      mean = first
      intercept = first
      slope = 0
      decay = 1 - p.smoothing
      t = 1
    }

    @inline(__always)
    func forecast(_ p: Parameters) -> Double {
      level + (1 - 1 / p.theta)
        * (decay * intercept + (1 - decay * (1 - p.smoothing)) / p.smoothing * slope)
    }

    @inline(__always)
    mutating func take(_ y: Double, _ p: Parameters) {
      let i = Double(t)
      level = p.smoothing * y + (1 - p.smoothing) * level
      let before = mean
      mean = (i * mean + y) / (i + 1)
      slope = ((i - 1) * slope + 6 * (y - before) / (i + 1)) / (i + 2)
      intercept = mean - slope * (i + 2) / 2
      decay *= 1 - p.smoothing
      t += 1
    }
  }

  /// The parameters with the least squared errors, from the fourth value on, as the authors do.
  static func parameters(_ y: [Double]) -> Parameters {
    let scale = max(y.reduce(0) { max($0, abs($1)) }, .leastNormalMagnitude)
    func read(_ p: UnsafeBufferPointer<Double>) -> Parameters {
      Parameters(level: p[0] * scale, smoothing: p[1], theta: p[2])
    }
    let first = y.first ?? 0
    let best = Simplex.minimum(
      from: [first / 2 / scale, 0.5, 2], steps: [0.25 * max(abs(first) / scale, 0.1), -0.2, 1],
      limit: 250
    ) { p in
      guard p[1] >= 0.1, p[1] <= 0.99, p[2] >= 1, p[2] < 1e6 else { return .infinity }
      return squares(y, read(p))
    }
    return best.withUnsafeBufferPointer(read)
  }

  /// The sum of squared errors of one step from the fourth value on.
  static func squares(_ y: [Double], _ p: Parameters) -> Double {
    guard let first = y.first else { return 0 }
    var state = State(first, p)
    var sum = 0.0
    y.withUnsafeBufferPointer { y in
      for t in 1..<max(1, y.count) {
        let error = y[t] - state.forecast(p)
        if t >= 3 { sum += error * error }
        state.take(y[t], p)
      }
    }
    return sum
  }

  /// `z` less its classical season, if it has one, forecast and with the season again.
  static func fit(_ z: [Double], season m: Int, horizon: Int, firstOrigin: Int) -> RollingForecast {
    guard ClassicalSeason.isPresent(z, season: m) else {
      return fit(z, horizon: horizon, firstOrigin: firstOrigin)
    }
    let season = ClassicalSeason.additive(z, season: m)
    let adjusted = z.indices.map { z[$0] - season[$0 % m] }
    var rolling = fit(adjusted, horizon: horizon, firstOrigin: firstOrigin)
    rolling.add(season: season)
    return rolling
  }

  static func fit(_ y: [Double], horizon: Int, firstOrigin: Int) -> RollingForecast {
    var rolling = RollingForecast(
      horizon: horizon, firstOrigin: max(1, firstOrigin), count: y.count)
    guard let first = y.first else { return rolling }
    let p = parameters(y)
    var state = State(first, p)
    for t in 1...y.count {
      if t >= rolling.firstOrigin {
        var ahead = state
        let row = (t - rolling.firstOrigin) * horizon
        for k in 0..<horizon {
          let forecast = ahead.forecast(p)
          if t == y.count { rolling.ahead[k] = forecast } else { rolling.past[row + k] = forecast }
          ahead.take(forecast, p)
        }
      }
      if t < y.count { state.take(y[t], p) }
    }
    return rolling
  }
}
