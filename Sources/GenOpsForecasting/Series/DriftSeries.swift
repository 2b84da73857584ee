import GenOpsNumerics
import GenOpsUnits

/// The straight line through the first and the last value (Hyndman and Athanasopoulos, Forecasting:
/// Principles and Practice, 3rd ed., 5.2 and 5.5): a random walk with drift. With σ the spread of the
/// T − 1 steps around their mean, that of step h is σ√(h·(1 + h∕(T − 1))), because the drift is only
/// known to σ∕√(T − 1).
public enum DriftSeries: SeriesModel {
  public static let name = "drift"
  public static let summary = "the line through the first and the last value"

  public static func forecast(_ series: TimeSeries, _ request: SeriesRequest) -> SeriesForecast {
    SeriesLadder.climb(series, request, least: 3) { values, findings in
      let count = Double(max(1, values.count - 1))
      let last = values[values.count - 1]
      let drift = last / count - values[0] / count
      let steps = values.indices.dropFirst().map { values[$0] - values[$0 - 1] - drift }
      let spread = NormalOutlook.rootMeanSquare(steps, lost: 1)
      let horizon = max(0, request.horizon)
      let outlook = NormalOutlook(
        centers: (0..<horizon).map { last + drift * Double($0 + 1) },
        deviations: (0..<horizon).map { step in
          let h = Double(step + 1)
          return spread * (h * (1 + h / count)).squareRoot()
        },
        floor: SeriesLadder.floor(values))
      return outlook.forecast(request, name: series.name, model: name, findings: findings) {
        generator, errors in
        let slope = spread / count.squareRoot() * generator.normal()
        var walk = 0.0
        for step in errors.indices {
          walk += spread * generator.normal()
          errors[step] = walk + slope * Double(step + 1)
        }
      }
    }
  }
}
