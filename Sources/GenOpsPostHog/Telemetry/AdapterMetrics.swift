public import Metrics

import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Synchronization

/// Hands an adapter's numbers to swift-metrics, whatever backend the process has bootstrapped.
///
/// Counters move with every decision; gauges when ``update(_:)`` is called, such as before a
/// scrape.
public final class AdapterMetrics: AdapterObserver {
  private struct Key: Hashable {
    var team: String
    var outcome: String
  }

  private struct Handlers {
    var events: [Key: Counter] = [:]
    var violations: [String: Counter] = [:]
    var costs: [String: FloatingPointCounter] = [:]
    var gauges: [MetricSample: Gauge] = [:]
  }

  private let factory: (any MetricsFactory)?
  private let handlers = Mutex(Handlers())

  /// `factory` is the process's by default.
  public init(factory: (any MetricsFactory)? = nil) { self.factory = factory }

  public func adapter(_ adapter: PostHogAdapter, decidedOn capture: CaptureObservation) {
    count(capture.outcome.id, 1, team: capture.attribution.team)
    switch capture.outcome {
    case .sent(let cost): add(cost, team: capture.attribution.team)
    case .refused(let refusal): violate(refusal.reason.id, 1)
    case .sampled, .duplicate: break
    }
  }

  public func adapter(_ adapter: PostHogAdapter, recorded record: RecordObservation) {
    count("recorded", record.outcome.sent, team: record.attribution.team)
    add(record.outcome.cost, team: record.attribution.team)
    if let refusal = record.outcome.refusal { violate(refusal.reason.id, record.outcome.refused) }
  }

  /// Sets the gauges of ``PostHogAdapter/metrics()``.
  public func update(_ adapter: PostHogAdapter) {
    for sample in adapter.metrics() where sample.kind == .gauge {
      var key = sample
      key.value = 0
      let gauge = handlers.withLock { handlers -> Gauge in
        if let known = handlers.gauges[key] { return known }
        let made = Gauge(
          label: sample.name, dimensions: sample.labels.map { ($0.name, $0.value) },
          factory: currentFactory)
        handlers.gauges[key] = made
        return made
      }
      gauge.record(sample.value)
    }
  }

  private var currentFactory: any MetricsFactory { factory ?? MetricsSystem.factory }

  private func count(_ outcome: String, _ amount: Int64, team: String?) {
    guard amount > 0 else { return }
    let key = Key(team: team ?? "none", outcome: outcome)
    let counter = handlers.withLock { handlers -> Counter in
      if let known = handlers.events[key] { return known }
      let made = Counter(
        label: "posthog_events_total",
        dimensions: [("team", key.team), ("outcome", key.outcome)], factory: currentFactory)
      handlers.events[key] = made
      return made
    }
    counter.increment(by: amount)
  }

  private func add(_ cost: Money?, team: String?) {
    guard let cost, cost > .zero else { return }
    let team = team ?? "none"
    let counter = handlers.withLock { handlers -> FloatingPointCounter in
      if let known = handlers.costs[team] { return known }
      let made = FloatingPointCounter(
        label: "genops_ai_cost_total", dimensions: [("team", team)], factory: currentFactory)
      handlers.costs[team] = made
      return made
    }
    counter.increment(by: cost.approximate)
  }

  private func violate(_ policy: String, _ amount: Int64) {
    guard amount > 0 else { return }
    let counter = handlers.withLock { handlers -> Counter in
      if let known = handlers.violations[policy] { return known }
      let made = Counter(
        label: "genops_policy_violations_total", dimensions: [("policy_name", policy)],
        factory: currentFactory)
      handlers.violations[policy] = made
      return made
    }
    counter.increment(by: amount)
  }
}
