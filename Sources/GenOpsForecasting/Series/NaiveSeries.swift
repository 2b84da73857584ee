import GenOpsNumerics
import GenOpsUnits

/// The last known value again and again (Hyndman and Athanasopoulos, Forecasting: Principles and
/// Practice, 3rd ed., 5.2 and 5.5): a random walk whose steps have the spread σ of the past ones, so
/// that the spread of step h is σ√h.
public enum NaiveSeries: SeriesModel {
  public static let name = "naive"
  public static let summary = "the last value again, as a random walk"

  public static func forecast(_ series: TimeSeries, _ request: SeriesRequest) -> SeriesForecast {
    SeriesLadder.climb(series, request, least: 2) { values, findings in
      let steps = values.indices.dropFirst().map { values[$0] - values[$0 - 1] }
      let spread = NormalOutlook.rootMeanSquare(steps)
      let horizon = max(0, request.horizon)
      let outlook = NormalOutlook(
        centers: [Double](repeating: values[values.count - 1], count: horizon),
        deviations: (0..<horizon).map { spread * Double($0 + 1).squareRoot() },
        floor: SeriesLadder.floor(values))
      return outlook.forecast(request, name: series.name, model: name, findings: findings) {
        generator, errors in
        var walk = 0.0
        for step in errors.indices {
          walk += spread * generator.normal()
          errors[step] = walk
        }
      }
    }
  }
}
