import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import InMemoryTracing
import Testing
import Tracing

@testable import GenOpsPostHog

@Suite("Spans")
struct TracingTests {
  let base = AdapterFixture()
  let tracer = InMemoryTracer()

  private func adapter(
    _ plan: GovernancePlan = .open, _ change: (inout AdapterTracing) -> Void = { _ in }
  ) throws -> PostHogAdapter {
    try base.adapter(plan) {
      var tracing = AdapterTracing(tracer: tracer)
      change(&tracing)
      $0.tracing = tracing
      $0.tags = ["platform": "ios"]
      $0.host = .eu
    }
  }

  private func attributes(_ span: FinishedInMemorySpan) -> [String: String] {
    var all: [String: String] = [:]
    span.attributes.forEach { key, value in
      switch value {
      case .string(let text): all[key] = text
      case .int64(let number): all[key] = "\(number)"
      case .double(let number): all[key] = "\(number)"
      case .bool(let flag): all[key] = "\(flag)"
      default: all[key] = "\(value)"
      }
    }
    return all
  }

  @Test("A capture has the guide's attributes, flat")
  func capture() throws {
    let adapter = try adapter()
    let owner = Attribution(environment: "production", customer: "acme", costCenter: "product")
    adapter.view(owner).capture(
      "signup_completed", distinctID: "user_1", isIdentified: true)
    let span = try #require(tracer.finishedSpans.first)
    #expect(span.operationName == "posthog_capture_event")
    #expect(
      attributes(span) == [
        "genops.provider": "posthog", "genops.version": "1.0.0", "genops.team": "growth",
        "genops.project": "shop", "genops.environment": "production", "genops.customer_id": "acme",
        "genops.cost_center": "product",
        "genops.tag.platform": "ios", "posthog.host": "https://eu.i.posthog.com",
        "genops.governance.enabled": "true", "genops.cost.tracking": "enabled",
        "genops.operation.type": "analytics.capture", "genops.operation.name": "signup_completed",
        "genops.timestamp": "1799582400", "genops.posthog.event.name": "signup_completed",
        "genops.posthog.event.distinct_id": "user_1",
        "genops.posthog.event.is_identified": "true", "genops.policy.result": "allowed",
        "genops.cost.estimated": "5e-05", "genops.cost.currency": "USD",
        "genops.cost.provider": "posthog",
      ])
  }

  @Test("A session is the parent of what is captured in it, and ends with its sums")
  func session() throws {
    let adapter = try adapter()
    struct Failed: Error {}
    let given: JSONValue = ["sample_rate": 0.1, "original_volume": 20_000, "campaign": "spring"]
    try? adapter.withSession("onboarding", attributes: given) { _ in
      adapter.capture(base.event(1))
      adapter.record(.flagRequest, count: 2)
      base.clock.advance(bySeconds: 2)
      throw Failed()
    }
    let spans = tracer.finishedSpans
    #expect(
      spans.map(\.operationName) == [
        "posthog_capture_event", "posthog_evaluate_feature_flag", "posthog_analytics_session",
      ])
    let session = spans[2]
    #expect(spans[0].spanContext.parentSpanID == session.spanContext.spanID)
    #expect(spans[1].spanContext.parentSpanID == session.spanContext.spanID)
    let all = attributes(session)
    #expect(all["genops.posthog.session.name"] == "onboarding")
    #expect(all["genops.posthog.session.id"] == attributes(spans[0])["genops.posthog.session.id"])
    #expect(all["genops.posthog.session.events_captured"] == "1")
    #expect(all["genops.posthog.session.flags_evaluated"] == "2")
    #expect(all["genops.posthog.session.duration_seconds"] == "2.0")
    #expect(all["genops.posthog.sampling.rate"] == "0.1")
    #expect(all["genops.posthog.sampling.original_volume"] == "20000")
    #expect(all["genops.posthog.session.campaign"] == "spring")
    #expect(all["genops.posthog.session.start_time"] == "2027-01-10T12:00:00Z")
    #expect(all["genops.posthog.session.end_time"] == "2027-01-10T12:00:02Z")
    #expect(all["genops.posthog.session.recordings_created"] == "0")
    #expect(all["genops.posthog.session.llm_events"] == "0")
    #expect(all["genops.operation.type"] == "analytics.session")
    #expect(all["genops.cost.currency"] == "USD" && all["genops.governance.violations"] == "0")
    #expect(all["genops.cost.total"] == "5e-05" && all["genops.cost.per_event"] == "5e-05")
    #expect(session.errors.count == 1)
    #expect(tracer.activeSpans.isEmpty)
  }

  @Test("A refusal says which policy and budget")
  func refusal() throws {
    let adapter = try adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(100_000)]))
    for number in 0..<3 { adapter.capture(base.event(number)) }
    let all = attributes(try #require(tracer.finishedSpans.last))
    #expect(all["genops.policy.result"] == "blocked" && all["genops.policy.name"] == "budget")
    #expect(all["genops.policy.reason"]?.hasPrefix("budget 'day' is used up") == true)
    #expect(all["genops.budget.name"] == "day" && all["genops.budget.allocated"] == "0.0001")
    #expect(all["genops.budget.consumed"] == "0.0001")
    #expect(all["genops.budget.utilization_percent"] == "100.0")
    #expect(all["genops.budget.remaining"] == "0.0" && all["genops.cost.estimated"] == nil)
  }

  @Test("What sampling leaves out is rate-limited, and a copy is blocked")
  func sampled() throws {
    let adapter = try adapter(GovernancePlan(sampling: SamplingRates(byClass: ["page_view": 0])))
    adapter.capture(base.event(1))
    adapter.capture(base.event(2, "purchase"))
    adapter.capture(base.event(2, "purchase"))
    #expect(
      tracer.finishedSpans.map { attributes($0)["genops.policy.result"] } == [
        "rate_limited", "allowed", "blocked",
      ])
    #expect(
      tracer.finishedSpans.map { attributes($0)["genops.policy.name"] } == [
        "sampling", nil, "duplicate",
      ])
  }

  @Test("A recording has a span, and a session marks the caller's with the guide's three names")
  func annotation() throws {
    let adapter = try adapter()
    let own = tracer.startSpan("analytics_session")
    let session = adapter.withSession("user_journey") { session in
      adapter.capture(base.event(1))
      adapter.startRecording("r1")
      return session
    }
    session.annotate(own)
    own.end()
    try #require(tracer.finishedSpans.count == 4)
    #expect(attributes(tracer.finishedSpans[1])["genops.posthog.event.name"] == "$snapshot")
    let marked = attributes(try #require(tracer.finishedSpans.last))
    #expect(
      marked == [
        "analytics.cost": "\(session.summary.cost.approximate)",
        "analytics.session_id": session.id, "analytics.governance": "enabled",
      ])
    #expect(session.summary.cost >= Money(nanos: 50_000))
  }

  @Test("Distinct ids can be kept out, and a share of the users traced")
  func privacy() throws {
    let adapter = try adapter(.open) {
      $0.showsDistinctIDs = false
      $0.sampleRatio = 0.25
    }
    for number in 0..<200 { adapter.capture(base.event(number)) }
    let expected = (0..<200).count {
      SamplingHash.survives(distinctID: "user-\($0)", rate: 0.25)
    }
    #expect(tracer.finishedSpans.count == expected)
    #expect(
      tracer.finishedSpans.allSatisfy { span in
        !attributes(span).values.contains { $0.hasPrefix("user-") }
      })
  }
}
