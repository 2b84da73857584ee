import GenOpsNumerics

/// Changes of the logarithm from one day to the next, oldest first.
struct DailyChanges: Sendable {
  var values: [Double]
  /// The logarithm on the last day.
  var last: Double

  /// Throws when fewer than `least` days stand beside each other.
  init(_ series: DailySeries, atLeast least: Int, _ operation: String) throws(NumericalError) {
    let history = try GrowthHistory(series, atLeast: least, operation)
    values = []
    last = history.logs[history.logs.count - 1]
    for index in 1..<history.logs.count
    where history.times[index] - history.times[index - 1] == 1 {
      values.append(history.logs[index] - history.logs[index - 1])
    }
    guard values.count >= least - 1, Statistics.sd(values) > 0 else {
      throw NumericalError.tooShort(operation)
    }
  }
}

extension LikelihoodFit {
  /// Minus half the squared distance of each parameter from what is known of it, in its standard
  /// deviations: the logarithm of a normal prior. `scales` names the parameters in order.
  static func prior(
    _ theta: [Double], _ scales: [(name: String, scale: ParameterEstimate.Scale)],
    _ prior: [String: UncertainValue]
  ) -> Double {
    var sum = 0.0
    for (value, known) in zip(theta, scales) {
      guard let distribution = prior[known.name] else { continue }
      let ends = [0.05, 0.5, 0.95].map { known.scale.theta(distribution.quantile($0)) }
      // A constant prior is held as tightly as the curvature can still be seen.
      let sd = max(1e-4, (ends[2] - ends[0]) / (2 * NormalDistribution.z95))
      sum -= (value - ends[1]) * (value - ends[1]) / (2 * sd * sd)
    }
    return sum
  }

  /// Each parameter as an estimate.
  func estimates(_ scales: [(name: String, scale: ParameterEstimate.Scale)])
    -> [ParameterEstimate]
  {
    scales.indices.map {
      ParameterEstimate(
        name: scales[$0].name, scale: scales[$0].scale, theta: parameters[$0],
        standardError: standardErrors[$0], degreesOfFreedom: .infinity)
    }
  }

  /// A function of the parameters and its standard error, by its gradient.
  func derived(_ function: ([Double]) -> Double) -> (value: Double, standardError: Double) {
    let size = parameters.count
    let gradient = parameters.indices.map { index in
      var (up, down) = (parameters, parameters)
      up[index] += 1e-4
      down[index] -= 1e-4
      return (function(up) - function(down)) / 2e-4
    }
    var variance = 0.0
    for i in 0..<size {
      for j in 0..<size { variance += gradient[i] * covariance[i * size + j] * gradient[j] }
    }
    return (function(parameters), max(0, variance).squareRoot())
  }
}
