import Foundation
import GenOpsNumerics
import GenOpsUnits

/// What answers where a series has too little, or nothing but one value, for the model asked for: from
/// the plainest rung up. Every series gets an answer, and the findings say which rung gave it and why.
enum SeriesLadder {
  /// Known values below which nothing is smoothed.
  static let fewest = 6
  /// The standard deviation of one step of a series of which nothing is known, on logarithms: the
  /// middle of it moves by a third. A stated guess.
  static let guess = 0.35
  /// The part of zeros from which single values are drawn instead of smoothed.
  static let silentPart = 0.6

  /// What no answer falls below.
  static func floor(_ values: [Double]) -> Double {
    values.allSatisfy { $0 >= 0 } ? 0 : -.infinity
  }

  /// The answer of `model` to the values, gaps filled, oldest first, of which at least `least` are known
  /// and not all are the same; or that of a plainer rung.
  static func climb(
    _ series: TimeSeries, _ request: SeriesRequest, least: Int,
    _ model: ([Double], Findings) -> SeriesForecast
  ) -> SeriesForecast {
    var findings = Findings()
    let values = SeriesGround.filled(series.values, season: series.seasonLength)
    let known = series.values.count(where: \.isFinite)
    guard let last = values.last else {
      findings.warning(
        "unreliable-forecast", "\(series.name): no value is known; the forecast is 0",
        help: "leave the series out, or give it values")
      return constant(0, request, findings, reason: "no value is known")
    }
    if values.count > known {
      findings.note(
        "gaps-filled",
        "\(series.name): \(values.count - known) of \(values.count) values are unknown; those of the season beside them stand in"
      )
    }
    if values.allSatisfy({ $0 == last }) {
      guard known < least else {
        findings.note(
          "constant-series", "\(series.name): all \(known) values are \(last.formatted)")
        return constant(last, request, findings, reason: "all values are the same")
      }
      findings.warning(
        "unreliable-forecast",
        "\(series.name): \(count(known)), all the same; how far it moves is a guess",
        help: "give more history")
      return guessed(
        values, series, request, findings,
        reason: count(known) + (known > 1 ? ", all the same" : ""))
    }
    guard known >= least else {
      findings.warning(
        "unreliable-forecast",
        "\(series.name): \(count(known)); the last one is used, and how far it moves is a guess",
        help: "give more history")
      return guessed(values, series, request, findings, reason: count(known))
    }
    if 2 * known < values.count {
      findings.warning(
        "unreliable-forecast",
        "\(series.name): more values are unknown than known; most of what is forecast from was filled in",
        help: "leave unknown steps out at the start, or give the values")
    }
    return model(values, findings)
  }

  /// "1 known value" or "3 known values".
  static func count(_ known: Int) -> String {
    known == 1 ? "1 known value" : "\(known) known values"
  }

  /// `value` at each step, for certain.
  static func constant(
    _ value: Double, _ request: SeriesRequest, _ findings: Findings, reason: String
  ) -> SeriesForecast {
    let row = [Double](repeating: value, count: max(0, request.horizon))
    return SeriesForecast(
      point: row, quantiles: row.map { value in request.levels.map { _ in value } },
      paths: (0..<max(0, request.pathCount)).map { _ in row }, model: "constant",
      reason: reason, findings: findings)
  }

  /// A walk from the last value with steps as wide as the guess, or as what little there is.
  static func guessed(
    _ values: [Double], _ series: TimeSeries, _ request: SeriesRequest, _ findings: Findings,
    reason: String
  ) -> SeriesForecast {
    let last = values[values.count - 1]
    let steps = values.indices.dropFirst().map { values[$0] - values[$0 - 1] }
    let size = values.reduce(0) { max($0, abs($1)) }
    let spread = max(NormalOutlook.rootMeanSquare(steps), guess * size)
    let horizon = max(0, request.horizon)
    let outlook = NormalOutlook(
      centers: [Double](repeating: last, count: horizon),
      deviations: (0..<horizon).map { spread * Double($0 + 1).squareRoot() }, floor: floor(values))
    var answer = outlook.forecast(
      request, name: series.name, model: "last-value", findings: findings
    ) { generator, errors in
      var walk = 0.0
      for step in errors.indices {
        walk += spread * generator.normal()
        errors[step] = walk
      }
    }
    answer.reason = reason
    return answer
  }
}

extension Double {
  /// As few digits as say it.
  fileprivate var formatted: String {
    self == rounded() && abs(self) < 1e15 ? String(format: "%.0f", self) : "\(self)"
  }
}
