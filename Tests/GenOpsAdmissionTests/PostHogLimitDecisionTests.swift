import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsAdmission

@Suite("PostHog's limit decides")
struct PostHogLimitDecisionTests {
  private func plan(_ meter: Meter = .events, nanos: Int64, grace: Int = 0) -> GovernancePlan {
    GovernancePlan(
      postHogLimits: [PostHogLimit(meter: meter, amount: Money(nanos: nanos), graceDays: grace)])
  }

  @Test("It drops from the crossing to the end of the billing period, in advisory mode too")
  func toPeriodEnd() throws {
    var account = try CoreCase(plan(nanos: 100), anchorDay: 15)
    #expect(try account.offer(15, at: "2027-01-10T08:00:00Z").sent == 10)
    let dropped = try account.offer(5, at: "2027-01-14T23:59:59Z")
    #expect(dropped.refused == 5 && dropped.reason == .postHogLimit)
    #expect(account.tally.dropped == 10)
    #expect(try account.offer(5, at: "2027-01-15T00:00:00Z").sent == 5)
  }

  @Test("Recordings have a buffer of 1,000")
  func buffer() throws {
    var account = try CoreCase(plan(.sessionRecordings, nanos: 100))
    let outcome = try account.offer(5000, at: "2027-01-10T08:00:00Z", of: Usage(.sessionRecordings))
    #expect(outcome.sent == 1010)
  }

  @Test("The free plan ends at the free units, and its buffer costs nothing")
  func freePlan() throws {
    let table = RateTable([
      .init(upTo: 10, origin: 0, base: 0, unit: 0), .init(upTo: .max, origin: 10, base: 0, unit: 7),
    ])
    var account = try CoreCase(
      GovernancePlan(postHogLimits: PostHogLimitPolicy.freePlan.limits),
      tables: [.events: table, .sessionRecordings: table])
    let recorded = try account.offer(
      5000, at: "2027-01-10T08:00:00Z", of: Usage(.sessionRecordings))
    #expect(recorded.sent == 1010 && recorded.costNanos == 0)
    #expect(try account.offer(50, at: "2027-01-10T08:00:00Z").sent == 10)
  }

  @Test("Grace lets data flow for full days after the day of crossing")
  func grace() throws {
    var account = try CoreCase(plan(nanos: 100, grace: 1))
    #expect(try account.offer(15, at: "2027-01-10T08:00:00Z").sent == 15)
    #expect(try account.offer(15, at: "2027-01-11T23:00:00Z").sent == 15)
    #expect(try account.offer(15, at: "2027-01-12T00:00:00Z").sent == 0)
  }

  @Test("Grace beyond the period's end means no drop in it")
  func graceOverEnd() throws {
    var account = try CoreCase(plan(nanos: 100, grace: 3))
    try account.offer(15, at: "2027-01-29T08:00:00Z")
    #expect(try account.offer(15, at: "2027-01-31T23:00:00Z").sent == 15)
    #expect(try account.offer(15, at: "2027-02-02T08:00:00Z").sent == 15)
  }

  @Test("Other products and events without a meter pass")
  func apart() throws {
    var account = try CoreCase(plan(nanos: 0))
    #expect(try account.offer(5, at: "2027-01-10T08:00:00Z").refused == 5)
    #expect(
      try account.offer(5, at: "2027-01-10T08:00:00Z", of: Usage(.sessionRecordings)).sent == 5)
    #expect(try account.offer(5, at: "2027-01-10T08:00:00Z", of: .none).notBillable == 5)
  }

  @Test("Identified events fall with their events")
  func identified() throws {
    var account = try CoreCase(plan(nanos: 0), tables: [.events: .free, .identifiedEvents: .free])
    var usage = Usage(.events)
    usage.add(.identifiedEvents)
    #expect(try account.offer(5, at: "2027-01-10T08:00:00Z", of: usage).sent == 5)
  }

  @Test("The item that reaches the limit passes, as the usage before it is compared")
  func lastItem() throws {
    var account = try CoreCase(plan(nanos: 100))
    let tens = Usage(.events, 4)
    #expect(try account.offer(5, at: "2027-01-10T08:00:00Z", of: tens).sent == 3)
  }

  @Test("Without a price for the product the rules say so")
  func noPrice() {
    #expect(throws: FindingsError.self) {
      try Rules(plan: plan(.llmEvents, nanos: 5), tables: [:])
    }
  }
}
