public import GenOpsUnits

/// Tells of cost that grows from week to week.
public struct GrowthWatchPolicy: Policy {
  public static let name = "growth-watch"
  public static let summary = "Tells when the last seven days cost so much more than those before."
  public static let example = #""50%""#

  /// Percent.
  public var percent: Int

  /// How much more than the seven days before, in percent.
  public init(percent: Int) { self.percent = percent }

  public init?(_ node: Node, _ findings: inout Findings) {
    guard let percent = node.whole("the growth", in: 1...10_000, &findings) else { return nil }
    self.percent = percent
  }

  public var sideEffect: String { "alerts only" }

  public func apply(to plan: inout GovernancePlan) { plan.alerting.growthPercent = percent }
}
