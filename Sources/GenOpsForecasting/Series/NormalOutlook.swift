import GenOpsNumerics
import GenOpsUnits

/// Normal errors around a centre, with closed forms: the answer of the simple models.
struct NormalOutlook {
  /// By step ahead.
  let centers: [Double]
  /// The standard deviation of each step's error.
  let deviations: [Double]
  /// What no answer falls below.
  let floor: Double

  /// The centres with quantiles at the levels asked for, and paths whose errors `errors` writes: one
  /// number per step, with standard deviations ``deviations``.
  func forecast(
    _ request: SeriesRequest, name: String, model: String, findings: Findings = Findings(),
    errors: (inout RandomGenerator, UnsafeMutableBufferPointer<Double>) -> Void
  ) -> SeriesForecast {
    let scores = request.levels.map {
      Statistics.studentQuantile($0, degreesOfFreedom: .infinity)
    }
    let quantiles = centers.indices.map { step in
      scores.map { score in
        let away = deviations[step] > 0 ? deviations[step] * score : 0
        return max(floor, centers[step] + away)
      }
    }
    let key = request.source.key(name, purpose: "forecast")
    var generator = RandomGenerator()
    var path = [Double](repeating: 0, count: centers.count)
    var paths: [[Double]] = []
    for index in 0..<max(0, request.pathCount) {
      generator.seek(key, path: index)
      path.withUnsafeMutableBufferPointer { errors(&generator, $0) }
      paths.append(centers.indices.map { max(floor, centers[$0] + path[$0]) })
    }
    return SeriesForecast(
      point: centers.map { max(floor, $0) }, quantiles: quantiles, paths: paths, model: model,
      findings: findings)
  }

  /// The root of the mean square.
  static func rootMeanSquare(_ sample: [Double], lost: Int = 0) -> Double {
    guard sample.count > lost else { return 0 }
    // Divided by the largest first, so that no square is beyond what a Double holds.
    let largest = sample.reduce(0) { max($0, abs($1)) }
    guard largest > 0 else { return 0 }
    let squares = sample.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }
    return largest * (squares / Double(sample.count - lost)).squareRoot()
  }
}
