import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsTraffic

struct `Traffic sources` {
  @Test func `have names in kebab-case, one each, and say what they are`() {
    let entries = TrafficSources.all.entries
    #expect(Set(TrafficSources.all.names).count == entries.count)
    for entry in entries {
      #expect(entry.name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
      #expect(!entry.summary.isEmpty && entry.summary.count < 80 && !entry.kind.example.isEmpty)
    }
  }

  @Test(arguments: TrafficSources.histories.map { $0.name })
  func `of histories read their own example`(name: String) throws {
    let kind = try #require(TrafficSources.all[name])
    let found = UsageHistory.read(Array(kind.example.utf8), name: "example")
    let told = UsageHistory.read(Array(kind.example.utf8), name: "example", kind: name)
    #expect(found.total(of: .events)?.values.first == 2_100_000)
    #expect(told.total(of: .events)?.values.first == 2_100_000)
    #expect(found.findings.all.isEmpty && told.findings.all.isEmpty)
  }

  @Test(arguments: TrafficSources.events.map { $0.name })
  func `of events read their own example`(name: String) throws {
    let kind = try #require(TrafficSources.all[name])
    for told in [nil, name] {
      let stream = try EventStream(Array(kind.example.utf8), name: "example", kind: told)
      #expect(try stream.rest().map(\.name) == ["$pageview"])
      #expect(stream.findings.all.isEmpty)
    }
  }

  @Test func `that nobody knows are refused with the nearest name`() {
    let error = #expect(throws: FindingsError.self) {
      try EventStream([], name: "x", kind: "batch-exports")
    }
    #expect(error?.findings.all.first?.help == "did you mean 'batch-export'?")
  }
}

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
