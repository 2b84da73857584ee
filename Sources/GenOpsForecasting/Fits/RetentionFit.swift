import Foundation
public import GenOpsNumerics

/// A retention curve found in a cohort: how many of its users were there at the beginning and after
/// 1, 2, 3 … months.
///
/// Maximum likelihood of the months in which users left (Fader and Hardie 2007); both parameters of
/// a curve on logarithmic scales. Several cohorts' tables enter together.
public struct RetentionFit: Sendable {
  public var curve: RetentionCurve
  /// `alpha` and `beta`, or `scale` and `exponent`.
  public var estimates: [ParameterEstimate]
  public var rankCorrelation: Double
  public var logLikelihood: Double

  /// `cohorts`: users at the beginning and after each month, not increasing, at least three numbers
  /// in one of them.
  public init(_ kind: RetentionCurve.Kind, cohorts: [[Int]]) throws(NumericalError) {
    let what = "retention curve"
    guard cohorts.contains(where: { $0.count >= 3 }),
      cohorts.allSatisfy({ zip($0, $0.dropFirst()).allSatisfy { $0 >= $1 && $1 >= 0 } })
    else { throw NumericalError.invalidArgument(what) }
    func curve(_ theta: [Double]) -> RetentionCurve {
      switch kind {
      case .betaGeometric: .betaGeometric(alpha: exp(theta[0]), beta: exp(theta[1]))
      case .power: .power(scale: exp(theta[0]), exponent: exp(theta[1]))
      }
    }
    let months = (cohorts.map(\.count).max() ?? 1) - 1
    let fit = try LikelihoodFit.fit(start: kind == .power ? [0, -1] : [0, 1]) { theta in
      let kept = (0...months).map { curve(theta).kept(Double($0)) }
      var sum = 0.0
      for cohort in cohorts {
        for month in 1..<max(1, cohort.count) {
          let left = Double(cohort[month - 1] - cohort[month])
          if left > 0 { sum += left * log(kept[month - 1] - kept[month]) }
        }
        if let last = cohort.last { sum += Double(last) * log(kept[cohort.count - 1]) }
      }
      return sum
    }
    let names = kind == .power ? ["scale", "exponent"] : ["alpha", "beta"]
    self.curve = curve(fit.parameters)
    logLikelihood = fit.logLikelihood
    rankCorrelation = GrowthFit<Never>.ranks(fit.covariance, size: 2)[0][1]
    estimates = names.indices.map {
      ParameterEstimate(
        name: names[$0], scale: .log, theta: fit.parameters[$0],
        standardError: fit.standardErrors[$0], degreesOfFreedom: .infinity)
    }
  }
}
