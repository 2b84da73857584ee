import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsUnits
import HTTPTypes
import Testing

@testable import GenOpsGateway

/// The five ways in which budget proxies fail their users, as reported of one (LiteLLM): a naive gateway would
/// fail each of these.
@Suite("Five failures of budget proxies")
struct BudgetProxyFailureTests {
  private static func change(_ limit: String) -> GatewayFixture.Change {
    GatewayFixture.Change(settings: [
      "GENOPS_GOVERNANCE_POLICY": "enforced", "GENOPS_DAILY_BUDGET_LIMIT": limit,
    ])
  }

  @Test("Bypass: however many ask at once and however they write it, not one event more is sent")
  func bypass() async throws {
    let fixture = try GatewayFixture()
    try await fixture.run(Self.change("0.0008")) { (gateway: GatewayAtWork) async throws in
      let paths = ["/batch/", "/e/", "/%62atch/", "/x/../i/v0/e", "//capture//"]
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<60 {
          group.addTask {
            let answer = try await gateway.decided(
              paths[number % paths.count], Events.batch(number..<number + 1))
            #expect([200, 402].contains(answer.status))
          }
        }
        try await group.waitForAll()
      }
    }
    // The end sends what waits, so nothing more is on its way. The last sixteenth may be leased too late.
    #expect((15...16).contains(fixture.upstream.events.count))
  }

  @Test("Stale rejection: a new day has its budget at once")
  func staleRejection() async throws {
    let fixture = try GatewayFixture()
    try await fixture.run(Self.change("0.0008")) { (gateway: GatewayAtWork) async throws in
      _ = try await gateway.capture(0..<17)
      _ = try await gateway.capture(17..<20)
      #expect(try await gateway.capture(20..<22).status == 402)
      fixture.clock.set(Timestamp("2027-01-11T00:00:01Z") ?? fixture.clock.now())
      #expect(try await gateway.capture(22..<23).status == 200)
    }
  }

  @Test("Phantom spend: what is refused, sent twice, or refused by PostHog is not paid for")
  func phantomSpend() async throws {
    let fixture = try GatewayFixture()
    fixture.upstream.answer { kept in
      // PostHog does not know this key.
      kept.json["api_key"] == "phc_unknown"
        ? Reply.error(.unauthorized, "invalid_api_key", "no project") : nil
    }
    try await fixture.run(Self.change("0.0008")) { (gateway: GatewayAtWork) async throws in
      #expect(try await gateway.capture(0..<8).status == 200)
      for _ in 0..<3 { #expect(try await gateway.capture(0..<8).status == 200) }
      #expect(try await gateway.capture(8..<16, key: "phc_unknown").status == 200)
      await fixture.upstream.wait { kept in
        kept.contains { $0.json["api_key"] == "phc_unknown" }
      }
      // What PostHog did not take leaves the budget as soon as its answer is read.
      var status = 402
      for number in 16..<1016 where status != 200 {
        status = try await gateway.capture(number..<number + 1).status
      }
      #expect(status == 200)
    }
    let uuids = fixture.upstream.events.compactMap { $0["uuid"]?.string }
    #expect(uuids.count == Set(uuids).count)
  }

  @Test("Race: the first requests of an unknown key are held to the budget too")
  func race() async throws {
    let fixture = try GatewayFixture()
    try await fixture.run(Self.change("0.0008")) { (gateway: GatewayAtWork) async throws in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<40 {
          group.addTask {
            _ = try await gateway.capture(number..<number + 1, key: "phc_new\(number % 8)")
          }
        }
        try await group.waitForAll()
      }
    }
    #expect((15...16).contains(fixture.upstream.events.count))
  }

  @Test("Uncounted endpoints: whatever PostHog bills moves its meter")
  func everyEndpointCounts() async throws {
    let fixture = try GatewayFixture()
    // A price for everything: what is counted is refused when nothing may be spent.
    var change = Self.change("0")
    change.opening =
      "events=200000000, feature_flag_requests=200000000, session_recordings=2000000, "
      + "llm_events=2000000, exceptions=2000000, survey_responses=2000000, logs_mb=100000, others=0"
    try await fixture.run(change) { (gateway: GatewayAtWork) async throws in
      let event = Events.event(1)
      let batch: JSONValue = ["api_key": "phc_a", "batch": [event]]
      let flags: JSONValue = ["token": "phc_a", "distinct_id": "u"]
      let snapshot: JSONValue = [
        [
          "event": "$snapshot",
          "properties": ["token": "phc_a", "distinct_id": "u", "$session_id": "s"],
        ]
      ]
      let log: JSONValue = .string(String(repeating: "x", count: 1_100_000))
      let bearer = [("Authorization", "Bearer phc_a")]
      let v1: JSONValue = ["batch": [event]]
      for (path, body, headers) in [
        ("/batch/", batch, []), ("/e/", batch, []), ("/i/v0/e/", batch, []),
        ("/capture/", batch, []),
        ("/track/", batch, []), ("/engage/", batch, []), ("/i/v0/ai/batch/", batch, []),
        ("/i/v1/analytics/events", v1, bearer), ("/flags/?v=2", flags, []),
        ("/decide/?v=3", flags, []), ("/s/", snapshot, []), ("/i/v1/logs?token=phc_a", log, []),
        ("/i/v0/ai", batch, bearer),
      ] {
        _ = try await gateway.post(path, body, headers: headers)
      }
      _ = try await gateway.send("GET", "/flags/definitions?token=phc_a")
      _ = try await gateway.send("GET", "/api/feature_flag/local_evaluation/?token=phc_a")
    }
    #expect(fixture.upstream.kept.map(\.uri) == [])
  }
}
