import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

/// An anonymous event costs 50,000 nano-units, 0.00005 USD.
@Suite("A session's own budget")
struct SessionBudgetTests {
  let base = AdapterFixture()

  /// Room for so many events, and a nano-unit short of one more.
  func budget(events: Int64, isHard: Bool = true) -> SessionBudget {
    SessionBudget(limit: Money(nanos: 50_000 * events + 49_999), isHard: isHard)
  }

  /// Captures events of the numbers in the session and says which were sent.
  func sent(_ numbers: Range<Int>, _ session: AnalyticsSession, _ name: String = "$pageview")
    -> [Bool]
  {
    numbers.map { session.capture(base.event($0, name)).wasSent }
  }

  @Test("refuses what would pass it, says whose it is, and ends with the session")
  func ends() throws {
    let adapter = try base.adapter(GovernancePlan(mode: .enforced))
    let session = try adapter.withSession(
      "import", attribution: Attribution(feature: "files"), budget: budget(events: 3)
    ) { session in
      #expect(sent(0..<5, session) == [true, true, true, false, false])
      let refused = session.capture(base.event(5))
      let error = #expect(throws: BudgetExceeded.self) { try refused.get() }
      let exceeded = try #require(error)
      #expect(exceeded.name == "import" && exceeded.sessionID == session.id)
      #expect(exceeded.limit.nanos == 199_999 && exceeded.spent.nanos == 150_000)
      #expect(exceeded.cost?.nanos == 50_000 && exceeded.resetsAt == nil)
      #expect(exceeded.scope.feature == "files" && exceeded.currency == "USD")
      #expect(
        exceeded.description
          == "the budget of the session 'import' is used up: 0.00015 of 0.000199999 USD spent, "
          + "one more costs 0.00005; it ends with the session")
      // Other work of the account goes on, and so does another session of the same name.
      #expect(AnalyticsSession.$current.withValue(nil) { adapter.capture(base.event(6)).wasSent })
      adapter.withSession("import", budget: budget(events: 1)) { _ in }
      return session
    }
    adapter.withSession("import", budget: budget(events: 3)) {
      #expect(sent(10..<14, $0) == [true, true, true, false])
    }
    let standing = try #require(session.budgetStanding)
    #expect(standing.spent.nanos == 150_000 && standing.refused == 3)
    #expect(standing.left.nanos == 49_999 && standing.overspent == .zero)
    // It binds nothing after its end.
    #expect(session.capture(base.event(7)).wasSent)
    #expect(session.budgetStanding == standing)
    #expect(
      adapter.findings().all.first { $0.code == "session-budget" }?.message
        == "2 sessions came to the end of their own budget, which refused 4 items")
  }

  @Test(
    "refuses nothing where it is soft or the mode is advisory, and counts",
    arguments: [(GovernanceMode.advisory, true), (.enforced, false), (.strict, false)])
  func soft(mode: GovernanceMode, isHard: Bool) throws {
    let adapter = try base.adapter(GovernancePlan(mode: mode))
    adapter.withSession("import", budget: budget(events: 1, isHard: isHard)) { session in
      #expect(sent(0..<4, session) == [true, true, true, true])
      #expect(session.budgetStanding?.spent.nanos == 200_000)
      #expect(session.budgetStanding?.overspent.nanos == 100_001)
      #expect(session.budgetStanding?.refused == 0 && session.budgetStanding?.left == .zero)
    }
    #expect(adapter.findings().all.contains { $0.code == "session-budget" })
  }

  @Test("goes by the mode of the place, and holds nothing back without governance")
  func places() throws {
    var plan = GovernancePlan(mode: .enforced)
    plan.scopedModes = [ScopedMode(scope: Attribution(environment: "test"), mode: .advisory)]
    let adapter = try base.adapter(plan)
    let tests = adapter.view(Attribution(environment: "test"))
    adapter.withSession("import", budget: budget(events: 1)) { session in
      #expect(sent(0..<2, session) == [true, false])
      #expect(tests.capture(base.event(2), session: session).wasSent)
      #expect(session.budgetStanding?.spent.nanos == 100_000)
    }
    let open = try base.adapter(plan) { $0.isGovernanceEnabled = false }
    let none = SessionBudget(limit: .zero, sampling: SamplingRates(standard: 0))
    open.withSession("import", budget: none) { #expect(sent(0..<2, $0) == [true, true]) }
  }

  @Test("keeps the last part for critical events in strict mode")
  func reserve() throws {
    let adapter = try base.adapter(GovernancePlan(mode: .strict))
    // Room for 20: of them 19 for everything, because 5 % are the price of one.
    adapter.withSession("import", budget: SessionBudget(limit: Money(nanos: 1_000_000))) {
      session in
      #expect(sent(0..<20, session).count { $0 } == 19)
      #expect(sent(20..<21, session, "purchase") == [true])
      #expect(session.budgetStanding?.left == .zero)
    }
  }

  @Test("keeps what is critical, the rest while there is room, and 30 % of what matters least")
  func priorities() throws {
    let classes = EventClassifier.standard.rules + [.init("detail", ["debug_*"])]
    let adapter = try base.adapter(GovernancePlan(mode: .enforced)) {
      $0.classifier = EventClassifier(classes)
    }
    var budget = budget(events: 100)
    budget.sampling = SamplingRates(byClass: ["detail": 0.3, "purchase": 0.3])
    adapter.withSession("import", budget: budget) { session in
      // By the hash of the person, the same for everyone who samples at this rate.
      let kept = (0..<100).filter { SamplingHash.survives(distinctID: "user-\($0)", rate: 0.3) }
      let outcomes = (0..<100).map { session.capture(base.event($0, "debug_trace")) }
      #expect(outcomes.indices.filter { outcomes[$0].wasSent } == kept)
      #expect(
        outcomes.allSatisfy { $0.wasSent || $0 == .sampled } && (15...45).contains(kept.count))
      #expect(base.transport.all.allSatisfy { $0.stamp.weight == 1 / 0.3 })
      let medium = sent(100..<250, session, "content_engagement")
      #expect(medium.count { $0 } == 100 - kept.count)
      #expect(sent(250..<260, session, "purchase") == Array(repeating: true, count: 10))
      #expect(session.budgetStanding?.spent.nanos == 5_500_000)
      // Without room what is kept by its rate is refused.
      let late = (260..<300).map { session.capture(base.event($0, "debug_trace")) }
      #expect(!late.contains { $0.wasSent } && session.summary.sampled > 70)
    }
    // The session's rates end with it.
    #expect((300..<310).allSatisfy { adapter.capture(base.event($0, "debug_trace")).wasSent })
  }

  @Test("of two rates takes the lower, whoever gives it")
  func rates() throws {
    var plan = GovernancePlan(mode: .enforced)
    plan.sampling = SamplingRates(byClass: ["page_view": 0.5, "click": 0.1])
    let adapter = try base.adapter(plan)
    let budget = SessionBudget(
      limit: Money(units: 1), sampling: SamplingRates(byClass: ["page_view": 0.2, "click": 0.9]))
    adapter.withSession("import", budget: budget) { session in
      for number in 0..<60 {
        _ = sent(number..<number + 1, session)
        _ = sent(number..<number + 1, session, "click")
      }
    }
    let weights = Dictionary(grouping: base.transport.all, by: \.event.name)
      .mapValues { Set($0.map(\.stamp.weight)) }
    #expect(weights["$pageview"] == [5] && weights["click"] == [10])
  }

  @Test("loosens no other budget, and leaves nothing of what it refuses in one")
  func otherBudgets() throws {
    let adapter = try base.adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(50_000 * 4)]))
    adapter.withSession("import", budget: budget(events: 2)) {
      #expect(sent(0..<6, $0) == [true, true, false, false, false, false])
    }
    let window = try #require(adapter.standing(ofBudget: "day"))
    #expect(window.spent.nanos == 100_000 && window.offered.nanos == 100_000)
    #expect(window.breach == nil)
    adapter.withSession("import", budget: budget(events: 9)) { session in
      #expect(sent(10..<13, session) == [true, true, false])
      #expect(session.budgetStanding?.refused == 0)
    }
    let refusal = adapter.capture(base.event(13))
    #expect(throws: BudgetExceeded.self) { try refusal.get() }
    if case .refused(let why) = refusal { #expect(why.budget?.name == "day") }
    // Copies cost nothing and ask for no room.
    adapter.withSession("import", budget: budget(events: 0)) {
      #expect($0.capture(base.event(0)) == .duplicate && $0.budgetStanding?.refused == 0)
    }
  }

  @Test("prices items across tiers, alike in bulk and one by one")
  func tiers() throws {
    func run(_ parts: [Int64]) throws -> (Int64, SessionBudgetStanding?) {
      var opening = OpeningBalance.nothing
      opening.current[.featureFlagRequests] = 999_990
      let adapter = try base.adapter(GovernancePlan(mode: .enforced)) { $0.opening = opening }
      return adapter.withSession("flags", budget: SessionBudget(limit: Money(nanos: 555_000))) {
        session in
        (
          parts.reduce(0) { $0 + session.record(.flagRequest, count: $1).sent },
          session.budgetStanding
        )
      }
    }
    // Ten are free, and each further one costs 0.0001.
    let bulk = try run([100])
    #expect(bulk.0 == 15 && bulk.1?.spent.nanos == 500_000 && bulk.1?.refused == 85)
    let single = try run(Array(repeating: 1, count: 100))
    #expect(single.0 == bulk.0 && single.1 == bulk.1)
  }

  @Test("of a session around another bounds both")
  func nested() throws {
    let adapter = try base.adapter(GovernancePlan(mode: .enforced))
    adapter.withSession("outer", budget: budget(events: 4)) { outer in
      adapter.withSession("inner") { #expect(sent(0..<1, $0) == [true]) }
      adapter.withSession("inner", budget: budget(events: 2)) { inner in
        #expect(sent(1..<4, inner) == [true, true, false])
        #expect(inner.budgetStanding?.refused == 1 && outer.budgetStanding?.refused == 0)
        #expect(sent(4..<5, outer) == [true])
      }
      adapter.withSession("inner", budget: budget(events: 9)) { inner in
        let refused = inner.capture(base.event(5))
        if case .refused(let why) = refused { #expect(why.budget?.name == "outer") }
        #expect(!refused.wasSent && inner.budgetStanding?.refused == 0)
      }
      #expect(outer.budgetStanding?.spent.nanos == 200_000 && outer.summary.cost.nanos == 50_000)
    }
    // What a batch holds is not part of the session that happens to be current when it is full.
    let batcher = EventBatcher(adapter, batchSize: 2)
    adapter.withSession("request", budget: budget(events: 0)) { _ in
      for number in 10..<12 { _ = batcher.add(base.event(number)) }
    }
    #expect(base.transport.all.suffix(2).map(\.event.distinctID) == ["user-10", "user-11"])
  }
}
