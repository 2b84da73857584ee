import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsPostHog

@Suite("No event takes others with it")
struct BadEventTests {
  let fixture = DeliveryFixture()
  let base = AdapterFixture()

  /// A server that refuses a whole batch for one event called `bad`, as PostHog does.
  final class Strict: HTTPExchange {
    private let state = Mutex((requests: 0, arrived: [String]()))
    var requests: Int { state.withLock { $0.requests } }
    var arrived: [String] { state.withLock { $0.arrived } }

    func send(_ request: WireRequest) async throws -> WireReply {
      guard case .array(let events)? = request.json["batch"] else { return WireReply(status: 400) }
      let names = events.compactMap { $0["event"]?.string }
      let isBad = names.contains { $0.hasPrefix("bad") }
      state.withLock { state in
        state.requests += 1
        if !isBad { state.arrived += events.compactMap { $0["uuid"]?.string } }
      }
      return WireReply(status: isBad ? 400 : 200)
    }
  }

  func delivery(_ server: Strict) throws -> EventDelivery {
    try EventDelivery(
      DeliveryConfiguration(endpoints: [DeliveryEndpoint(host: .us, key: Secret("phc_testkey"))]),
      exchange: server, clock: fixture.clock, timer: fixture.time.timer)
  }

  func send(_ number: Int, _ name: String, to delivery: EventDelivery) {
    delivery.enqueue(
      UsageEvent(
        name: name, distinctID: "ann", uuid: EventUUID(high: 5, low: UInt64(number)),
        timestamp: fixture.clock.now()),
      GovernanceStamp(owner: EventOwner(.none), cost: nil, weight: 1))
  }

  @Test(
    "A 400 for a batch is bisected: the bad event is lost and named, all others arrive in order")
  func bisected() async throws {
    let server = Strict()
    let delivery = try delivery(server)
    let lost = [0, 37, 99]
    await fixture.running(delivery) {
      for number in 0..<100 { send(number, lost.contains(number) ? "bad" : "good", to: delivery) }
      await delivery.flush(timeout: nil)
    }
    let expected = (0..<100).filter { !lost.contains($0) }
    #expect(server.arrived == expected.map { EventUUID(high: 5, low: UInt64($0)).description })
    #expect(delivery.counts.losses == [.rejected(status: 400): 3])
    #expect(delivery.counts.accepted == 97 && server.requests < 50)
  }

  @Test("A server that refuses whatever comes is not asked about every single event")
  func everything() async throws {
    let server = Strict()
    let delivery = try delivery(server)
    await fixture.running(delivery) {
      for number in 0..<2000 { send(number, "bad", to: delivery) }
    }
    #expect(delivery.counts.losses == [.rejected(status: 400): 2000])
    #expect(server.requests < 100)
  }

  struct Case: Sendable {
    var event: UsageEvent
    var reason: RefusalReason
  }

  static func nested(_ depth: Int) -> JSONValue {
    (1..<depth).reduce(.object([])) { value, _ in ["a": value] }
  }

  static let wrong: [Case] = {
    let now = Timestamp(microseconds: 1_800_000_000_000_000)
    func event(_ name: String, _ id: String, _ properties: JSONValue) -> UsageEvent {
      UsageEvent(name: name, distinctID: id, timestamp: now, properties: properties)
    }
    let large = String(repeating: "x", count: 900 * 1024)
    // A sixth of the limit, and every byte becomes six.
    let escaped = String(repeating: "\u{1}", count: 160 * 1024)
    return [
      Case(event: event("", "ann", [:]), reason: .noEventName),
      Case(event: event("a", "", [:]), reason: .noDistinctID),
      Case(event: event("a", "ann", nested(125)), reason: .tooDeep),
      Case(event: event("a", "ann", nested(500)), reason: .tooDeep),
      Case(event: event("a", "ann", ["x": .string(large)]), reason: .tooLarge),
      Case(event: event("a", "ann", ["x": .string(escaped)]), reason: .tooLarge),
    ]
  }()

  @Test(
    "What PostHog refuses a batch for is refused by itself before it costs anything",
    arguments: 0..<6)
  func refused(number: Int) throws {
    let adapter = try base.adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(1 << 40)]))
    let before = adapter.snapshot()
    let wrong = BadEventTests.wrong[number]
    #expect(adapter.capture(wrong.event) == .refused(Refusal(wrong.reason)))
    #expect(adapter.snapshot() == before && base.transport.all.isEmpty)
    let finding = adapter.findings().all.first { $0.code == "event-form" }
    #expect(finding?.message.hasSuffix("\(wrong.reason.id) 1") == true)
  }

  @Test("What is too large by its texts alone is not written to be counted")
  func gigabyte() {
    let long = JSONValue.string(String(repeating: "x", count: 1001))
    for properties in [
      ["x": long], ["x": [long]], .object([.init("\(1001)" + long.description, 1)]),
    ]
      as [JSONValue]
    {
      let event = UsageEvent(
        name: "a", distinctID: "ann", timestamp: fixture.clock.now(), properties: properties)
      let verdict = EventForm.judge(event, eventBytes: 1000) {
        Issue.record("it was written")
        return 0
      }
      guard case .refused(.tooLarge) = verdict else {
        Issue.record("\(verdict)")
        continue
      }
    }
  }

  @Test(
    "What PostHog takes is not refused: depth 124, numbers of all kinds, 900 KiB less what is added"
  )
  func taken() throws {
    let adapter = try base.adapter()
    let some: [JSONValue] = [
      BadEventTests.nested(124), ["x": .string(String(repeating: "x", count: 890 * 1024))],
      [
        "x": [
          0, -1, 1.5, .number("1e300"), .number("299.0"), .number("123456789012345678901234567890"),
        ]
      ],
    ]
    for properties in some {
      let receipt = adapter.capture("a", distinctID: "ann", properties: properties)
      #expect(receipt.wasSent)
    }
    #expect(
      base.transport.all[2].properties["x"]?.description.hasPrefix("[0,-1,1.5,1e300,299.0,") == true
    )
  }

  @Test(
    "A number that is none goes out as null, wherever it is, and the batch stays JSON",
    arguments: ["NaN", "inf", "-inf", "1e999", "-1e999", "", "0x10", "1_000", "01", "1,5"])
  func numbers(text: String) throws {
    let adapter = try base.adapter()
    let properties: JSONValue = ["a": .number(text), "b": [["c": .number(text)]], "d": 1]
    #expect(adapter.capture("a", distinctID: "ann", properties: properties).wasSent)
    let sent = try #require(base.transport.all.first)
    _ = try JSONParser.parse(Array(sent.outgoing.json.utf8), file: "event")
    #expect(sent.properties["a"] == .null && sent.properties["b"] == [["c": .null]])
    #expect(sent.properties["d"] == 1)
  }

  @Test("A long distinct id is the one that PostHog makes of it, for the meter too")
  func longID() throws {
    let adapter = try base.adapter()
    let long = String(repeating: "é", count: 250)
    adapter.capture("a", distinctID: long)
    adapter.capture("a", distinctID: String(repeating: "x", count: 200))
    let ids = base.transport.all.map(\.event.distinctID)
    #expect(
      ids == [
        String(repeating: "é", count: 200), String(repeating: "x", count: 200),
      ])
    #expect(base.transport.all[0].json["distinct_id"]?.string == ids[0])
  }

  func governed(_ delivery: EventDelivery, limit: Int64 = 50_000 * 100, used: Int64 = 1_000_000)
    throws -> PostHogAdapter
  {
    try PostHogAdapter(
      AdapterFixture.configuration(
        GovernancePlan(
          mode: .enforced,
          budgets: [
            base.dayBudget(limit), Budget(name: "year", limit: Money(units: 1), period: .year),
          ]),
        used: used), transport: delivery, clock: fixture.clock)
  }

  func event(_ number: Int, _ name: String) -> UsageEvent {
    UsageEvent(
      name: name, distinctID: "user-\(number)", uuid: EventUUID(high: 1, low: UInt64(number)),
      timestamp: fixture.clock.now(), processPersonProfile: false)
  }

  @Test("What the server refuses leaves meters and budgets, as if only the others had been sent")
  func takenBack() async throws {
    let server = Strict()
    let delivery = try delivery(server)
    let adapter = try governed(delivery)
    await fixture.running(delivery) {
      for number in 0..<100 {
        #expect(adapter.capture(event(number, number % 25 == 3 ? "bad" : "good")).wasSent)
      }
      #expect(adapter.snapshot().budgets[0].window.spent.nanos == 100 * 50_000)
      await delivery.flush(timeout: nil)
    }
    let other = try base.adapter(
      GovernancePlan(
        mode: .enforced,
        budgets: [
          base.dayBudget(50_000 * 100), Budget(name: "year", limit: Money(units: 1), period: .year),
        ]))
    for number in 0..<100 where number % 25 != 3 { other.capture(event(number, "good")) }
    let (ours, theirs) = (adapter.snapshot(), other.snapshot())
    #expect(ours.budgets.map(\.window.spent) == theirs.budgets.map(\.window.spent))
    #expect(ours.meters.map(\.usage) == theirs.meters.map(\.usage))
    #expect(adapter.costSummary().dailyCosts == other.costSummary().dailyCosts)
    #expect(adapter.findings().all.contains { $0.code == "lost-and-taken-back" })
  }

  @Test("A budget that was full has room again for what was lost, over a border of tiers too")
  func roomAgain() async throws {
    let server = Strict()
    let delivery = try delivery(server)
    // Four events before the border at 2 million: the price falls there from 50,000 to 34,300.
    let adapter = try governed(delivery, limit: 50_000 * 8, used: 1_999_996)
    await fixture.running(delivery) {
      var sent = 0
      for number in 0..<20 where adapter.capture(event(number, "bad")).wasSent { sent += 1 }
      #expect(sent == 9)
      await delivery.flush(timeout: nil)
      let window = adapter.snapshot().budgets[0].window
      #expect(window.spent == .zero)
      for number in 100..<120 where adapter.capture(event(number, "good")).wasSent { sent += 1 }
      #expect(sent == 18)
      await delivery.flush(timeout: nil)
    }
    #expect(delivery.counts.accepted == 9)
  }

  @Test(
    "A full queue costs no budget; what was tried in vain stays in it, since it may have arrived")
  func queueFull() async throws {
    let server = Strict()
    let limits = {
      var limits = DeliveryLimits()
      limits.capacity = 10
      return limits
    }()
    let delivery = try EventDelivery(
      DeliveryConfiguration(
        endpoints: [DeliveryEndpoint(host: .us, key: Secret("phc_testkey"))], limits: limits),
      exchange: server, clock: fixture.clock, timer: fixture.time.timer)
    let adapter = try governed(delivery)
    for number in 0..<30 { #expect(adapter.capture(event(number, "good")).wasSent) }
    #expect(delivery.counts.losses == [.queueFull: 20])
    #expect(adapter.snapshot().budgets[0].window.spent.nanos == 10 * 50_000)
    let task = Task { await delivery.run() }
    task.cancel()
    await task.value
    #expect(delivery.counts.losses[.abandoned] == 10)
    #expect(adapter.snapshot().budgets[0].window.spent.nanos == 10 * 50_000)
  }

  @Test("Of two accounts with one transport only the one that sent an event takes it back")
  func twoAccounts() async throws {
    let server = Strict()
    let delivery = try delivery(server)
    let (one, two) = (try governed(delivery), try governed(delivery))
    await fixture.running(delivery) {
      for number in 0..<10 { #expect(one.capture(event(number, "bad")).wasSent) }
      for number in 10..<20 { #expect(two.capture(event(number, "good")).wasSent) }
      await delivery.flush(timeout: nil)
    }
    #expect(one.snapshot().budgets[0].window.spent == .zero)
    #expect(two.snapshot().budgets[0].window.spent.nanos == 10 * 50_000)
  }
}
