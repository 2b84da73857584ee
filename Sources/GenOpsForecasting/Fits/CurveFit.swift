import Foundation
import GenOpsNumerics

/// Fits a growth curve to a history by least squares on the logarithm of usage:
///
///     log usage_t = log level + log m(t; θ) + ε_t,  t days before day 0
///
/// The level is always free. What is known of a parameter before is one more observation,
/// (θ − m)/s in units of the noise; a constant prior takes the parameter out.
struct CurveFit {
  /// A parameter: its name, the scale on which it is searched, and starting values to try.
  struct Unknown {
    var name: String
    var scale: ParameterEstimate.Scale
    var starts: [Double]
  }

  var estimates: [ParameterEstimate]
  var rankCorrelations: [[Double]]
  var level: Double
  var dayNoise: Double

  /// `curve` gives log m(t) from the parameters' values, in the order of `unknowns`.
  init(
    _ history: GrowthHistory, _ unknowns: [Unknown], prior: [String: UncertainValue],
    curve: (_ values: [Double], _ t: Double) -> Double
  ) throws(NumericalError) {
    let noise = history.noise
    // Mean and standard deviation of what is known, on each scale; infinite where nothing is.
    let known = unknowns.map { unknown -> (mean: Double, sd: Double) in
      guard let distribution = prior[unknown.name] else { return (0, .infinity) }
      let ends = [0.05, 0.5, 0.95].map { unknown.scale.theta(distribution.quantile($0)) }
      return (ends[1], max(0, ends[2] - ends[0]) / (2 * NormalDistribution.z95))
    }
    let free = unknowns.indices.filter { known[$0].sd > 0 }
    func values(_ thetas: [Double]) -> [Double] {
      var values = zip(unknowns, known).map { $0.scale.value($1.mean) }
      for (place, index) in free.enumerated() {
        values[index] = unknowns[index].scale.value(thetas[place])
      }
      return values
    }
    let tied = free.filter { known[$0].sd.isFinite }
    let count = history.logs.count
    func residuals(_ point: [Double], _ out: UnsafeMutableBufferPointer<Double>) {
      let parameters = values(Array(point.dropLast()))
      let level = point[point.count - 1]
      for index in 0..<count {
        out[index] = level + curve(parameters, history.times[index]) - history.logs[index]
      }
      for (row, index) in tied.enumerated() {
        let place = free.firstIndex(of: index) ?? 0
        out[count + row] = (point[place] - known[index].mean) / known[index].sd * noise
      }
    }
    let rows = count + tied.count
    var buffer = [Double](repeating: 0, count: rows)
    /// The sum of squares with the best level for these parameters.
    func start(_ thetas: [Double]) -> (point: [Double], squares: Double) {
      var point = thetas + [0]
      buffer.withUnsafeMutableBufferPointer { residuals(point, $0) }
      let level = -Statistics.mean(Array(buffer[..<count]))
      point[thetas.count] = level
      buffer.withUnsafeMutableBufferPointer { residuals(point, $0) }
      let squares = buffer.reduce(0) { $0 + $1 * $1 }
      return (point, squares.isFinite ? squares : .infinity)
    }
    let grid = CurveFit.grid(
      free.map { index in
        let own = known[index].sd.isFinite ? [known[index].mean] : []
        return own + unknowns[index].starts.map { unknowns[index].scale.theta($0) }
      })
    let candidates = grid.map(start).sorted { $0.squares < $1.squares }.prefix(3)
    var best: NonlinearFit?
    var failure = NumericalError.noConvergence("growth curve")
    for candidate in candidates {
      do throws(NumericalError) {
        let fit = try NonlinearFit.fit(start: candidate.point, count: rows) { point, out in
          residuals(Array(point), out)
        }
        if fit.residualSumOfSquares < best?.residualSumOfSquares ?? .infinity { best = fit }
      } catch {
        failure = error
      }
    }
    guard let best else { throw failure }
    let errors = best.standardErrors
    estimates = unknowns.indices.map { index in
      let place = free.firstIndex(of: index)
      return ParameterEstimate(
        name: unknowns[index].name, scale: unknowns[index].scale,
        theta: place.map { best.parameters[$0] } ?? known[index].mean,
        standardError: place.map { errors[$0] } ?? 0,
        degreesOfFreedom: Double(best.degreesOfFreedom))
    }
    rankCorrelations = CurveFit.ranks(best, free, unknowns.count)
    level = exp(best.parameters[free.count])
    dayNoise = (best.residualSumOfSquares / Double(best.degreesOfFreedom)).squareRoot()
  }

  /// Every combination of the starting values.
  private static func grid(_ starts: [[Double]]) -> [[Double]] {
    starts.reduce([[]]) { grid, values in grid.flatMap { row in values.map { row + [$0] } } }
  }

  private static func ranks(_ fit: NonlinearFit, _ free: [Int], _ count: Int) -> [[Double]] {
    let size = fit.parameters.count
    var covariance = [Double](repeating: 0, count: count * count)
    for (i, first) in free.enumerated() {
      for (j, second) in free.enumerated() {
        covariance[first * count + second] = fit.covariance[i * size + j]
      }
    }
    return GrowthFit<Never>.ranks(covariance, size: count)
  }
}
