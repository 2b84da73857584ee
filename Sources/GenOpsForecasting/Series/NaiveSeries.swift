import GenOpsNumerics
import GenOpsUnits

/// The last known value again and again (Hyndman and Athanasopoulos, Forecasting: Principles and
/// Practice, 3rd ed., 5.2): a random walk whose steps have the spread of the past ones, so that the
/// spread of step h is √h times theirs.
public enum NaiveSeries: SeriesModel {
  public static let name = "naive"
  public static let summary = "the last value again, as a random walk"

  public static func forecast(_ series: TimeSeries, _ request: SeriesRequest) -> SeriesForecast {
    let known = series.values.filter { !$0.isNaN }
    guard let last = known.last else {
      let zero = [Double](repeating: 0, count: request.horizon)
      return SeriesForecast(
        mean: zero,
        quantiles: zero.map { _ in request.levels.map { _ in 0 } },
        paths: (0..<max(0, request.pathCount)).map { _ in zero },
        model: name)
    }
    let steps = zip(known.dropFirst(), known).map { $0 - $1 }
    let spread =
      steps.isEmpty
      ? 0 : (steps.reduce(0) { $0 + $1 * $1 } / Double(steps.count)).squareRoot()
    let floor = known.allSatisfy { $0 >= 0 } ? 0 : -Double.infinity
    let mean = [Double](repeating: last, count: request.horizon)
    let quantiles = (1...max(1, request.horizon)).prefix(request.horizon).map { step in
      request.levels.map { level in
        max(
          floor,
          last + Double(step).squareRoot() * spread
            * Statistics.studentQuantile(level, degreesOfFreedom: .infinity))
      }
    }
    let key = request.source.key(series.name, purpose: "forecast")
    var generator = RandomGenerator()
    let paths = (0..<max(0, request.pathCount)).map { path in
      generator.seek(key, path: path)
      var value = last
      return (0..<max(0, request.horizon)).map { _ in
        value = max(floor, value + spread * generator.normal())
        return value
      }
    }
    return SeriesForecast(mean: mean, quantiles: quantiles, paths: paths, model: name)
  }
}
