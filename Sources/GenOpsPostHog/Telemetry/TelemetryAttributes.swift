public import GenOpsMetering
public import Tracing

import GenOpsGovernance
import GenOpsUnits

/// The names of span attributes, as the integration guide and its siblings have them.
///
/// | group | attributes |
/// |---|---|
/// | always | `genops.provider`, `genops.team`, `genops.project`, `genops.environment`,
/// `genops.customer_id`, `genops.cost_center`, `genops.version`, `posthog.host`,
/// `genops.governance.enabled`, `genops.cost.tracking`, `genops.tag.*` |
/// | operation | `genops.operation.type`, `genops.operation.name`, `genops.timestamp` |
/// | cost | `genops.cost.estimated`, `genops.cost.total`, `genops.cost.currency`,
/// `genops.cost.provider`, `genops.cost.per_event` |
/// | event | `genops.posthog.event.name`, `.distinct_id`, `.is_identified` |
/// | flag | `genops.posthog.flag.key`, `.distinct_id`, `.value`, `.locally_evaluated` of a read,
/// `.requests` of a request |
/// | session | `genops.posthog.session.id`, `.name`, `.start_time`, `.end_time`,
/// `.duration_seconds`, `.events_captured`, `.flags_evaluated`, `.recordings_created`,
/// `.llm_events` |
/// | sampling | `genops.posthog.sampling.weight` of an event; `.rate`, `.original_volume` of a
/// session |
/// | policy | `genops.policy.name`, `.result`, `.reason` |
/// | budget | `genops.budget.name`, `.allocated`, `.consumed`, `.remaining`, `.utilization_percent`
/// |
public enum TelemetryAttributes {
  /// What every span of an adapter carries.
  public static func base(_ adapter: PostHogAdapter, _ attribution: Attribution) -> SpanAttributes {
    var attributes = SpanAttributes([:])
    attributes["genops.provider"] = "posthog"
    attributes["genops.version"] = "1.0.0"
    for name in Attribution.dimensions {
      let key = name == "customer" ? "customer_id" : name
      if let value = attribution[name] { attributes["genops.\(key)"] = value }
    }
    for (name, value) in TagMeaning.labels(adapter.tags) {
      attributes["genops.tag.\(name)"] = value
    }
    let configuration = adapter.account.configuration
    if let host = configuration.host { attributes["posthog.host"] = host.description }
    attributes["genops.governance.enabled"] = configuration.isGovernanceEnabled
    attributes["genops.cost.tracking"] = "enabled"
    return attributes
  }

  static func operation(
    _ type: String, _ name: String, at instant: Timestamp, in attributes: inout SpanAttributes
  ) {
    attributes["genops.operation.type"] = type
    attributes["genops.operation.name"] = name
    attributes["genops.timestamp"] = instant.microseconds / 1_000_000
  }

  /// Money as a number, since tracing systems sum numbers; nil when it is unknown.
  static func cost(
    _ cost: Money?, _ key: String, currency: String, in attributes: inout SpanAttributes
  ) {
    guard let cost else { return }
    attributes[key] = cost.approximate
    attributes["genops.cost.currency"] = currency
    attributes["genops.cost.provider"] = "posthog"
  }

  /// What governance said.
  static func policy(_ outcome: CaptureOutcome, in attributes: inout SpanAttributes) {
    attributes["genops.policy.result"] = outcome.policyResult.rawValue
    switch outcome {
    case .sent: break
    case .sampled: attributes["genops.policy.name"] = "sampling"
    case .duplicate: attributes["genops.policy.name"] = "duplicate"
    case .refused(let refusal): self.refusal(refusal, in: &attributes)
    }
  }

  static func refusal(_ refusal: Refusal, in attributes: inout SpanAttributes) {
    attributes["genops.policy.name"] = refusal.reason.id
    attributes["genops.policy.result"] = PolicyResult(refusal.reason).rawValue
    attributes["genops.policy.reason"] = refusal.description
    guard let budget = refusal.budget else { return }
    let (limit, spent) = (budget.limit.approximate, budget.spent.approximate)
    attributes["genops.budget.name"] = budget.name
    attributes["genops.budget.allocated"] = limit
    attributes["genops.budget.consumed"] = spent
    attributes["genops.budget.remaining"] = limit - spent
    if limit > 0 { attributes["genops.budget.utilization_percent"] = spent / limit * 100 }
  }
}
