import GenOpsMetering
import GenOpsUnits

/// What the label of a billing series names: a meter, and the project when broken down by one.
///
/// PostHog writes `Events` by product and `My app::Events` (or `134::Events`) by product and
/// project; people who edit exports also write `Events - My app`.
enum SeriesLabel: Equatable {
  case meter(Meter, project: String?)
  /// Something PostHog counts but does not bill by itself.
  case notBilled
  case unknown(didYouMean: String?)

  init(_ label: String) {
    if let meter = Meter(named: label) {
      self = .meter(meter, project: nil)
      return
    }
    if SeriesLabel.isUsageOnly(label) {
      self = .notBilled
      return
    }
    // A project's name may contain separators too, so every place to split is tried.
    for separator in ["::", " - ", " – "] {
      for range in label.ranges(of: separator) {
        let left = SeriesLabel.clean(label[..<range.lowerBound])
        let right = SeriesLabel.clean(label[range.upperBound...])
        if SeriesLabel.isUsageOnly(right) {
          self = .notBilled
          return
        }
        if let meter = Meter(named: right), !left.isEmpty {
          self = .meter(meter, project: left)
          return
        }
        if let meter = Meter(named: left), !right.isEmpty {
          self = .meter(meter, project: right)
          return
        }
      }
    }
    let last = label.ranges(of: "::").last.map { String(label[$0.upperBound...]) } ?? label
    self = .unknown(didYouMean: SeriesLabel.nearest(to: last))
  }

  /// The known name nearest to `label`, as people see it.
  static func nearest(to label: String) -> String? {
    nearestName(
      to: label,
      among: Meter.allCases.map(\.id)
        + Meter.allCases.flatMap { [$0.information.invoiceName] + $0.information.aliases })
  }

  private static func clean(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }

  private static func isUsageOnly(_ label: String) -> Bool {
    usageOnly.contains { $0.lowercased() == label.lowercased() }
  }

  /// PostHog's "usage only" types: parts of other meters, never billed by themselves. Source:
  /// PostHog's `frontend/src/scenes/billing/constants.ts` and `billingUsageLogic` (August 2026).
  private static let usageOnly = [
    "Logs and traces ingested (bytes)", "logs_and_traces_bytes_in_period",
    "Traces ingested (MB)", "traces_mb_in_period",
    "PostHog Desktop token credits", "posthog_code_token_credits_used_in_period",
    "PostHog Desktop token spend (USD)",
    "Sandbox compute credits", "sandbox_compute_credits_used_in_period",
    "Cloud compute spend (USD)",
    "Sandbox compute CPU millicore-seconds", "sandbox_compute_cpu_millicore_seconds_in_period",
    "Cloud compute CPU (core-seconds)",
    "Sandbox compute memory MiB-seconds", "sandbox_compute_memory_mib_seconds_in_period",
    "Cloud compute memory (GiB-seconds)",
  ]
}
