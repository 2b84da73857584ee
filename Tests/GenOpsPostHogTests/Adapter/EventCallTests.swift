import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsPostHog
import GenOpsAdmission

@Suite("Events by name, persons, groups, recordings, AI")
struct EventCallTests {
  let base = AdapterFixture()

  @Test("A named event keeps its properties to the letter and gets what it lacks")
  func named() throws {
    let adapter = try base.adapter()
    let receipt = adapter.capture(
      "signup_completed", distinctID: "user_12345",
      properties: ["value": .number("299.00"), "nested": ["a": [1, 2]]],
      groups: ["team": "7", "company": "acme"], isIdentified: true,
      timestamp: Timestamp("2027-01-10T11:00:00Z"))
    let sent = try #require(base.transport.all.first?.event)
    #expect(sent == receipt.event && sent.uuid != nil && sent.hasGroups)
    #expect(
      sent.properties.description
        == #"{"value":299.00,"nested":{"a":[1,2]},"$groups":{"company":"acme","team":"7"}}"#)
    #expect(sent.timestamp == Timestamp("2027-01-10T11:00:00Z"))
    #expect(try receipt.get()?.nanos == 50_000)
  }

  @Test("Without a distinct id the person is random and anonymous")
  func anonymous() throws {
    let adapter = try base.adapter()
    let (first, second) = (adapter.capture("search"), adapter.capture("search", isIdentified: true))
    #expect(first.event.distinctID != second.event.distinctID)
    #expect(EventUUID(first.event.distinctID) != nil)
    for receipt in [first, second] {
      #expect(receipt.event.properties["$process_person_profile"] == false)
      #expect(receipt.event.processPersonProfile == false)
    }
    #expect(adapter.snapshot().totals[Meter.identifiedEvents.index].units == 0)
  }

  @Test("An event about a person asks for a profile, called by its name too")
  func persons() throws {
    let adapter = try base.adapter()
    for name in [
      "$identify", "$create_alias", "$merge_dangerously", "$groupidentify", "$set", "$set_once",
    ] {
      let receipt = adapter.capture(name, distinctID: "ann")
      #expect(receipt.event.properties["$process_person_profile"] == nil, "\(name)")
    }
    let bob = adapter.capture("search", distinctID: "bob", isIdentified: false)
    #expect(bob.event.processPersonProfile == false)
    #expect(adapter.snapshot().totals[Meter.identifiedEvents.index].units == 6)
  }

  @Test("With a distinct id an event is identified, on adapter, session and façade alike")
  func identifiedByDefault() throws {
    let adapter = try base.adapter()
    var receipts = [adapter.capture("search", distinctID: "ann")]
    adapter.withSession("work") { receipts.append($0.capture("search", distinctID: "ann")) }
    receipts.append(adapter.capture(AIGeneration(model: "m", provider: "p"), distinctID: "ann"))
    GenOps.withAdapter(adapter) {
      if let receipt = GenOps.capture("search", distinctID: "ann") { receipts.append(receipt) }
    }
    #expect(receipts.map(\.event.processPersonProfile) == [nil, nil, nil, nil])
    #expect(receipts.allSatisfy { $0.event.properties["$process_person_profile"] == nil })
  }

  @Test("What PostHog drops for a super property costs nothing, and makes nobody known")
  func superProperty() throws {
    let adapter = try base.adapter()
    adapter.register(["$process_person_profile": false])
    let receipt = adapter.identify("ann", anonymousID: "a1")
    #expect(try receipt.get() == .zero)
    adapter.capture("search", distinctID: "ann")
    adapter.capture("search", distinctID: "ann", groups: ["company": "acme"])
    let totals = adapter.snapshot().totals
    #expect(totals[Meter.events.index].units == 2)
    #expect(totals[Meter.identifiedEvents.index].units == 0)
    #expect(totals[Meter.groupEvents.index].units == 0)
    // A text is not a choice.
    adapter.register(["$process_person_profile": "false"])
    adapter.capture(
      UsageEvent(name: "search", distinctID: "eve", timestamp: base.clock.now()))
    #expect(adapter.snapshot().totals[Meter.identifiedEvents.index].units == 1)
  }

  @Test("An identified event costs its surcharge, in the receipt too")
  func identified() throws {
    let guide = try #require(PriceBooks.builtIn["genops-guide"])
    let adapter = try base.adapter {
      $0.calculator = CostCalculator(book: guide)
      $0.opening.current[.identifiedEvents] = 0
    }
    let receipt = adapter.withSession("onboarding") { _ in
      adapter.capture("search", distinctID: "ann", isIdentified: true)
    }
    guard case .object(let members) = receipt.json else { return }
    #expect(
      members.map(\.key) == [
        "event_name", "distinct_id", "cost", "governance_applied", "timestamp", "properties_count",
        "is_identified", "uuid", "outcome", "session_id",
      ])
    #expect(receipt.json["cost"] == "0.000248" && receipt.json["is_identified"] == true)
    #expect(receipt.json["outcome"] == "sent" && receipt.json["governance_applied"] == true)
    #expect(receipt.json["session_id"]?.string == receipt.sessionID)
    #expect(try receipt.get()?.text(decimals: 6) == "0.000248")
    #expect(receipt.event.properties["$process_person_profile"] == nil)
    let anonymous = adapter.capture("search", distinctID: "bob", isIdentified: false)
    #expect(anonymous.event.properties["$process_person_profile"] == false)
    #expect(anonymous.json["cost"] == "0.00005" && anonymous.json["is_identified"] == false)
    #expect(adapter.record(.flagRequest).cost == .zero)
  }

  @Test(
    "Beyond the free allotments a unit of each meter costs the guide's price, within them nothing")
  func guidePrices() throws {
    let guide = try #require(PriceBooks.builtIn["genops-guide"])
    let used: [Meter: Int64] = [
      .events: 1_000_000, .featureFlagRequests: 1_000_000, .sessionRecordings: 5_000,
      .llmEvents: 100_000,
    ]
    for (isUsed, costs) in [
      (true, ["0.00005", "0.000005", "0.000071", "0.0001"]),
      (false, ["0.00", "0.00", "0.00", "0.00"]),
    ] {
      let adapter = try base.adapter {
        $0.calculator = CostCalculator(book: guide)
        $0.opening.current = isUsed ? used : used.mapValues { _ in 0 }
      }
      let seen = [
        try adapter.capture("search", distinctID: "ann", isIdentified: false).get(),
        adapter.record(.flagRequest).cost,
        try adapter.startRecording("r1").get(),
        try adapter.capture(AIGeneration(model: "m", provider: "p"), distinctID: "ann").get(),
      ]
      #expect(seen.map { $0?.description } == costs)
      #expect(adapter.costSummary().dailyCosts.description == (isUsed ? "0.000226" : "0.00"))
    }
  }

  @Test("Persons and groups travel as PostHog's clients send them, and make persons")
  func people() throws {
    let adapter = try base.adapter { $0.opening.current[.identifiedEvents] = 0 }
    adapter.identify("user-1", anonymousID: "anon-9", set: ["name": "Ann"], setOnce: ["first": 1])
    adapter.alias("user-1", of: "anon-8")
    adapter.group("company", "acme", set: ["name": "Acme"])
    adapter.group("company", "acme", distinctID: "user-1")
    adapter.set(["plan": "paid"], for: "user-1")
    adapter.setOnce(["initial": "x"], for: "user-1")
    let sent = base.transport.all.map(\.event)
    #expect(
      sent.map { "\($0.name) \($0.distinctID) \($0.properties)" } == [
        #"$identify user-1 {"$anon_distinct_id":"anon-9","$set":{"name":"Ann"},"#
          + #""$set_once":{"first":1}}"#,
        #"$create_alias anon-8 {"distinct_id":"anon-8","alias":"user-1"}"#,
        #"$groupidentify $company_acme {"$group_type":"company","$group_key":"acme","#
          + #""$group_set":{"name":"Acme"}}"#,
        #"$groupidentify user-1 {"$group_type":"company","$group_key":"acme","$group_set":{}}"#,
        #"$set user-1 {"$set":{"plan":"paid"}}"#,
        #"$set_once user-1 {"$set_once":{"initial":"x"}}"#,
      ])
    // All are billed, as identified; and the two ids that were joined are known from now on.
    #expect(adapter.snapshot().totals[Meter.identifiedEvents.index].units == 6)
    adapter.capture("search", distinctID: "anon-9")
    #expect(adapter.snapshot().totals[Meter.identifiedEvents.index].units == 7)
  }

  @Test("AI events are on their own meter, with the attribution of the session")
  func ai() throws {
    let adapter = try base.adapter { $0.opening.current[.llmEvents] = 100_000 }
    adapter.withSession("chat", attribution: Attribution(customer: "acme", feature: "assistant")) {
      session in
      adapter.capture(
        AIGeneration(
          model: "gpt-4o", provider: "openai", inputTokens: 12, outputTokens: 34, latency: 0.5,
          traceID: "t1"), distinctID: "user-1")
      #expect(session.summary.llmEventsTracked == 1 && session.summary.cost > .zero)
    }
    let sent = try #require(base.transport.all.first)
    #expect(
      sent.event.properties.description
        == #"{"$ai_model":"gpt-4o","$ai_provider":"openai","$ai_input_tokens":12,"#
        + #""$ai_output_tokens":34,"$ai_trace_id":"t1","$ai_latency":0.5}"#)
    let stamp = JSONValue.object(sent.stamp.properties(at: base.clock.now()))
    #expect(stamp["genops_customer_id"] == "acme" && stamp["genops_feature"] == "assistant")
    #expect(adapter.snapshot().totals[Meter.events.index].units == 0)
  }

  @Test("A recording is one per session id and day pair, and sends no event")
  func recordings() throws {
    let adapter = try base.adapter { $0.opening.current[.sessionRecordings] = 5000 }
    let session = adapter.withSession("visit") { session in
      #expect(adapter.startRecording("r1").wasSent && adapter.startRecording("r1").wasSent)
      #expect(adapter.startRecording("r2", isMobile: true).wasSent)
      return session
    }
    #expect(session.summary.recordingsCreated == 2 && session.summary.eventsCaptured == 0)
    #expect(adapter.snapshot().totals[Meter.sessionRecordings.index].units == 1)
    #expect(adapter.costSummary().eventsToday == 0 && base.transport.all.isEmpty)
    #expect(adapter.costSummary().operationsCount == 3)
  }

  @Test("The summary counts the day's events and flag requests, and forgets them at midnight")
  func dayCounts() throws {
    let adapter = try base.adapter()
    for number in 0..<3 { adapter.capture(base.event(number)) }
    adapter.record(.flagRequest, count: 4)
    var summary = adapter.costSummary()
    #expect(summary.eventsToday == 3 && summary.flagsEvaluatedToday == 4)
    #expect(summary.weeklyCosts.nanos == 150_000)
    base.clock.advance(bySeconds: 86_400)  // Monday.
    summary = adapter.costSummary()
    #expect(summary.eventsToday == 0 && summary.flagsEvaluatedToday == 0)
    #expect(summary.weeklyCosts == .zero && summary.monthlyCosts.nanos == 150_000)
    #expect(summary.operationsCount == 7)
  }
}
