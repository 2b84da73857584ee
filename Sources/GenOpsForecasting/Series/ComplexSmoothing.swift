import GenOpsUnits

/// Complex exponential smoothing (I. Svetunkov, N. Kourentzes and J. K. Ord, "Complex exponential
/// smoothing", Naval Research Logistics 69, 2022), with a full season where there is one.
///
/// Two states, level l and potential c, and the complex smoothing parameter α₀ + iα₁:
///
///     l ← l − (1 − α₁)·c + (α₀ − α₁)·e
///     c ← l + (1 − α₀)·c + (α₀ + α₁)·e          (the l before)
///
/// and forecasts are l, the equations run on with e = 0. Each place in the season has such a pair too,
/// with β₀ + iβ₁ and its values of one season before; the forecast is the sum of both levels. No trend
/// is assumed and yet one is followed where there is one. The parameters make the squared errors of
/// one step least.
public enum ComplexSmoothing: SeriesModel {
  public static let name = "complex"
  public static let summary = "complex exponential smoothing, with a season that may change"

  public static func forecast(_ series: TimeSeries, _ request: SeriesRequest) -> SeriesForecast {
    SeriesAnswer.forecast(series, request, model: name, members: [.complex])
  }

  /// α₀, α₁, β₀, β₁.
  struct Parameters: Sendable, Hashable {
    var a0: Double
    var a1: Double
    var b0: Double
    var b1: Double

    /// Whether the search may go there.
    var isAllowed: Bool { a0 > 0 && a0 < 3 && a1 > 0 && a1 < 2.5 }
  }

  static func fit(_ z: [Double], season: Int, horizon: Int, firstOrigin: Int) -> RollingForecast {
    let m = season > 1 && z.count > 2 * season ? season : 1
    let start = State(z, season: m)
    let p = parameters(z, start)
    var rolling = RollingForecast(horizon: horizon, firstOrigin: firstOrigin, count: z.count)
    var state = start
    for t in 0...z.count {
      if t >= rolling.firstOrigin {
        var ahead = state
        let row = (t - rolling.firstOrigin) * horizon
        for k in 0..<horizon {
          let forecast = ahead.forecast
          if t == z.count { rolling.ahead[k] = forecast } else { rolling.past[row + k] = forecast }
          ahead.move(0, p)
        }
      }
      if t < z.count { state.move(z[t] - state.forecast, p) }
    }
    return rolling
  }

  /// The parameters with the least squares, from those where the authors begin.
  static func parameters(_ z: [Double], _ start: State) -> Parameters {
    let isSeasonal = start.m > 1
    let best = Simplex.minimum(
      from: isSeasonal ? [1.3, 1, 1.3, 1] : [1.3, 1],
      steps: isSeasonal ? [-0.1, 0.01, -0.1, 0.01] : [-0.1, 0.01], limit: 160, tolerance: 1e-4
    ) { squares(z, start, read($0)) }
    return best.withUnsafeBufferPointer(read)
  }

  private static func read(_ p: UnsafeBufferPointer<Double>) -> Parameters {
    Parameters(a0: p[0], a1: p[1], b0: p.count > 3 ? p[2] : 0, b1: p.count > 3 ? p[3] : 0)
  }

  /// The mean squared error of one step; infinite where the smoothing runs away.
  static func squares(_ z: [Double], _ start: State, _ p: Parameters) -> Double {
    guard p.isAllowed else { return .infinity }
    var state = start
    var sum = 0.0
    let limit = 1e6 * z.reduce(0) { max($0, abs($1)) }
    z.withUnsafeBufferPointer { z in
      for t in 0..<z.count {
        let error = z[t] - state.forecast
        sum += error * error
        state.move(error, p)
        if abs(state.level) > limit {
          sum = .infinity
          break
        }
      }
    }
    return sum / Double(max(1, z.count))
  }

  /// Level and potential, and those of each place in the season.
  struct State {
    var level: Double
    var potential: Double
    private var seasonLevels: [Double]
    private var seasonPotentials: [Double]
    private var place = 0
    let m: Int

    /// At the mean of the first season, with the season of the first three.
    init(_ z: [Double], season m: Int) {
      self.m = m
      let first = z.prefix(m)
      level = first.reduce(0, +) / Double(max(1, first.count))
      potential = level / 1.1
      seasonLevels = [Double](repeating: 0, count: m)
      if m > 1 {
        let cycles = min(3, z.count / m)
        for cycle in 0..<cycles {
          // Whole seasons, of which there are z.count / m.
          let part = z[(cycle * m)..<((cycle + 1) * m)]
          let mean = part.reduce(0, +) / Double(m)
          for j in 0..<m { seasonLevels[j] += (z[cycle * m + j] - mean) / Double(cycles) }
        }
      }
      seasonPotentials = seasonLevels.map { $0 / 1.1 }
    }

    /// What it says of the next value.
    var forecast: Double { level + seasonLevels[place] }

    /// Goes one step on, which was missed by `error`.
    @inline(__always)
    mutating func move(_ error: Double, _ p: Parameters) {
      (level, potential) = (
        level - (1 - p.a1) * potential + (p.a0 - p.a1) * error,
        level + (1 - p.a0) * potential + (p.a0 + p.a1) * error
      )
      guard m > 1 else { return }
      let (l, c) = (seasonLevels[place], seasonPotentials[place])
      seasonLevels[place] = l - (1 - p.b1) * c + (p.b0 - p.b1) * error
      seasonPotentials[place] = l + (1 - p.b0) * c + (p.b0 + p.b1) * error
      place += 1
      if place == m { place = 0 }
    }
  }
}
