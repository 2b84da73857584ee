public import GenOpsUnits

/// What a ``SeriesModel`` says about the steps after a series: sample paths, so that sums over
/// steps (a bill) have quantiles too and not only single steps.
public struct SeriesForecast: Sendable {
  /// The point forecast of each step ahead: for errors that come and go what is expected, so that sums
  /// over steps are right, and for those that stay the middle, which no few wild futures draw up.
  public var mean: [Double]
  /// By step, then in the order of the levels that were asked for (0…1): values that rise with the
  /// level. Never negative where the series never was.
  public var quantiles: [[Double]]
  /// Joint futures, by path and then by step: at each step they are spread as ``quantiles`` say,
  /// and they go together over the steps as the errors of the past did.
  public var paths: [[Double]]
  /// The name of the kind that gave the answer, which for a series that does not support the one
  /// asked for is a plainer one.
  public var model: String
  /// Why a plainer kind answered, what was left out, and whether the answer is unreliable.
  public var findings: Findings

  /// What `model` says.
  public init(
    mean: [Double], quantiles: [[Double]], paths: [[Double]], model: String,
    findings: Findings = Findings()
  ) {
    self.mean = mean
    self.quantiles = quantiles
    self.paths = paths
    self.model = model
    self.findings = findings
  }
}
