import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// What is lost is a part of all that is offered in the period, for every option alike.
struct `The part that is lost` {
  /// 3,000,000 events and 30,000 recordings in a month. 1,000,000 events are free, and so are 5,000 recordings, to
  /// which 20 USD add 4,000 and PostHog's buffer 1,000.
  @Test func `has the same base for every option`() async throws {
    let run = try await TextScenario.run(
      """
      period: 2027-04 to 2027-04
      traffic:
        - site: {events: 100k per day, session_recordings: 1000 per day, identified: 0%, noise: none}
      options:
        - films: {posthog_limit: {session_replay: 20 USD per month}}
        - events: {posthog_limit: {product_analytics: 0 USD per month}}
        - both: {posthog_limit: {session_replay: 20 USD per month, product_analytics: 0 USD per month}}
        - half: {sample: {all: 50%}}
      expect:
        films: [lost.share(events) == 0%, lost.share(recordings) > 66%, lost.share(recordings) < 67%]
        both: [lost.share(events) > 66%]
      """, paths: 2)
    let lost = Dictionary(uniqueKeysWithValues: run.result.options.map { ($0.name, $0.lost) })
    for option in lost.values {
      #expect(option.offered == 3_030_000)
      #expect(option.offeredByMeter.map(\.meter) == [.events, .sessionRecordings])
      #expect(option.offeredByMeter.map(\.offered) == [3_000_000, 30_000])
    }
    func share(_ name: String) -> Double { lost[name]?.share ?? -1 }
    #expect(share("as is") == 0)
    #expect(abs(share("films") - 2.0 / 3) < 1e-9)
    #expect(abs(share("events") - 2.0 / 3) < 1e-9)
    #expect(abs(share("both") - 2.0 / 3) < 1e-9)
    #expect(abs(share("half") - 0.5) < 0.05)
    for one in run.result.expectations { #expect(one.passed, "\(one)") }
  }

  @Test func `is asked for of a meter that there is`() {
    let scenario = """
      period: 2027-04 to 2027-04
      traffic: [site: {events: 100k per day, identified: 0%}]
      expect: [lost.share(surveys) <= 5%]
      """
    #expect(TextScenario.findings(scenario).map(\.code).contains("metric-argument"))
  }
}
