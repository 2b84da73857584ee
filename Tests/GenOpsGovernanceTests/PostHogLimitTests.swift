import GenOpsCosting
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsGovernance

@Suite("PostHog's limit in units")
struct PostHogLimitTests {
  private let tables = [
    Meter.events: RateTable([
      .init(upTo: 100, origin: 0, base: 0, unit: 0),
      .init(upTo: 200, origin: 100, base: 0, unit: 5),
      .init(upTo: .max, origin: 200, base: 500, unit: 2),
    ]),
    .identifiedEvents: RateTable([
      .init(upTo: 100, origin: 0, base: 0, unit: 0),
      .init(upTo: .max, origin: 100, base: 0, unit: 3),
    ]),
    .sessionRecordings: RateTable([
      .init(upTo: 10, origin: 0, base: 0, unit: 0), .init(upTo: .max, origin: 10, base: 0, unit: 7),
    ]),
    .surveyResponses: .free,
  ]

  private func units(_ meter: Meter, _ nanos: Int64, addOns: Bool = true) -> Int64? {
    PostHogLimit(meter: meter, amount: Money(nanos: nanos), countsAddOns: addOns)
      .units(tables: tables)
  }

  @Test("It is the most units that the amount pays for")
  func units() {
    #expect(units(.events, 0, addOns: false) == 100)
    #expect(units(.events, 4, addOns: false) == 100)
    #expect(units(.events, 5, addOns: false) == 101)
    #expect(units(.events, 500, addOns: false) == 200)
    #expect(units(.events, 503, addOns: false) == 201)
    #expect(units(.sessionRecordings, 70) == 1020)
    #expect(units(.surveyResponses, 0) == Int64.max / 2)
    #expect(units(.llmEvents, 5) == nil)
  }

  @Test("Prices of add-ons on the same events are added, as on PostHog's billing page")
  func addOns() {
    #expect(units(.events, 0) == 100)
    #expect(units(.events, 8) == 101)
    #expect(units(.events, 800) == 200)
    #expect(units(.events, 804) == 200)
    #expect(units(.events, 805) == 201)
  }

  @Test("A limit in units needs no price; the free plan ends at the free units and the buffer")
  func otherCaps() {
    #expect(PostHogLimit(meter: .events, cap: .units(70)).units(tables: tables) == 70)
    #expect(PostHogLimit(meter: .llmEvents, cap: .units(70)).units(tables: tables) == 70)
    #expect(PostHogLimit(meter: .sessionRecordings, cap: .units(70)).units(tables: tables) == 1070)
    func free(_ meter: Meter) -> Int64? {
      PostHogLimit(meter: meter, cap: .freeAllotment).units(tables: tables)
    }
    #expect(free(.events) == 100 && free(.sessionRecordings) == 1010)
    // They follow events, or are free throughout.
    #expect(free(.identifiedEvents) == Int64.max / 2 && free(.surveyResponses) == Int64.max / 2)
    #expect(free(.llmEvents) == nil)
  }

  @Test(
    "A policy reads amounts, units and the words for all or none",
    arguments: [
      (
        #"{"events": "100 USD per month"}"#,
        PostHogLimit.Cap.money(Money(units: 100), currency: "USD")
      ),
      (#"{"events": "9M events per month"}"#, .units(9_000_000)),
      (#"{"events": "1 event per month"}"#, .units(1)),
      (#"{"events": {"limit": "2k events/month", "grace_days": 1}}"#, .units(2000)),
      (#"{"events": "free"}"#, .freeAllotment), (#""free""#, .freeAllotment),
      (#"{"events": "none"}"#, nil), (#""none""#, nil),
    ])
  func reading(text: String, cap: PostHogLimit.Cap?) throws {
    var findings = Findings()
    let node = try JSONParser.parse(Array(text.utf8), file: "f")
    let policy = try #require(PostHogLimitPolicy(node, &findings))
    var plan = GovernancePlan(postHogLimits: [PostHogLimit(meter: .events, amount: Money(units: 7))]
    )
    policy.apply(to: &plan)
    plan.validate(&findings)
    #expect(plan.postHogLimits.first { $0.meter == .events }?.cap == cap && findings.all.isEmpty)
  }

  @Test(
    "A number without its unit is refused, and so are units of another thing or time",
    arguments: [
      "2500 per month", "9M events", "9M events per day", "9M recordings per month",
      "-1 events per month", "freee",
    ])
  func wrong(text: String) throws {
    var findings = Findings()
    let node = try JSONParser.parse(Array(#"{"events": "\#(text)"}"#.utf8), file: "f")
    #expect(PostHogLimitPolicy(node, &findings) == nil && findings.hasErrors)
  }

  @Test("It agrees with counting one by one")
  func naive() {
    for nanos in stride(from: Int64(0), through: 2000, by: 37) {
      var most: Int64 = 0
      while (tables[.events]?.cost(of: most + 1)?.nanos ?? .max) <= nanos { most += 1 }
      #expect(units(.events, nanos, addOns: false) == most)
    }
  }
}
