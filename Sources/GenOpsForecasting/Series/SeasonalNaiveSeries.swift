import GenOpsNumerics
import GenOpsUnits

/// The last season again and again (Hyndman and Athanasopoulos, Forecasting: Principles and Practice,
/// 3rd ed., 5.2 and 5.5): each place in the season is a random walk of its own whose steps have the
/// spread σ of the changes over one season, so that the spread is σ√(k + 1) after k whole seasons.
public enum SeasonalNaiveSeries: SeriesModel {
  public static let name = "seasonal-naive"
  public static let summary = "the last season again"

  public static func forecast(_ series: TimeSeries, _ request: SeriesRequest) -> SeriesForecast {
    SeriesLadder.climb(series, request, least: 2) { values, findings in
      let season = values.count > series.seasonLength ? series.seasonLength : 1
      let changes = values.indices.dropFirst(season).map { values[$0] - values[$0 - season] }
      let spread = NormalOutlook.rootMeanSquare(changes)
      let horizon = max(0, request.horizon)
      let outlook = NormalOutlook(
        centers: (0..<horizon).map { values[values.count - season + $0 % season] },
        deviations: (0..<horizon).map { spread * Double($0 / season + 1).squareRoot() },
        floor: SeriesLadder.floor(values))
      return outlook.forecast(request, name: series.name, model: name, findings: findings) {
        generator, errors in
        for step in errors.indices {
          errors[step] =
            (step >= season ? errors[step - season] : 0) + spread * generator.normal()
        }
      }
    }
  }
}
