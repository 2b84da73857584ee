import GenOpsUnits

/// Exponential smoothing with a damped trend and an additive season whose parameters make the mean
/// |error| over *all* steps 1…h small, not that of one step.
///
/// Level, trend and season follow (Gardner and McKenzie 1985; Holt and Winters):
///
///     forecast of k   ℓ + b·(φ + φ² + … + φᵏ) + s(season of that step)
///     ℓ ← ℓ + φb + α·e,   b ← φb + αβ·e,   s ← s + γ·(z − ℓ − s)
///
/// with e the error of one step. A gain is at least 1 ∕ (number of values that it has seen), so that
/// the start is a running mean and no starting values have to be estimated. The parameters are
/// searched on a grid; the forecast is the mean of those of the best 20 (R. R. Andrawis, A. F.
/// Atiya and H. El-Shishiny 2011 average likewise), which moves less from origin to origin than the
/// best alone.
public enum DampedSmoothing: SeriesModel {
  public static let name = "damped"
  public static let summary =
    "smoothing with a damped trend and a season, tuned on all steps up to the horizon"

  public static func forecast(_ series: TimeSeries, _ request: SeriesRequest) -> SeriesForecast {
    SeriesAnswer.forecast(series, request, model: name, members: [.damped])
  }

  /// One set of parameters.
  struct Gains: Sendable, Hashable {
    var level: Double
    var trend: Double
    var damping: Double
    var season: Double
  }

  static let levels = [0.03, 0.08, 0.16, 0.3, 0.5, 0.8]
  static let trends = [(0.0, 1.0), (0.03, 0.9), (0.03, 0.98), (0.15, 0.85), (0.15, 0.95)]
  static let seasons = [0.0, 0.1, 0.25, 0.5]
  /// How many of the best are averaged.
  static let kept = 20
  /// At most so many steps ahead are judged, evenly spread.
  static let judgedSteps = 12

  static func fit(_ z: [Double], season m: Int, horizon: Int, firstOrigin: Int) -> RollingForecast {
    var scored: [(Double, Gains)] = []
    let stride = max(1, (horizon + judgedSteps - 1) / judgedSteps)
    let seasons = m > 1 ? seasons : [0]
    var state = State(season: m)
    for level in levels {
      for (trend, damping) in trends {
        for season in seasons {
          let gains = Gains(level: level, trend: trend, damping: damping, season: season)
          let score = state.score(
            z, gains, horizon: horizon, stride: stride, firstOrigin: firstOrigin)
          scored.append((score, gains))
        }
      }
    }
    // Stable by place in the grid where scores are equal.
    let order = scored.indices.sorted {
      scored[$0].0 != scored[$1].0 ? scored[$0].0 < scored[$1].0 : $0 < $1
    }
    let best = order.prefix(kept).map { scored[$0].1 }
    var rolling = RollingForecast(horizon: horizon, firstOrigin: firstOrigin, count: z.count)
    for gains in best {
      state.run(z, gains, into: &rolling, weight: 1 / Double(best.count))
    }
    return rolling
  }
}
