extension Usage {
  /// One request that evaluates flags on PostHog's side (`/flags`, formerly `/decide`), however
  /// many flags it returns.
  public static let flagRequest = Usage(.featureFlagRequests, 1)

  /// How many requests one fetch of the flag definitions for local evaluation is billed as.
  ///
  /// Source: PostHog, `posthog/tasks/usage_report.py` (`local_evaluation_requests … * 10`) and the
  /// page "Cutting feature flag costs". Whether an unchanged answer (304) is billed is not
  /// documented; here it is.
  public static let requestsPerPoll: Int64 = 10

  /// One fetch of the flag definitions by a server that evaluates flags locally.
  public static let localEvaluationPoll = Usage(.featureFlagRequests, requestsPerPoll)
}
