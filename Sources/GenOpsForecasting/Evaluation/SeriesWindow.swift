/// Steps of a series that are forecast as if they had not come yet, and how well.
public struct SeriesWindow: Sendable {
  /// How many values came before.
  public var known: Int
  /// What a kind said of it.
  public var forecast: SeriesForecast
  /// What came; NaN where unknown.
  public var actual: [Double]

  /// `forecast` was made of the first `known` values, and `actual` followed them.
  public init(known: Int, forecast: SeriesForecast, actual: [Double]) {
    self.known = known
    self.forecast = forecast
    self.actual = actual
  }

  /// The numbers of known values at which a forecast of `horizon` steps is tried, the latest first.
  ///
  /// The last window ends with the series, and each before it ends where the next begins, or nearer where
  /// the series is short; each has at least two seasons and four values before it.
  public static func origins(count: Int, horizon: Int, season: Int, origins: Int) -> [Int] {
    let least = max(4, 2 * season)
    let latest = count - horizon
    guard latest >= least, origins > 0, horizon > 0 else { return [] }
    let room = latest - least
    let stride = origins == 1 ? horizon : min(horizon, max(1, room / (origins - 1)))
    return (0..<origins).map { latest - $0 * stride }.filter { $0 >= least }
  }
}

/// The measures of one ``SeriesWindow``.
public struct SeriesWindowScore: Sendable {
  /// NaN where it has no meaning: MASE, MSIS and sCRPS of a history that never changes.
  public var smape: Double
  public var mase: Double
  public var msis: Double
  public var crps: Double
  /// Relative, with its sign.
  public var sumError: Double
  /// By level: which of the known steps the interval held.
  public var held: [[Bool]]
  /// Naive2's and the seasonal naive's on the same steps.
  public var naive2SMAPE: Double
  public var naive2MASE: Double
  public var seasonalMASE: Double
  public var seasonalSMAPE: Double

  /// The levels that have to be asked for: those of `intervals` with the deciles and the ends of 95 %.
  public static func levels(for intervals: [Double]) -> [Double] {
    let ends = intervals.flatMap { [(1 - $0) / 2, (1 + $0) / 2] }
    // In thousandths, so that 0.1 of two sources is one level.
    let all = Set((deciles + [0.025, 0.975] + ends).map { ($0 * 1e6).rounded() })
    return all.sorted().map { $0 / 1e6 }
  }

  private static let deciles = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

  /// How well `window` was forecast from `history`, with quantiles at ``levels(for:)`` of `intervals`.
  public init(
    _ window: SeriesWindow, history: [Double], season: Int, intervals: [Double]
  ) {
    let levels = SeriesWindowScore.levels(for: intervals)
    let forecast = window.forecast
    let scale = SeriesScores.scale(history, lag: season)
    let usable = scale > 0 ? scale : .nan
    func column(_ level: Double) -> [Double] {
      let place = levels.firstIndex { abs($0 - level) < 1e-6 } ?? 0
      return forecast.quantiles.map { $0[place] }
    }
    let actual = window.actual
    smape = SeriesScores.smape(actual, forecast.point)
    mase = SeriesScores.mase(actual, forecast.point, scale: usable)
    msis = SeriesScores.msis(
      actual, low: column(0.025), high: column(0.975), alpha: 0.05, scale: usable)
    let columns = SeriesWindowScore.deciles.map(column)
    crps = SeriesScores.crps(
      actual, quantiles: actual.indices.map { step in columns.map { $0[step] } },
      levels: SeriesWindowScore.deciles, scale: usable)
    sumError = SeriesScores.sumError(actual, forecast.point)
    held = intervals.map { level in
      let (low, high) = (column((1 - level) / 2), column((1 + level) / 2))
      return actual.indices.filter { !actual[$0].isNaN }.map {
        low[$0] <= actual[$0] && actual[$0] <= high[$0]
      }
    }
    let naive2 = ReferenceForecast.naive2(history, horizon: actual.count, season: season)
    naive2SMAPE = SeriesScores.smape(actual, naive2)
    naive2MASE = SeriesScores.mase(actual, naive2, scale: usable)
    let seasonal = ReferenceForecast.seasonalNaive(history, horizon: actual.count, season: season)
    seasonalSMAPE = SeriesScores.smape(actual, seasonal)
    seasonalMASE = SeriesScores.mase(actual, seasonal, scale: usable)
  }
}
