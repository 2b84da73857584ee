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

  @Test("It agrees with counting one by one")
  func naive() {
    for nanos in stride(from: Int64(0), through: 2000, by: 37) {
      var most: Int64 = 0
      while (tables[.events]?.cost(of: most + 1)?.nanos ?? .max) <= nanos { most += 1 }
      #expect(units(.events, nanos, addOns: false) == most)
    }
  }
}
