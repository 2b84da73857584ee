import GenOpsGovernance
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import InMemoryTracing
import Testing
import Tracing

@testable import GenOpsPostHog
import GenOpsAdmission

@Suite("Flags of the façade")
struct FacadeFlagTests {
  let base = FlagFixture()

  @Test("are PostHog's calls, one metered request per person, with attribution and cost")
  func calls() async throws {
    let adapter = try base.adapter()
    let flags = base.flags(adapter.view(Attribution(team: "web", feature: "checkout")))
    await GenOps.withFlags(flags) {
      #expect(GenOps.currentAdapter?.attribution.team == "web")
      #expect(await GenOps.isFeatureEnabled("beta", distinctID: "ann"))
      #expect(await GenOps.isFeatureEnabled("off", distinctID: "ann", default: true) == false)
      #expect(await GenOps.isFeatureEnabled("none", distinctID: "ann", default: true))
      #expect(await GenOps.getFeatureFlag("exp", distinctID: "ann") == .variant("test"))
      #expect(await GenOps.getFeatureFlag("none", distinctID: "ann") == nil)
      #expect(await GenOps.getFeatureFlagPayload("exp", distinctID: "ann")?["a"] == .number("1"))
      #expect(
        await GenOps.getAllFlags(distinctID: "ann")
          == ["beta": .on, "exp": .variant("test"), "off": .off])
      #expect(base.requests(adapter) == 1 && base.server.requests.count == 1)
      // Another person, or another group, is another request.
      let set = await GenOps.evaluateFlags(
        distinctID: "ann", groups: ["company": "acme"], personProperties: ["plan": "pro"])
      #expect(set?.cost?.nanos == 100_000 && set?.isOn("beta") == true)
      GenOps.reloadFeatureFlags()
      _ = await GenOps.getAllFlags(distinctID: "ann")
    }
    #expect(base.requests(adapter) == 3)
    // Reads are reported once per person, flag, value and groups; payloads and all flags are none.
    #expect(
      base.called.map { $0.properties["$feature_flag"]?.string }
        == ["beta", "off", "none", "exp", "beta"])
    let lines = adapter.snapshot()
    let owner = zip(lines.registeredClasses, lines.usageClasses).first { $0.1.cost > 0 }
    #expect(owner?.0.attribution.feature == "checkout" && owner?.1.cost == 300_000)
  }

  @Test("Without flags, or when a budget refuses the request, each gives its default")
  func defaults() async throws {
    #expect(await GenOps.isFeatureEnabled("beta", distinctID: "ann", default: true))
    #expect(await GenOps.getFeatureFlag("beta", distinctID: "ann") == nil)
    #expect(await GenOps.getAllFlags(distinctID: "ann").isEmpty)
    let plan = GovernancePlan(mode: .enforced, budgets: [base.base.dayBudget(0)])
    let flags = base.flags(try base.adapter(plan))
    await GenOps.withFlags(flags) {
      #expect(await GenOps.isFeatureEnabled("beta", distinctID: "ann", default: true))
      #expect(await !GenOps.isFeatureEnabled("beta", distinctID: "ann"))
    }
    #expect(base.server.requests.isEmpty)
  }

  @Test("A task with another adapter does not get the process's flags")
  func otherProject() async throws {
    let flags = base.flags(try base.adapter())
    let other = try base.adapter()
    await GenOps.withFlags(flags) {
      #expect(GenOps.currentFlags === flags)
    }
    GenOps.withAdapter(other) { #expect(GenOps.currentFlags == nil) }
  }

  @Test(
    "A view of the account, as a request behind a middleware has, gets the flags; another account does not"
  )
  func views() async throws {
    let adapter = try base.adapter()
    let flags = base.flags(adapter)
    let other = try base.adapter()
    await GenOps.withFlags(flags) {
      await GenOps.withAdapter(adapter.view(Attribution(customer: "acme"))) {
        #expect(GenOps.currentFlags === flags)
        #expect(await GenOps.isFeatureEnabled("beta", distinctID: "ann"))
      }
      GenOps.withAdapter(other) { #expect(GenOps.currentFlags == nil) }
    }
    #expect(base.requests(adapter) == 1)
  }

  @Test("A span holds key, value, person and cost; the request has a span of its own")
  func spans() async throws {
    let tracer = InMemoryTracer()
    let adapter = try base.base.adapter {
      $0.opening.current[.featureFlagRequests] = 1_000_000
      $0.tracing = AdapterTracing(tracer: tracer)
    }
    let flags = base.flags(adapter) { $0.reportsReads = false }
    await GenOps.withFlags(flags) {
      _ = await GenOps.getFeatureFlag("exp", distinctID: "ann")
      _ = await GenOps.isFeatureEnabled("off", distinctID: "ann")
    }
    let spans = tracer.finishedSpans
    #expect(
      spans.map(\.operationName) == .init(repeating: "posthog_evaluate_feature_flag", count: 3))
    func text(_ span: FinishedInMemorySpan, _ name: String) -> String? {
      var found: String?
      span.attributes.forEach { key, value in
        guard key == "genops.\(name)" else { return }
        switch value {
        case .string(let text): found = text
        case .double(let number): found = "\(number)"
        case .int64(let number): found = "\(number)"
        default: break
        }
      }
      return found
    }
    #expect(text(spans[0], "posthog.flag.requests") == "1")
    #expect(text(spans[0], "cost.estimated") == "0.0001")
    #expect(text(spans[1], "posthog.flag.key") == "exp")
    #expect(text(spans[1], "posthog.flag.value") == "test")
    #expect(text(spans[1], "posthog.flag.distinct_id") == "ann")
    #expect(text(spans[1], "cost.estimated") == "0.0" && text(spans[1], "team") == "growth")
    #expect(text(spans[2], "posthog.flag.value") == "false")
  }
}
