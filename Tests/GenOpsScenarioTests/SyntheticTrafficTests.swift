import GenOpsUnits
import Testing

@testable import GenOpsScenario

struct `Synthetic traffic` {
  /// posthog.com, docs/feature-flags/cutting-costs: one server at 30 s is 864,000 requests in 30
  /// days; 25 servers are 21.6 million.
  @Test func `counts a poll as ten flag requests`() {
    #expect(FlagPollers.dailyRequests(interval: 30) * 30 == 864_000)
    #expect(25 * FlagPollers.dailyRequests(interval: 30) * 30 == 21_600_000)
    #expect(25 * FlagPollers.dailyRequests(interval: 300) * 30 == 2_160_000)
  }

  @Test func `has PostHog's own table to begin with`() {
    #expect(EventsPerUser.named("b2b-autocapture")?.perMonth == 87)
    #expect(EventsPerUser.all.count == 10)
    #expect(EventsPerUser.named("unheard-of") == nil)
  }
}
