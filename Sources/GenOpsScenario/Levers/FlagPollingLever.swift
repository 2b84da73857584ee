package import GenOpsUnits

/// Changes how often servers poll flag definitions for local evaluation. A poll is billed as 10
/// flag requests, so the cost of polling falls in proportion.
package struct FlagPollingLever: Lever {
  package static let name = "flag_polling"
  package static let summary = "another interval for local-evaluation polls"
  package static let example = "300 s"

  /// Seconds between two polls.
  package var interval: Double

  package static func read(_ node: Node, _ context: LeverContext, _ findings: inout Findings)
    -> FlagPollingLever?
  {
    Quantity.seconds(node, "the polling interval", example: "flag_polling: \(example)", &findings)
      .map(FlagPollingLever.init)
  }

  package var needsPolls: Bool { true }

  package func apply(to plan: inout OptionPlan, _ inputs: [DrawID]) {
    for index in plan.usageClasses.indices where plan.usageClasses[index].isPoll {
      plan.usageClasses[index].pollInterval = interval
    }
  }

  package func sideEffect(_ outcome: LeverOutcome) -> String? {
    "flags up to \(timeSpan(interval)) late"
  }
}

/// `300` as `5 min`.
func timeSpan(_ seconds: Double) -> String {
  func plain(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? String((value * 10).rounded() / 10)
  }
  if seconds >= 3600 { return "\(plain(seconds / 3600)) h" }
  return seconds >= 60 ? "\(plain(seconds / 60)) min" : "\(plain(seconds)) s"
}
