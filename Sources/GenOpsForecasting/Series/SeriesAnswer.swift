import Foundation
import GenOpsUnits

/// The answer of one member or of several joined.
enum SeriesAnswer {
  /// The factor from the middle to the 90th percentile beyond which a forecast says nothing.
  static let widestFactor = 5.0

  /// What `members` say, under the name of the model that they make; a plainer rung where the series
  /// does not support them.
  static func forecast(
    _ series: TimeSeries, _ request: SeriesRequest, model name: String, members: [SeriesMember]
  ) -> SeriesForecast {
    SeriesLadder.climb(series, request, least: SeriesLadder.fewest) { values, findings in
      let zeros = values.count { $0 == 0 }
      if SeriesLadder.floor(values) == 0,
        Double(zeros) >= SeriesLadder.silentPart * Double(values.count)
      {
        return IntermittentSeries.forecast(values, request, name: series.name, findings: findings)
      }
      let ground = SeriesGround(
        known: values, step: series.step, season: series.seasonLength,
        horizon: max(1, request.horizon))
      let rolling = members.map { $0.rolling(ground) }
      let weights = SeriesCombination.weights(SeriesCombination.errors(rolling, z: ground.z))
      let joined = SeriesCombination.joined(rolling, weights: weights)
      let outlook = SeriesOutlook(joined, ground)
      var findings = findings
      notice(series, ground, outlook, &findings)
      return outlook.forecast(request, name: series.name, model: name, findings: findings)
    }
  }

  /// What the reader has to know of how much is behind the answer.
  private static func notice(
    _ series: TimeSeries, _ ground: SeriesGround, _ outlook: SeriesOutlook,
    _ findings: inout Findings
  ) {
    let count = ground.values.count
    if ground.season < series.seasonLength {
      findings.warning(
        "short-series",
        "\(series.name): \(count) values are too few to show a season of \(series.seasonLength); it is left out",
        help: "\(2 * series.seasonLength + 1) values show a season")
    } else if count - ground.firstOrigin < ground.horizon {
      findings.warning(
        "short-series",
        "\(series.name): \(count) values for \(ground.horizon) steps ahead; how far forecasts of the last steps miss is reckoned from those of nearer ones",
        help: "\(ground.firstOrigin + ground.horizon) values show it")
    }
    let last = outlook.deviation(ground.horizon - 1)
    if ground.scale.isLogarithmic, exp(1.2816 * last) > widestFactor {
      findings.warning(
        "unreliable-forecast",
        "\(series.name): forecasts \(ground.horizon) steps ahead have missed by a factor of \(String(format: "%.0f", exp(1.2816 * last))) or more one time in ten, each way",
        help: "ask for fewer steps, or use the range and not the middle")
    }
  }
}
