public import GenOpsUnits

/// What a ``SeriesModel`` says about the steps after a series: sample paths, so that sums over
/// steps (a bill) have quantiles too and not only single steps.
public struct SeriesForecast: Sendable {
  /// The point forecast of each step ahead, which is neither the mean of the distribution nor its median: of
  /// errors that come and go it is the mean, so that sums over steps are right, and of those that stay the
  /// middle, which a few wild futures do not draw up. Files call it `mean`, as programs that score
  /// forecasts do.
  public var point: [Double]
  /// By step, then in the order of the levels that were asked for (0…1): values that rise with the
  /// level. Never negative where the series never was.
  public var quantiles: [[Double]]
  /// Joint futures, by path and then by step: at each step they are spread as ``quantiles`` say,
  /// and they go together over the steps as the errors of the past did.
  public var paths: [[Double]]
  /// The name of the kind that gave the answer, which for a series that does not support the one
  /// asked for is a plainer one.
  public var model: String
  /// Why a plainer kind answered than the one that was asked; nil where that one did.
  public var reason: String?
  /// Why a plainer kind answered, what was left out, and whether the answer is unreliable.
  public var findings: Findings
  /// What dates of the year do, as far as the history shows it.
  public var dates: [DateEffect] = []
  /// What stands out in the history.
  public var notices = SeriesNotices()

  /// Whether the answer is a guess, whose range says how wide.
  public var isUnreliable: Bool { findings.all.contains { $0.code == "unreliable-forecast" } }

  /// What `model` says.
  public init(
    point: [Double], quantiles: [[Double]], paths: [[Double]], model: String,
    reason: String? = nil, findings: Findings = Findings()
  ) {
    self.point = point
    self.reason = reason
    self.quantiles = quantiles
    self.paths = paths
    self.model = model
    self.findings = findings
  }
}
