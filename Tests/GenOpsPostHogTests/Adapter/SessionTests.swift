import GenOpsAdmission
import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsPostHog

@Suite("Sessions")
struct SessionTests {
  let base = AdapterFixture()

  @Test("Owners take a bounded memory, and a budget of one of them holds all the same")
  func manyOwners() throws {
    let adapter = try base.adapter(
      GovernancePlan(
        mode: .enforced,
        budgets: [base.dayBudget(100_000, scope: Attribution(customer: "acme"))])
    ) { $0.mostOwnerBytes = 20_000 }
    for number in 0..<200 {
      let name = String(repeating: "x", count: 500) + "\(number)"
      adapter.view(Attribution(customer: name)).capture(base.event(number))
    }
    let owners = Set(adapter.snapshot().registeredClasses.map(\.attribution))
    #expect(owners.count < 20 && owners.contains { $0.customer == "(others)" })
    #expect(adapter.findings().all.contains { $0.code == "owners-folded" })
    // Events keep their own names.
    #expect(base.transport.all.last?.stamp.owner.attribution.customer?.hasSuffix("x199") == true)
    #expect(adapter.snapshot().totals[Meter.events.index].units == 200)
    let acme = adapter.view(Attribution(customer: "acme", feature: "search"))
    let outcomes = (200..<205).map { acme.capture(base.event($0)).wasSent }
    #expect(outcomes == [true, true, false, false, false])
  }

  @Test("Owners that nothing holds are dropped after an idle month, and new ones told apart")
  func idleOwners() throws {
    let adapter = try base.adapter(
      GovernancePlan(
        mode: .enforced,
        budgets: [base.dayBudget(0, scope: Attribution(customer: "acme"))]))
    let held = adapter.view(Attribution(customer: "held"))
    held.capture(base.event(0))
    var number = 1
    var most = 0
    for month in 0..<6 {
      for customer in 0..<50 {
        adapter.withSession(
          "visit", attribution: Attribution(customer: "\(month)-\(customer)")
        ) { _ in _ = adapter.capture(base.event(number)) }
        number += 1
      }
      // What is bound to a budget is bound to it under a number that was another's, too.
      adapter.withSession(
        "visit", attribution: Attribution(customer: "acme", feature: "\(month)")
      ) { #expect(!$0.capture(base.event(1000 + month)).wasSent) }
      most = max(most, adapter.account.state.withLock { $0.ownerCount })
      base.clock.advance(bySeconds: 40 * 86_400)
    }
    // Those of two months at most: a new day drops what was idle since before the present one.
    #expect(most <= 2 * 50 + 4, "\(most)")
    #expect(adapter.snapshot().registeredClasses.count <= 2 * 50 + 4)
    #expect(!adapter.findings().all.contains { $0.code == "owners-folded" })
    // Nothing is lost of what the account and the held view did.
    let all = adapter.snapshot()
    let tallies = all.usageClasses + all.retired.values
    #expect(tallies.reduce(0) { $0 + $1.sent } == 301)
    #expect(held.costSummary().operationsCount == 1)
    let metrics = adapter.metrics().filter { $0.name == "posthog_events_total" }
    let sent = metrics.filter { $0.labels.contains { $0.value == "sent" } }
    #expect(sent.reduce(0) { $0 + $1.value } == 301)
  }

  @Test("A session counts what is captured in it, in child tasks too, and no more after its end")
  func counts() async throws {
    let adapter = try base.adapter()
    let session = await adapter.withSession(
      "onboarding", attribution: Attribution(customer: "acme")
    ) {
      session in
      #expect(adapter.costSummary().activeSessions == 1)
      adapter.capture(base.event(1, identified: true))
      await withTaskGroup { group in
        for number in 2..<12 { group.addTask { _ = adapter.capture(base.event(number)) } }
      }
      adapter.capture(base.event(1, identified: true))
      adapter.record(.flagRequest, count: 3)
      return session
    }
    adapter.capture(base.event(50), session: session)
    let totals = session.summary
    #expect(totals.eventsCaptured == 11 && totals.identifiedEvents == 1 && totals.duplicates == 1)
    #expect(totals.flagsEvaluated == 3 && totals.cost.nanos == 11 * 50_000 && totals.end != nil)
    #expect(session.attribution.customer == "acme" && session.attribution.team == "growth")
    #expect(adapter.costSummary().activeSessions == 0)
    #expect(base.transport.all.first?.stamp.owner.attribution.customer == "acme")
  }

  @Test("A session ends when its body throws")
  func throwing() throws {
    struct Failed: Error {}
    let adapter = try base.adapter()
    var escaped: AnalyticsSession?
    #expect(throws: Failed.self) {
      try adapter.withSession("broken") { session in
        escaped = session
        adapter.capture(base.event(1))
        throw Failed()
      }
    }
    #expect(escaped?.isClosed == true && escaped?.summary.eventsCaptured == 1)
    #expect(adapter.costSummary().activeSessions == 0)
    #expect(AnalyticsSession.current == nil)
  }

  @Test("Strict mode refuses what names a closed session")
  func closed() throws {
    let adapter = try base.adapter(GovernancePlan(mode: .strict))
    let session = adapter.withSession("done") { $0 }
    #expect(adapter.capture(base.event(1), session: session) == .refused(Refusal(.attribution)))
    #expect(adapter.capture(base.event(1)).wasSent)
  }

  @Test("In the other modes it is sent, counts for no session, and is told")
  func late() throws {
    let adapter = try base.adapter(GovernancePlan(mode: .enforced))
    let session = adapter.withSession("done") { $0 }
    #expect(adapter.findings().all.isEmpty)
    #expect(adapter.capture(base.event(1), session: session).wasSent)
    #expect(adapter.record(.flagRequest, session: session).sent == 1)
    #expect(session.summary.eventsCaptured == 0 && session.summary.flagsEvaluated == 0)
    #expect(adapter.findings().all.map(\.message) == ["2 calls named a session that had ended"])
  }

  @Test("The sessions' costs add up to the account's")
  func addUp() throws {
    let adapter = try base.adapter(used: 999_990)
    var sum: Int64 = 0
    for part in 0..<5 {
      sum += adapter.withSession("part \(part)") { session in
        for number in 0..<10 { adapter.capture(base.event(part * 10 + number)) }
        return session.summary.cost.nanos
      }
    }
    #expect(sum == 40 * 50_000)
    #expect(adapter.costSummary().dailyCosts.nanos == sum)
  }

  @Test(
    "Sessions and what is outside of them add up to the account and to the bill, to the nano-unit",
    arguments: 0..<8)
  func addUpToTheBill(seed: Int) throws {
    var random = SeededGenerator(UInt64(seed))
    var opening = OpeningBalance.nothing
    opening.current[.events] = .random(in: 999_000...1_000_100, using: &random)
    opening.current[.featureFlagRequests] = .random(in: 999_900...1_000_000, using: &random)
    opening.current[.sessionRecordings] = .random(in: 4990...5010, using: &random)
    opening.current[.llmEvents] = .random(in: 99_980...100_001, using: &random)
    let adapter = try base.adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(30_000_000)])
    ) { $0.opening = opening }
    let tenants = ["acme", "globex"].map { adapter.view(Attribution(customer: $0)) }
    var (inside, outside) = (Money.zero, Money.zero)
    var number = 0
    /// One random operation; its cost.
    func work(_ adapter: PostHogAdapter) -> Money {
      number += 1
      let cost: Money? =
        switch Int.random(in: 0..<5, using: &random) {
        case 0: try? adapter.capture(base.event(number % 40, identified: true)).get()
        case 1: adapter.record(.flagRequest, count: .random(in: 1...90, using: &random)).cost
        case 2: try? adapter.startRecording("r\(number % 30)").get()
        case 3:
          try? adapter.capture(AIGeneration(model: "m", provider: "p"), distinctID: "ann").get()
        default: try? adapter.capture("conversion", distinctID: "ann").get()
        }
      return cost ?? .zero
    }
    for _ in 0..<20 {
      for _ in 0..<5 { outside += work(adapter) }
      inside += adapter.withSession("part", attribution: Attribution(feature: "search")) {
        session in
        let own = (0..<10).reduce(Money.zero) { sum, _ in
          sum + work(tenants.randomElement(using: &random) ?? adapter)
        }
        #expect(session.summary.cost == own)
        return session.summary.cost
      }
    }
    let snapshot = adapter.snapshot()
    let account = snapshot.totals.reduce(Int64(0)) { $0 + $1.cost }
    #expect(account > 0 && account == (inside + outside).nanos)
    let (before, after) = (totals(opening.current), totals(snapshot))
    let calculator = CostCalculator()
    let bills = try (calculator.bill(for: before).total, calculator.bill(for: after).total)
    #expect(bills.1 - bills.0 == inside + outside)
  }

  private func totals(_ usage: [Meter: Int64]) -> MeterTotals {
    var totals = MeterTotals()
    for (meter, units) in usage { totals[meter] = units }
    return totals
  }

  private func totals(_ snapshot: CoreSnapshot) -> MeterTotals {
    var totals = MeterTotals()
    for meter in snapshot.meters where meter.isCurrent { totals[meter.meter] = meter.usage }
    return totals
  }

  @Test("A tenant's view stays the tenant's in a session that another adapter opened")
  func tenantInSession() throws {
    let adapter = try base.adapter()
    let tenant = adapter.view(Attribution(project: "api", customer: "acme"))
    let session = adapter.withSession("request", attribution: Attribution(feature: "search")) {
      session in
      tenant.capture(base.event(1))
      adapter.capture(base.event(2))
      return session
    }
    let owners = base.transport.all.map(\.stamp.owner.attribution)
    #expect(owners[0].customer == "acme" && owners[0].project == "api")
    #expect(owners[1].customer == nil && owners[1].project == "shop")
    #expect(owners.allSatisfy { $0.feature == "search" })
    #expect(session.summary.cost.nanos == 100_000)
  }

  @Test("A session of one account can be the current one while another account captures")
  func otherAccount() throws {
    let (first, second) = (try base.adapter(), try base.adapter())
    for number in 0..<20 { _ = first.view(Attribution(customer: "\(number)")) }
    first.view(Attribution(customer: "new")).withSession("work") { session in
      second.capture(base.event(1))
      #expect(session.summary.cost.nanos == 50_000)
    }
    #expect(second.snapshot().registeredClasses.map(\.attribution.team) == ["growth"])
  }

  @Test("A session's events carry its id and attributes")
  func properties() throws {
    let adapter = try base.adapter()
    let session = adapter.withSession(
      "sampled", attributes: ["sample_rate": 0.1, "original_volume": 20_000]
    ) { session in
      session.capture("search", distinctID: "ann")
      return session
    }
    let stamp = try #require(base.transport.all.first?.stamp)
    let properties = JSONValue.object(stamp.properties(at: base.clock.now()))
    #expect(properties["genops_session_id"] == .string(session.id))
    #expect(properties["genops_session_sample_rate"] == 0.1)
    #expect(properties["genops_session_original_volume"] == 20_000)
  }

  @Test("A session in another has its attributes too, but for those that it names itself")
  func inherited() throws {
    let adapter = try base.adapter()
    let inner = adapter.withSession("request", attributes: ["route": "/cart", "step": 1]) { _ in
      adapter.withSession("checkout", attributes: ["step": 2]) { session in
        session.capture("search", distinctID: "ann")
        return session
      }
    }
    let stamp = try #require(base.transport.all.first?.stamp)
    let members = stamp.properties(at: base.clock.now()).filter {
      $0.key.hasPrefix("genops_session_")
    }
    #expect(members.map(\.key).sorted() == ["id", "route", "step"].map { "genops_session_\($0)" })
    let properties = JSONValue.object(members)
    #expect(properties["genops_session_id"] == .string(inner.id))
    #expect(properties["genops_session_route"] == "/cart")
    #expect(properties["genops_session_step"] == 2)
    // The next one is in none.
    #expect(adapter.withSession("after") { $0.attributes }.isEmpty)
  }

  @Test("Conversions count when they are sent, with their value")
  func conversions() throws {
    let adapter = try base.adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(100_000)]))
    let session = adapter.withSession("campaign") { session in
      for number in 0..<4 {
        session.recordConversion(
          value: Money(units: 25), distinctID: nil, properties: ["n": .integer(number)])
      }
      return session
    }
    let totals = session.summary
    #expect(totals.conversions == 2 && totals.conversionValue == Money(units: 50))
    #expect(totals.costPerConversion?.nanos == 50_000 && totals.refused == 2)
    #expect(base.transport.all[0].event.properties["value"] == .number("25.00"))
  }
}
