import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsPostHog
import GenOpsAdmission

@Suite("The adapter")
struct AdapterTests {
  let base = AdapterFixture()

  @Test("A sent event goes out with its cost and its owner")
  func sends() throws {
    let adapter = try base.adapter()
    #expect(adapter.capture(base.event(1)) == .sent(cost: Money(nanos: 50_000)))
    let sent = try #require(base.transport.all.first)
    #expect(sent.event.distinctID == "user-1")
    let properties = JSONValue.object(sent.stamp.properties(at: base.clock.now()))
    #expect(properties["genops_team"] == "growth" && properties["genops_project"] == "shop")
    #expect(properties["genops_cost_estimated"] == .number("0.00005"))
    #expect(properties["genops_timestamp"] == "2027-01-10T12:00:00Z")
    #expect(properties["genops_customer"] == nil)
  }

  @Test("A used-up budget refuses; the error says which, how much and until when")
  func refuses() throws {
    let adapter = try base.adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(120_000)]))
    #expect(adapter.capture(base.event(1)).wasSent && adapter.capture(base.event(2)).wasSent)
    let outcome = adapter.capture(base.event(3))
    #expect(!outcome.wasSent && base.transport.all.count == 2)
    let error = #expect(throws: BudgetExceeded.self) { try outcome.get() }
    #expect(error?.name == "day" && error?.limit.nanos == 120_000)
    #expect(error?.spent.nanos == 100_000 && error?.cost?.nanos == 50_000)
    #expect(error?.resetsAt == Timestamp("2027-01-11T00:00:00Z"))
    #expect(
      "\(outcome.refusalText)"
        == "budget 'day' is used up: 0.0001 of 0.00012 USD spent, one more costs 0.00005; "
        + "it starts again at 2027-01-11T00:00:00Z")
    base.clock.advance(bySeconds: 12 * 3600)
    #expect(adapter.capture(base.event(4)).wasSent)
  }

  @Test("A refused event leaves no memory: sent later it is not a duplicate")
  func refusedIsForgotten() throws {
    let adapter = try base.adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(50_000)])
    ) {
      $0.opening.current[.identifiedEvents] = 1_000_000
    }
    let (first, second) = (base.event(1), base.event(2, identified: true))
    #expect(adapter.capture(first).wasSent)
    #expect(adapter.capture(first) == .duplicate)
    #expect(!adapter.capture(second).wasSent)
    base.clock.advance(bySeconds: 24 * 3600)
    #expect(!adapter.capture(second).wasSent)
    #expect(base.transport.all.count == 1)
    // It made nobody a known person either: an anonymous event of that user is anonymous.
    #expect(adapter.capture(base.event(2)).wasSent)
    #expect(adapter.snapshot().totals[Meter.identifiedEvents.index].units == 0)
  }

  @Test("Sampling keeps users whole and weights what it keeps")
  func samples() throws {
    let plan = GovernancePlan(sampling: SamplingRates(byClass: ["page_view": 0.25]))
    let adapter = try base.adapter(plan)
    for number in 0..<400 {
      let outcome = adapter.capture(base.event(number))
      let survives = SamplingHash.survives(distinctID: "user-\(number)", rate: 0.25)
      #expect(outcome == (survives ? .sent(cost: Money(nanos: 50_000)) : .sampled))
      #expect(adapter.capture(base.event(number, "purchase")).wasSent)
    }
    #expect(
      base.transport.all.filter { $0.event.name == "$pageview" }.allSatisfy { $0.stamp.weight == 4 }
    )
    #expect(
      base.transport.all.filter { $0.event.name == "purchase" }.allSatisfy { $0.stamp.weight == 1 })
  }

  @Test(
    "The guide's four tiers are a classifier with an application's own events, and rates by tier")
  func tiers() throws {
    let rates = ["important": 0.8, "nice_to_have": 0.2, "debug": 0.05]
    let adapter = try base.adapter(GovernancePlan(sampling: SamplingRates(byClass: rates))) {
      $0.classifier = EventClassifier([
        .init("critical", ["purchase", "signup_*"], isCritical: true),
        .init("important", ["feature_*"]), .init("nice_to_have", ["$pageview", "scroll_*"]),
        .init("debug", ["debug_*"]),
      ])
    }
    for (name, rate) in [
      ("purchase", 1), ("feature_used", 0.8), ("$pageview", 0.2), ("debug_timing", 0.05),
    ] {
      let kept = (0..<200).filter { adapter.capture(base.event($0, name)).wasSent }
      #expect(
        kept == (0..<200).filter { SamplingHash.survives(distinctID: "user-\($0)", rate: rate) },
        "\(name)")
      #expect(base.transport.named(name).allSatisfy { abs($0.stamp.weight - 1 / rate) < 1e-9 })
    }
  }

  @Test("Recorded requests are priced, and a part is refused when a budget ends")
  func records() throws {
    let adapter = try base.adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(950_000)])
    ) {
      $0.opening.current[.featureFlagRequests] = 1_000_000
    }
    let outcome = adapter.record(.flagRequest, count: 20)
    #expect(outcome.sent == 9 && outcome.refused == 11 && outcome.cost?.nanos == 900_000)
    #expect(throws: BudgetExceeded.self) { try outcome.get() }
  }

  @Test("Without governance everything is sent and still metered")
  func governanceOff() throws {
    let adapter = try base.adapter(GovernancePlan(mode: .strict, budgets: [base.dayBudget(0)])) {
      $0.isGovernanceEnabled = false
    }
    #expect(adapter.capture(base.event(1)) == .sent(cost: Money(nanos: 50_000)))
    #expect(adapter.costSummary().isGovernanceEnabled == false)
    let receipt = adapter.capture("search", distinctID: "ann")
    #expect(receipt.wasSent && receipt.json["governance_applied"] == false)
    #expect(adapter.metrics().first { $0.name == "posthog_governance_active" }?.value == 0)
  }

  @Test("An unknown month to date is not a price of zero")
  func unknownOpening() throws {
    let adapter = try base.adapter { $0.opening = .unknown }
    #expect(adapter.capture(base.event(1)) == .sent(cost: nil))
    #expect(adapter.findings().all.map(\.code) == ["opening-unknown", "price-unknown"])
  }

  @Test("Views share the account's tiers and budgets, and have their own")
  func views() throws {
    let plan = GovernancePlan(
      mode: .enforced,
      budgets: [
        base.dayBudget(200_000),
        Budget(
          name: "tenant", limit: Money(nanos: 60_000), period: .month,
          scope: Attribution(customer: "acme")),
      ])
    let adapter = try base.adapter(plan)
    let acme = adapter.view(Attribution(environment: "production", customer: "acme"))
    #expect(acme.attribution.team == "growth")
    #expect(acme.capture(base.event(1)).wasSent && !acme.capture(base.event(2)).wasSent)
    #expect(adapter.capture(base.event(3)).wasSent)
    let (own, all) = (acme.costSummary(), adapter.costSummary())
    #expect(own.dailyCosts.nanos == 50_000 && own.monthlyBudgetLimit?.nanos == 60_000)
    // The account's own view includes the tenant's.
    #expect(all.dailyCosts.nanos == 100_000 && all.monthlyBudgetLimit == nil)
    #expect(adapter.snapshot().budgets[0].window.spent.nanos == 100_000)
  }

  @Test("Alerts are told once, outside the lock")
  func alerts() throws {
    let told = Mutex<[String]>([])
    let inner = Mutex<PostHogAdapter?>(nil)
    let adapter = try base.adapter(GovernancePlan(budgets: [base.dayBudget(100_000)])) {
      $0.onAlert = { alert, budget in
        told.withLock { $0.append("\(budget.name) \(alert.percent)") }
        // Would wait for ever if the lock were held.
        _ = inner.withLock { $0 }?.costSummary()
      }
    }
    inner.withLock { $0 = adapter }
    defer { inner.withLock { $0 = nil } }
    for number in 0..<5 { adapter.capture(base.event(number)) }
    #expect(told.withLock { $0 } == ["day 80", "day 90", "day 95", "day 100"])
  }

  @Test("Without cost alerts nobody is told, and the budget holds all the same")
  func silent() throws {
    let told = Mutex(0)
    let adapter = try base.adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(100_000)])
    ) {
      $0.areCostAlertsEnabled = false
      $0.onAlert = { _, _ in told.withLock { $0 += 1 } }
      $0.onNotice = { _ in told.withLock { $0 += 1 } }
    }
    #expect((0..<5).count { adapter.capture(base.event($0)).wasSent } == 2)
    #expect(told.withLock { $0 } == 0)
    #expect(adapter.costSummary().json["cost_alerts_enabled"] == false)
  }

  @Test(
    "The share of the daily budget is at most 100 % where it is enforced, and beyond it says so")
  func utilization() throws {
    for (mode, most) in [(GovernanceMode.enforced, 100.0), (.strict, 100), (.advisory, 1000)] {
      let adapter = try base.adapter(GovernancePlan(mode: mode, budgets: [base.dayBudget(500_000)]))
      var seen: [Double] = []
      for number in 0..<100 {
        adapter.capture(base.event(number, "purchase"))
        seen.append(adapter.costSummary().dailyBudgetUtilization ?? -1)
      }
      #expect(zip(seen, seen.dropFirst()).allSatisfy { $0 <= $1 } && seen.last == most, "\(mode)")
    }
  }

  @Test("The cost summary has the guide's twelve keys, then ours")
  func summary() throws {
    let adapter = try base.adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(100_000_000)]))
    adapter.capture(base.event(1))
    let summary = adapter.costSummary()
    guard case .object(let members) = summary.json else { return }
    #expect(
      members.map(\.key) == [
        "daily_costs", "monthly_costs", "daily_budget_limit", "monthly_budget_limit",
        "daily_budget_utilization", "active_sessions", "team", "project", "environment",
        "governance_enabled", "governance_policy", "cost_alerts_enabled", "weekly_costs",
        "weekly_budget_limit", "events_today", "flags_evaluated", "operations_count",
      ])
    #expect(summary.json["daily_costs"] == "0.00005")
    #expect(summary.json["governance_policy"] == "enforced")
    #expect(abs((summary.dailyBudgetUtilization ?? 0) - 0.05) < 1e-12)
    base.clock.advance(bySeconds: 24 * 3600)
    #expect(adapter.costSummary().dailyCosts == .zero)
    #expect(adapter.costSummary().monthlyCosts.nanos == 50_000)
  }

  @Test("Consent counts where a framework asks for it, and unknown is not yes")
  func consent() throws {
    let plan = GovernancePlan(mode: .strict, compliance: [.gdpr])
    let adapter = try base.adapter(plan)
    #expect(adapter.capture(base.event(1)) == .refused(Refusal(.consentUnknown)))
    #expect(adapter.capture(base.event(1), consent: false) == .refused(Refusal(.compliance)))
    #expect(adapter.capture(base.event(1), consent: true).wasSent)
    #expect(throws: Refusal.self) { try adapter.capture(base.event(2)).get() }
  }
}

extension CaptureOutcome {
  var refusalText: String {
    if case .refused(let refusal) = self { refusal.description } else { "" }
  }
}
