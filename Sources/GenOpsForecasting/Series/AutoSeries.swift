import GenOpsUnits

/// The standard: the weighted median of six members, by how well each did over the horizon asked for.
///
/// Damped smoothing on logarithms and on roots, the dynamic Theta model and complex smoothing on
/// logarithms, complex smoothing on the values, and harmonic regression; ``SeriesCombination`` says
/// how they are joined. Members and constants were chosen on public series of employment, retail
/// turnover, prescriptions, livestock, pedestrians, electricity, bicycle hires, bank calls and shares
/// traded, and on simulated usage, by `Benchmarks/forecast/choose_month.py`.
public enum AutoSeries: SeriesModel {
  public static let name = "auto"
  public static let summary =
    "six members joined, weighted by how each did over the horizon asked for"

  public static func forecast(_ series: TimeSeries, _ request: SeriesRequest) -> SeriesForecast {
    SeriesAnswer.forecast(series, request, model: name, members: SeriesMember.allCases)
  }
}
