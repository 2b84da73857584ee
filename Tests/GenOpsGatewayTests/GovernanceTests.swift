import GenOpsPostHog
import GenOpsUnits
import HTTPTypes
import Testing

@testable import GenOpsGateway

/// Sixteen anonymous events a day fit: each costs 0.00005 USD. A sixteenth of a budget is leased last, and an event
/// fits into it.
private let sixteenADay = GatewayFixture.Change(settings: [
  "GENOPS_GOVERNANCE_POLICY": "enforced", "GENOPS_DAILY_BUDGET_LIMIT": "0.0008",
])

@Suite("Decisions that clients understand")
struct GovernanceTests {
  @Test("What does not fit is dropped event by event with 200, and a whole batch of it is 402")
  func budget() async throws {
    let fixture = try GatewayFixture()
    try await fixture.run(sixteenADay) { (gateway: GatewayAtWork) async throws in
      let first = try await gateway.capture(0..<21)
      #expect(first.status == 200)
      guard case .array(let dropped)? = first.json["dropped"] else {
        Issue.record("nothing dropped: \(first.text)")
        return
      }
      // The last sixteenth may be leased a moment too late.
      #expect((5...6).contains(dropped.count) && dropped.allSatisfy { $0["reason"] == "budget" })
      #expect(dropped.last?["uuid"] == .string(Events.uuid(20)))
      _ = try await gateway.capture(21..<25)
      let last = try await gateway.capture(25..<30)
      #expect(last.status == 402)
      #expect(last.json["detail"]?.string?.contains("budget 'daily' is used up") == true)
    }
    #expect((15...16).contains(fixture.upstream.events.count))
  }

  @Test("Capture V1 is told of each event that is dropped")
  func perEvent() async throws {
    let fixture = try GatewayFixture()
    try await fixture.run(sixteenADay) { (gateway: GatewayAtWork) async throws in
      let body: JSONValue = [
        "batch": .array(
          (0..<18).map { number in
            [
              "event": "e", "uuid": .string(Events.uuid(number)), "distinct_id": "u",
              "timestamp": "2027-01-10T12:00:00Z", "options": ["process_person_profile": false],
              "properties": [:],
            ]
          })
      ]
      let answer = try await gateway.decided(
        "/i/v1/analytics/events", body, headers: [("Authorization", "Bearer phc_a")])
      #expect(answer.status == 200)
      #expect(answer.json["results"]?[Events.uuid(14)]?["result"] == "ok")
      #expect(answer.json["results"]?[Events.uuid(17)]?["result"] == "drop")
      #expect(answer.json["results"]?[Events.uuid(17)]?["details"] == "budget")
    }
  }

  @Test("Advisory mode lets everything pass and counts it")
  func advisory() async throws {
    let fixture = try GatewayFixture()
    let change = GatewayFixture.Change(settings: ["GENOPS_DAILY_BUDGET_LIMIT": "0.0005"])
    try await fixture.run(change) { (gateway: GatewayAtWork) async throws in
      #expect(try await gateway.capture(0..<20).status == 200)
      await fixture.upstream.waitForEvents(20)
      let metrics = try await gateway.send("GET", "/metrics")
      #expect(metrics.text.contains("genops_gateway_events_total{outcome=\"sent\"} 20"))
    }
  }

  @Test(
    "Flags over budget are answered as PostHog answers over a quota",
    arguments: [
      ("/flags/?v=2", #"{"flags":{},"#), ("/flags/?v=4", #"{"flags":{},"#),
      ("/decide/?v=3", #"{"featureFlags":{},"#), ("/decide/?v=1", #"{"featureFlags":[],"#),
    ])
  func flags(_ path: String, _ begins: String) async throws {
    let fixture = try GatewayFixture()
    var change = sixteenADay
    change.settings["GENOPS_DAILY_BUDGET_LIMIT"] = "0.0016"
    fixture.upstream.answer { kept in
      kept.uri.hasPrefix("/flags") || kept.uri.hasPrefix("/decide")
        ? Reply.json(.ok, ["flags": ["beta": true]]) : nil
    }
    try await fixture.run(change) { (gateway: GatewayAtWork) async throws in
      let body: JSONValue = ["api_key": "phc_a", "distinct_id": "u"]
      #expect(try await gateway.post(path, body).json["flags"]?["beta"] == true)
      // A request without flags is not billed.
      let free: JSONValue = ["api_key": "phc_a", "distinct_id": "u", "disable_flags": true]
      #expect(try await gateway.post(path, free).json["flags"]?["beta"] == true)
      var limited = try await gateway.post(path, body)
      for _ in 0..<40 where limited.json["quotaLimited"] == nil {
        limited = try await gateway.post(path, body)
      }
      #expect(limited.status == 200 && limited.text.hasPrefix(begins), "\(limited.text)")
      #expect(limited.json["quotaLimited"] == ["feature_flags"])
      let definitions = try await gateway.send("GET", "/flags/definitions?token=phc_a")
      #expect(definitions.status == 402)
    }
    #expect((16...17).contains(fixture.upstream.kept.count))
  }

  @Test("A recording is counted once, passes unread, and is refused as a quota")
  func recordings() async throws {
    let fixture = try GatewayFixture()
    var change = sixteenADay
    change.settings["GENOPS_DAILY_BUDGET_LIMIT"] = "0.08"
    try await fixture.run(change) { (gateway: GatewayAtWork) async throws in
      func snapshots(_ sessions: [String]) -> JSONValue {
        .array(
          sessions.map {
            [
              "event": "$snapshot",
              "properties": [
                "token": "phc_a", "distinct_id": "u", "$session_id": .string($0),
                "$snapshot_data": [["type": 3]],
              ],
            ]
          })
      }
      let first = snapshots(["s-1", "s-1"])
      for _ in 0..<3 { #expect(try await gateway.post("/s/", first).status == 200) }
      // Sixteen recordings fit; a lease may have one less at first.
      var refused = 0
      for number in 2..<30 {
        let answer = try await gateway.post("/s/", snapshots(["s-\(number)"]))
        if answer.json["quota_limited"] == ["recordings"] { refused += 1 }
      }
      #expect((13...14).contains(refused))
      let mixed = try await gateway.post("/s/", snapshots(["s-1", "s-29", "s-1"]))
      #expect(mixed.status == 200)
      let kept = fixture.upstream.kept
      #expect(kept.count == 3 + 28 - refused + 1)
      #expect(kept.first?.body == Array(first.description.utf8))
      #expect(kept.last?.body == Array(snapshots(["s-1", "s-1"]).description.utf8))
    }
  }

  @Test("Rules say whose an event is, and the rest is counted as unattributed")
  func attribution() async throws {
    let fixture = try GatewayFixture()
    var change = GatewayFixture.Change()
    change.configure = { configuration in
      var findings = Findings()
      let text = """
        {"attribution": [
          {"when": {"property": {"number": "2"}}, "set": {"feature": "two"}},
          {"when": {"key": "phc_a", "header": {"X-Team": "shop"}}, "set": {"team": "shop"}},
          {"when": {"path": "/e/"}, "set": {"team": "browser"}}]}
        """
      if let node = try? JSONParser.parse(Array(text.utf8), file: "gateway.json") {
        configuration.attribution = GatewayFile(node, &findings).attribution
      }
      #expect(findings.all.isEmpty)
    }
    try await fixture.run(change) { (gateway: GatewayAtWork) async throws in
      _ = try await gateway.post(
        "/batch/", Events.batch(1..<3), headers: [("X-Team", "shop")])
      _ = try await gateway.post("/e/", Events.batch(3..<4))
      _ = try await gateway.post("/batch/", Events.batch(4..<5))
      await fixture.upstream.waitForEvents(4)
      let said = fixture.upstream.events.map {
        "\($0["properties"]?["number"] ?? .null) \($0["properties"]?["genops_team"]?.string ?? "-") "
          + ($0["properties"]?["genops_feature"]?.string ?? "-")
      }
      #expect(said.sorted() == ["1 shop -", "2 shop two", "3 browser -", "4 web -"])
      let metrics = try await gateway.send("GET", "/metrics")
      #expect(metrics.text.contains("genops_gateway_unattributed_events_total 1"))
    }
  }

  @Test("A program without a client posts an event and hears what it costs")
  func analytics() async throws {
    let fixture = try GatewayFixture()
    var change = sixteenADay
    change.settings["POSTHOG_API_KEY"] = "phc_mine"
    try await fixture.run(change) { (gateway: GatewayAtWork) async throws in
      let body: JSONValue = ["event": "signed up", "properties": ["plan": "pro"]]
      let first = try await gateway.decided("/api/analytics", body)
      #expect(first.status == 200 && first.json["cost"] == "0.00005")
      #expect(first.json["event_name"] == "signed up" && first.json["is_identified"] == false)
      var refused = first
      for _ in 1..<20 where refused.status == 200 {
        refused = try await gateway.decided("/api/analytics", body)
      }
      #expect(refused.status == 402 && refused.json["outcome"] == "budget")
      #expect(try await gateway.post("/api/analytics", ["properties": [:]]).status == 400)
    }
    #expect(fixture.upstream.kept[0].json["api_key"] == "phc_mine")
    #expect((15...16).contains(fixture.upstream.events.count))
  }

  @Test("Accounts have budgets of their own, by key")
  func accounts() async throws {
    let fixture = try GatewayFixture()
    var change = GatewayFixture.Change()
    change.configure = { configuration in
      var findings = Findings()
      let text = """
        {"accounts": {"agency": {"keys": ["phc_b"], "settings": {
          "governance_policy": "enforced", "daily_budget_limit": "0", "opening_usage": "events=1000000, others=0"}}}}
        """
      guard let node = try? JSONParser.parse(Array(text.utf8), file: "gateway.json") else { return }
      for account in GatewayFile(node, &findings).accounts {
        configuration.accounts.append(
          AccountConfiguration(
            name: account.name, keys: account.keys, settings: .init([account.settings])))
      }
      #expect(!findings.hasErrors)
    }
    try await fixture.run(change) { (gateway: GatewayAtWork) async throws in
      #expect(try await gateway.capture(0..<3, key: "phc_a").status == 200)
      #expect(try await gateway.capture(3..<6, key: "phc_b").status == 402)
      let metrics = try await gateway.send("GET", "/metrics")
      #expect(metrics.text.contains("account=\"agency\""))
    }
  }
}
