import GenOpsCosting
import GenOpsMetering
import GenOpsUnits
import Testing

/// The integration guide's functions with its own price table.
@Suite("Functions of the integration guide")
struct GuideFunctionTests {
  private let calculator = CostCalculator(book: PriceBooks.builtIn["genops-guide"] ?? .unpriced)

  @Test("the calls of the guide's reference")
  func reference() throws {
    let events = try calculator.calculateEventCost(eventCount: 10_000, isIdentified: true)
    #expect(events.description == "1.98")
    #expect(try calculator.calculateEventCost(eventCount: 10_000) == .zero)
    #expect(try calculator.calculateFeatureFlagCost(requestCount: 50_000) == .zero)
    #expect(try calculator.calculateSessionRecordingCost(recordingCount: 2_000) == .zero)
    let llm = try calculator.calculateLLMAnalyticsCost(eventCount: 150_000)
    #expect(llm.description == "5.00")
    let session = try calculator.calculateSessionCost(
      eventCount: 10_000, identifiedEvents: 3_000, featureFlagRequests: 25_000,
      sessionRecordings: 1_000)
    #expect(session.totalCost.description == "0.594")
    #expect(session.costPerEvent?.description == "0.0000594")
  }

  @Test("the guide's three scenarios, under its short names")
  func scenarios() throws {
    let costs = try [
      (100_000, 50_000, 2_000), (200_000, 100_000, 5_000), (500_000, 250_000, 10_000),
    ].map { events, flags, recordings in
      try calculator.calculateSessionCost(
        events: Int64(events), flags: Int64(flags), recordings: Int64(recordings)
      ).totalCost.description
    }
    #expect(costs == ["0.00", "0.00", "0.355"])
  }

  @Test("three products on one account share one free tier: the sum of three bills is too small")
  func products() throws {
    let mixes: [(events: Int64, identified: Int64, flags: Int64, recordings: Int64)] = [
      (850_000, 255_000, 120_000, 8_000), (650_000, 390_000, 95_000, 5_500),
      (420_000, 378_000, 200_000, 1_200),
    ]
    var (apart, all) = (Money.zero, (events: Int64(0), identified: Int64(0), flags: Int64(0)))
    var recordings = Int64(0)
    for mix in mixes {
      apart += try calculator.calculateSessionCost(
        eventCount: mix.events, identifiedEvents: mix.identified,
        featureFlagRequests: mix.flags, sessionRecordings: mix.recordings
      ).totalCost
      all.events += mix.events
      all.identified += mix.identified
      all.flags += mix.flags
      recordings += mix.recordings
    }
    let account = try calculator.calculateSessionCost(
      eventCount: all.events, identifiedEvents: all.identified, featureFlagRequests: all.flags,
      sessionRecordings: recordings)
    #expect(apart.description == "202.8025")
    #expect(account.totalCost.description == "249.2427")
  }

  @Test("a session in the middle of a month costs what it adds")
  func marginal() throws {
    let opening = MeterTotals([.events: 1_500_000])
    let session = try calculator.calculateSessionCost(
      eventCount: 1_000, identifiedEvents: 100, after: opening)
    #expect(session.totalCost.description == "0.0698")
    let fresh = try calculator.calculateSessionCost(eventCount: 1_000, identifiedEvents: 100)
    #expect(fresh.totalCost.description == "0.0198")
  }

  @Test("the JSON has the guide's keys in its order")
  func json() throws {
    let session = try calculator.calculateSessionCost(
      eventCount: 10_000, identifiedEvents: 3_000, featureFlagRequests: 25_000,
      sessionRecordings: 1_000)
    #expect(
      session.json.description == """
        {"event_count":10000,"identified_events":3000,"feature_flag_requests":25000,\
        "session_recordings":1000,"llm_events":0,"total_cost":"0.594",\
        "cost_breakdown":{"events":"0.00","identified_events":"0.594","feature_flags":"0.00",\
        "session_recordings":"0.00","llm_analytics":"0.00"},"cost_per_event":"0.0000594",\
        "free_tier_usage":{"events":{"used":10000,"allotment":1000000,"remaining":990000,"percent":1},\
        "identified_events":{"used":3000,"allotment":0,"remaining":0,"percent":null},\
        "feature_flags":{"used":25000,"allotment":1000000,"remaining":975000,"percent":2.5},\
        "session_recordings":{"used":1000,"allotment":5000,"remaining":4000,"percent":20},\
        "llm_analytics":{"used":0,"allotment":100000,"remaining":100000,"percent":0}}}
        """)
  }

  @Test("a session without events has no cost per event")
  func noEvents() throws {
    let session = try calculator.calculateSessionCost(featureFlagRequests: 1_200_000)
    #expect(session.totalCost.description == "1.00" && session.costPerEvent == nil)
    #expect(session.json["cost_per_event"] == .null)
  }

  @Test("cost per event is rounded to the nearest nano-unit, half up")
  func rounding() throws {
    let session = try calculator.calculateSessionCost(eventCount: 3, identifiedEvents: 1)
    #expect(session.costPerEvent?.description == "0.000066")
    let half = try calculator.calculateSessionCost(eventCount: 16_000, identifiedEvents: 4)
    #expect(half.costPerEvent?.nanos == 50)  // 49.5
  }

  @Test("a book without a price for what was used is an error, not a smaller sum")
  func unknown() {
    #expect(throws: CostError.unknownPrice(.events, book: "unpriced")) {
      try CostCalculator(book: .unpriced).calculateSessionCost(eventCount: 1)
    }
  }
}
