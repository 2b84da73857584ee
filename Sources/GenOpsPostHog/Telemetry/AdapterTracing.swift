public import Tracing

import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// Spans of what an adapter does, for swift-distributed-tracing: `posthog_analytics_session`, and
/// below it `posthog_capture_event` and `posthog_evaluate_feature_flag`. The span that the caller
/// is in is their parent.
public struct AdapterTracing: AdapterObserver {
  /// The tracer of the process unless another one is given.
  public var tracer: any Tracer { own ?? InstrumentationSystem.tracer }
  /// The share of the users whose operations get spans (0…1); sessions always get one.
  public var sampleRatio: Double
  /// Whether spans hold distinct ids, which are personal data.
  public var showsDistinctIDs: Bool
  private let own: (any Tracer)?

  /// Without a tracer the process's is used, as of each call.
  public init(
    tracer: (any Tracer)? = nil, sampleRatio: Double = 1, showsDistinctIDs: Bool = true
  ) {
    own = tracer
    self.sampleRatio = sampleRatio
    self.showsDistinctIDs = showsDistinctIDs
  }

  public func adapter(_ adapter: PostHogAdapter, decidedOn capture: CaptureObservation) {
    let event = capture.event
    guard SamplingHash.survives(distinctID: event.distinctID, rate: sampleRatio) else { return }
    var attributes = TelemetryAttributes.base(adapter, capture.attribution)
    TelemetryAttributes.operation(
      "analytics.capture", event.name, at: capture.began, in: &attributes)
    attributes["genops.posthog.event.name"] = event.name
    if showsDistinctIDs {
      attributes["genops.posthog.event.distinct_id"] = event.distinctID
    }
    attributes["genops.posthog.event.is_identified"] = event.processPersonProfile != false
    if let id = capture.sessionID { attributes["genops.posthog.session.id"] = id }
    if capture.weight != 1 {
      attributes["genops.posthog.sampling.weight"] = capture.weight
    }
    TelemetryAttributes.policy(capture.outcome, in: &attributes)
    if case .sent(let cost) = capture.outcome {
      TelemetryAttributes.cost(
        cost, "genops.cost.estimated", currency: adapter.currency, in: &attributes)
    }
    emit("posthog_capture_event", attributes, capture.began, capture.ended)
  }

  public func adapter(_ adapter: PostHogAdapter, recorded record: RecordObservation) {
    guard record.usage[.featureFlagRequests] > 0 else { return }
    var attributes = TelemetryAttributes.base(adapter, record.attribution)
    TelemetryAttributes.operation(
      "analytics.feature_flag", "evaluate", at: record.began, in: &attributes)
    if let id = record.sessionID { attributes["genops.posthog.session.id"] = id }
    attributes["genops.posthog.flag.requests"] = record.count
    if let refusal = record.outcome.refusal {
      TelemetryAttributes.refusal(refusal, in: &attributes)
    } else {
      attributes["genops.policy.result"] = "allowed"
    }
    TelemetryAttributes.cost(
      record.outcome.cost, "genops.cost.estimated", currency: adapter.currency, in: &attributes)
    emit("posthog_evaluate_feature_flag", attributes, record.began, record.ended)
  }

  public func adapter(_ adapter: PostHogAdapter, read flag: FlagObservation) {
    guard SamplingHash.survives(distinctID: flag.distinctID, rate: sampleRatio) else { return }
    var attributes = TelemetryAttributes.base(adapter, flag.attribution)
    TelemetryAttributes.operation(
      "analytics.feature_flag", flag.key, at: flag.at, in: &attributes)
    attributes["genops.posthog.flag.key"] = flag.key
    if let value = flag.value { attributes["genops.posthog.flag.value"] = value.json.plainText }
    attributes["genops.posthog.flag.locally_evaluated"] = flag.isLocal
    if showsDistinctIDs { attributes["genops.posthog.flag.distinct_id"] = flag.distinctID }
    if let id = flag.sessionID { attributes["genops.posthog.session.id"] = id }
    TelemetryAttributes.cost(
      .zero, "genops.cost.estimated", currency: adapter.currency, in: &attributes)
    emit("posthog_evaluate_feature_flag", attributes, flag.at, flag.at)
  }

  private func emit(
    _ name: String, _ attributes: SpanAttributes, _ began: GenOpsUnits.Timestamp,
    _ ended: GenOpsUnits.Timestamp
  ) {
    let span = tracer.startSpan(
      name, context: ServiceContext.current ?? .topLevel, ofKind: .producer, at: Instant(began),
      function: #function, file: #fileID, line: #line)
    span.attributes = attributes
    span.end(at: Instant(ended))
  }

  /// The adapter's clock in the words of tracing.
  struct Instant: TracerInstant {
    let nanosecondsSinceEpoch: UInt64

    init(_ instant: GenOpsUnits.Timestamp) {
      nanosecondsSinceEpoch = UInt64(max(0, instant.microseconds)) * 1000
    }

    static func < (a: Instant, b: Instant) -> Bool {
      a.nanosecondsSinceEpoch < b.nanosecondsSinceEpoch
    }
  }
}

extension AdapterTracing {
  /// The span of a session that begins.
  func begin(_ session: AnalyticsSession) -> any Tracing.Span {
    let span = tracer.startSpan(
      "posthog_analytics_session", context: ServiceContext.current ?? .topLevel,
      ofKind: .internal, at: Instant(session.start), function: #function, file: #fileID,
      line: #line)
    var attributes = TelemetryAttributes.base(session.adapter, session.attribution)
    TelemetryAttributes.operation(
      "analytics.session", session.name, at: session.start, in: &attributes)
    attributes["genops.posthog.session.id"] = session.id
    attributes["genops.posthog.session.name"] = session.name
    attributes["genops.posthog.session.start_time"] = session.start.description
    for attribute in session.attributes {
      switch attribute.key {
      case "sample_rate": attributes["genops.posthog.sampling.rate"] = attribute.value.number
      case "original_volume":
        attributes["genops.posthog.sampling.original_volume"] = attribute.value.wholeNumber
      case let key: attributes["genops.posthog.session.\(key)"] = attribute.value.plainText
      }
    }
    span.attributes = attributes
    return span
  }

  /// Notes what a session's body threw.
  func record(
    _ error: any Error, in span: any Tracing.Span, at instant: GenOpsUnits.Timestamp
  ) {
    span.recordError(error, attributes: [:], at: Instant(instant))
  }

  /// Ends it with what the session counted.
  func end(_ span: any Tracing.Span, _ session: AnalyticsSession) {
    let totals = session.summary
    let end = totals.end ?? session.start
    span.updateAttributes { attributes in
      attributes["genops.posthog.session.events_captured"] = totals.eventsCaptured
      attributes["genops.posthog.session.flags_evaluated"] = totals.flagsEvaluated
      attributes["genops.posthog.session.recordings_created"] = totals.recordingsCreated
      attributes["genops.posthog.session.llm_events"] = totals.llmEventsTracked
      attributes["genops.posthog.session.duration_seconds"] =
        Double(end.microseconds - session.start.microseconds) / 1e6
      attributes["genops.posthog.session.end_time"] = end.description
      attributes["genops.governance.violations"] = totals.refused
      let currency = session.adapter.currency
      TelemetryAttributes.cost(
        totals.cost, "genops.cost.total", currency: currency, in: &attributes)
      TelemetryAttributes.cost(
        totals.costPerEvent, "genops.cost.per_event", currency: currency, in: &attributes)
    }
    span.end(at: Instant(end))
  }
}

extension AnalyticsSession {
  /// Marks the caller's own span with this session's cost, in the three attributes of the
  /// integration guide: `analytics.cost`, `analytics.session_id`, `analytics.governance`.
  public func annotate(_ span: any Tracing.Span) {
    span.updateAttributes { attributes in
      attributes["analytics.cost"] = summary.cost.approximate
      attributes["analytics.session_id"] = id
      attributes["analytics.governance"] =
        adapter.account.configuration.isGovernanceEnabled ? "enabled" : "disabled"
    }
  }
}

extension PostHogAdapter {
  /// Of the price book.
  package var currency: String { account.configuration.calculator.book.currency }

  /// The name of the price book.
  package var priceBook: String { account.configuration.calculator.book.id }
}

extension JSONValue {
  /// A text without its quotes, anything else as JSON.
  var plainText: String { string ?? description }
}
