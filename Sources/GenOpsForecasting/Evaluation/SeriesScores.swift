/// How close a forecast of a series came to what happened, in measures that can be averaged over series of
/// any size. A step whose actual value is NaN counts nowhere.
public enum SeriesScores {
  /// The error that a seasonal naive forecast makes within the history: the mean of |y(t) − y(t−m)|, by
  /// which absolute errors are divided (Hyndman and Koehler, "Another look at measures of forecast
  /// accuracy", International Journal of Forecasting 22, 2006). NaN where no two known values are `lag`
  /// steps apart.
  public static func scale(_ history: [Double], lag: Int) -> Double {
    let lag = max(1, lag)
    var sum = 0.0
    var count = 0
    for (now, before) in zip(history.dropFirst(lag), history) where !now.isNaN && !before.isNaN {
      sum += abs(now - before)
      count += 1
    }
    return count > 0 ? sum / Double(count) : .nan
  }

  /// Mean absolute scaled error: below 1 is better than the seasonal naive was within the history
  /// (Hyndman and Koehler 2006).
  public static func mase(_ actual: [Double], _ forecast: [Double], scale: Double) -> Double {
    mean(zip(actual, forecast).map { abs($0 - $1) }) / scale
  }

  /// Symmetric mean absolute percentage error, 0…200: the mean of 200 · |y − f| / (|y| + |f|) (Makridakis,
  /// Spiliotis and Assimakopoulos, "The M4 Competition", International Journal of Forecasting 36, 2020).
  public static func smape(_ actual: [Double], _ forecast: [Double]) -> Double {
    mean(zip(actual, forecast).map { 200 * abs($0 - $1) / max(abs($0) + abs($1), 1e-12) })
  }

  /// Mean scaled interval score of a central interval that is to hold 1 − `alpha`: its width, and 2/α times
  /// what lies outside, over `scale` (Gneiting and Raftery, "Strictly Proper Scoring Rules, Prediction, and
  /// Estimation", JASA 102, 2007, section 6.2; scaled as in the M4 competition).
  public static func msis(
    _ actual: [Double], low: [Double], high: [Double], alpha: Double, scale: Double
  ) -> Double {
    var scores: [Double] = []
    for (index, y) in actual.enumerated() where !y.isNaN {
      let outside = max(0, low[index] - y) + max(0, y - high[index])
      scores.append(high[index] - low[index] + 2 / alpha * outside)
    }
    return mean(scores) / scale
  }

  /// The scaled continuous ranked probability score as the mean over `levels` of twice the quantile
  /// (pinball) loss (Gneiting and Raftery 2007, section 6.1 and equation 20; Laio and Tamea 2007).
  /// `quantiles` are by step and then in the order of the levels.
  public static func crps(
    _ actual: [Double], quantiles: [[Double]], levels: [Double], scale: Double
  ) -> Double {
    var losses: [Double] = []
    for (y, row) in zip(actual, quantiles) where !y.isNaN {
      for (q, level) in zip(row, levels) {
        losses.append(2 * max(level * (y - q), (level - 1) * (y - q)))
      }
    }
    return mean(losses) / scale
  }

  /// The part of the known values that lie in their interval, its ends included.
  public static func coverage(_ actual: [Double], low: [Double], high: [Double]) -> Double {
    mean(
      actual.indices.map { index in
        let y = actual[index]
        return y.isNaN ? .nan : low[index] <= y && y <= high[index] ? 1 : 0
      })
  }

  /// By how much the sum was off, as a fraction of what came; NaN where that is 0 or a step unknown.
  public static func sumError(_ actual: [Double], _ forecast: [Double]) -> Double {
    let total = actual.reduce(0, +)
    return total == 0 ? .nan : (forecast.reduce(0, +) - total) / total
  }

  /// Overall weighted average: the mean of sMAPE and MASE, each relative to those of Naive2 (the M4
  /// competition's measure). Below 1 is better than ``Naive2``.
  public static func owa(
    smape: Double, mase: Double, naive2SMAPE: Double, naive2MASE: Double
  ) -> Double {
    (smape / naive2SMAPE + mase / naive2MASE) / 2
  }

  /// The mean of what is known; NaN of nothing.
  private static func mean(_ values: [Double]) -> Double {
    let known = values.filter { !$0.isNaN }
    return known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count)
  }
}
