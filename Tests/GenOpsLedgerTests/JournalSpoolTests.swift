import GenOpsAdmission
import Foundation
import GRDB
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsLedger
@testable import GenOpsPostHog

/// A timer whose work a test runs.
final class ManualJournalTimer: Sendable {
  private let state = Mutex(
    (now: Duration.zero, works: [(due: Duration, run: @Sendable () -> Void)]()))

  var timer: JournalTimer {
    JournalTimer(
      uptime: { self.state.withLock { $0.now } },
      run: { pause, work in self.state.withLock { $0.works.append(($0.now + pause, work)) } })
  }

  /// Runs what is due until then.
  func advance(by pause: Duration) {
    let due = state.withLock { state in
      state.now += pause
      let now = state.now
      let due = state.works.filter { $0.due <= now }.map(\.run)
      state.works.removeAll { $0.due <= now }
      return due
    }
    for run in due { run() }
  }

  var isIdle: Bool { state.withLock { $0.works.isEmpty } }
}

@Suite("The journal as the spool")
struct JournalSpoolTests {
  let fixture: LedgerFixture
  init() throws { fixture = try LedgerFixture() }

  func account(_ ledger: Ledger, _ timer: ManualJournalTimer) throws -> LedgerAccount {
    try LedgerAccount(
      ledger: ledger, name: "main", at: fixture.clock.now(), clock: fixture.clock,
      timer: timer.timer)
  }

  func delivery(_ account: LedgerAccount, _ exchange: any HTTPExchange = Accepting()) throws
    -> EventDelivery
  {
    try EventDelivery(
      DeliveryConfiguration(endpoints: [DeliveryEndpoint(host: .us, key: Secret("phc_testkey"))]),
      exchange: exchange, spool: account, clock: fixture.clock)
  }

  /// PostHog, which accepts. It remembers the bodies.
  final class Accepting: HTTPExchange {
    private let received = Mutex<[String]>([])
    var bodies: [String] { received.withLock { $0 } }

    func send(_ request: WireRequest) async throws -> WireReply {
      received.withLock { $0.append(String(decoding: request.body, as: UTF8.self)) }
      return WireReply(status: 200)
    }
  }

  @Test(
    "An event from elsewhere comes back, and goes out, byte for byte", arguments: [true, false])
  func foreign(isSoon: Bool) async throws {
    let json =
      #"{"event":"$set","$set":{"plan":"pro"},"distinct_id":"ann","offset":12,"#
      + #""uuid":"00000000-0000-0009-0000-000000000001","timestamp":"2027-01-10T12:00:00.250Z","#
      + #""properties":{"$lib":"web", "price":299.0}}"#
    let event = OutgoingEvent(uuid: EventUUID(high: 9, low: 1), json: json)
    let account = try fixture.account(isSoon ? .soon : .onDisk)
    try account.keep(event)
    #expect(try account.pending(limit: 10) == [event])
    try account.close(at: fixture.clock.now())
    let next = try fixture.account()
    let exchange = Accepting()
    let delivery = try delivery(next, exchange)
    // As `run()` does first; a flush before that has nothing to wait for.
    delivery.loadSpool()
    let task = Task { await delivery.run() }
    await delivery.flush(timeout: nil)
    delivery.shutDown()
    await task.value
    #expect(delivery.spoolFailures == 0 && delivery.counts.accepted == 1, "\(delivery.counts)")
    #expect(exchange.bodies.count == 1 && exchange.bodies[0].contains("[" + json + "]"))
    #expect(try next.events(of: "ann").first?.properties["$set"] == ["plan": "pro"])
    #expect(try next.waitingCount() == 0)
  }

  @Test("What capture writes is what is stored and what is sent, the same bytes")
  func sameBytes() async throws {
    let account = try fixture.account()
    let exchange = Accepting()
    let delivery = try delivery(account, exchange)
    let adapter = try PostHogAdapter(
      {
        var configuration = AdapterConfiguration(attribution: Attribution(team: "growth"))
        configuration.use(account)
        return configuration
      }(), transport: delivery, clock: fixture.clock)
    for number in 0..<3 { #expect(adapter.capture(fixture.event(number)).wasSent) }
    let stored = try account.waiting().map(\.outgoing.json)
    #expect(stored.count == 3 && stored[0].contains(#""genops_team":"growth""#))
    // The clock goes on: what was written is not written again.
    fixture.clock.advance(bySeconds: 60)
    let task = Task { await delivery.run() }
    await delivery.flush(timeout: nil)
    delivery.shutDown()
    await task.value
    #expect(exchange.bodies.count == 1)
    #expect(exchange.bodies[0].contains("[" + stored.joined(separator: ",") + "]"))
    #expect(try account.waitingCount() == 0 && delivery.counts.copies == 0)
  }

  @Test("With background writing no capture waits for the file, not even a locked one")
  func nobodyWaits() throws {
    let timer = ManualJournalTimer()
    let ledger = try Ledger(
      path: fixture.path, options: .init(acceptance: .soon, patience: 0))
    let account = try account(ledger, timer)
    let delivery = try delivery(account)
    let adapter = try fixture.adapter(account)
    let other = try DatabaseQueue(path: fixture.path)
    try other.inDatabase { db in
      try db.execute(sql: "BEGIN EXCLUSIVE")
      for number in 0..<5 { #expect(adapter.capture(fixture.event(number)).wasSent) }
      for number in 5..<8 {
        let event = fixture.event(number)
        let stamp = GovernanceStamp(owner: EventOwner(.none), cost: nil, weight: 1)
        delivery.enqueue(event, stamp)
      }
      #expect(delivery.spoolFailures == 0 && account.waits == 0)
      // The background finds the file locked, and tries again by itself.
      timer.advance(by: .seconds(1))
      try db.execute(sql: "ROLLBACK")
    }
    #expect(try fixture.account(.soon).waitingCount() == 0)
    timer.advance(by: .seconds(1))
    #expect(try fixture.account(.soon).waitingCount() == 8)
  }

  @Test("Background writing writes a quarter of a second after the first event, and is then idle")
  func byTime() throws {
    let timer = ManualJournalTimer()
    let account = try account(try fixture.open(.soon), timer)
    let adapter = try fixture.adapter(account)
    let reader = try fixture.account(.soon)
    adapter.capture(fixture.event(1))
    timer.advance(by: .milliseconds(100))
    adapter.capture(fixture.event(2))
    timer.advance(by: .milliseconds(149))
    #expect(try reader.waitingCount() == 0)
    timer.advance(by: .milliseconds(1))
    // Without a flush or another capture, an idle process that is killed has lost nothing.
    #expect(try reader.waitingCount() == 2)
    #expect(timer.isIdle)
    // By count it does not wait for the time.
    for number in 3..<2051 { adapter.capture(fixture.event(number)) }
    timer.advance(by: .zero)
    #expect(try reader.waitingCount() == 2050)
  }

  @Test("An event that is delivered before it is written is written as delivered")
  func deliveredFirst() throws {
    let timer = ManualJournalTimer()
    let account = try account(try fixture.open(.soon), timer)
    let adapter = try fixture.adapter(account)
    for number in 0..<4 { adapter.capture(fixture.event(number)) }
    account.confirm(uuids: [fixture.event(0).uuid, fixture.event(1).uuid].compactMap(\.self))
    account.reject(uuids: [fixture.event(2).uuid].compactMap(\.self), reason: "400")
    timer.advance(by: .milliseconds(250))
    #expect(try account.waiting().map(\.event.uuid?.low) == [3])
    #expect(try account.exportEvents { _ in } == 4)
    #expect(try account.ledger.audit().contains { $0.kind == "given-up" })
    // Kept again, as a copy from elsewhere, it stays what it is.
    try account.keep(OutgoingEvent(uuid: EventUUID(high: 1, low: 0), json: "{}"))
    #expect(try account.pending(limit: 10).map(\.uuid.low) == [3])
  }

  @Test("A delivery that ends is not sent again, also when the disk could not be told at once")
  func toldLater() throws {
    let timer = ManualJournalTimer()
    let ledger = try Ledger(path: fixture.path, options: .init(acceptance: .soon, patience: 0))
    let account = try account(ledger, timer)
    let adapter = try fixture.adapter(account)
    for number in 0..<2 { adapter.capture(fixture.event(number)) }
    try account.flush()
    let other = try DatabaseQueue(path: fixture.path)
    try other.inDatabase { db in
      try db.execute(sql: "BEGIN EXCLUSIVE")
      account.confirm(uuids: [EventUUID(high: 1, low: 0)])
      timer.advance(by: .zero)
      #expect(throws: LedgerError.self) { try account.pending(limit: 10) }
      try db.execute(sql: "ROLLBACK")
    }
    timer.advance(by: .seconds(1))
    #expect(try account.pending(limit: 10).map(\.uuid.low) == [1])
  }

  @Test("The ledger keeps the spool's contract", arguments: [Ledger.Acceptance.soon, .onDisk])
  func contract(acceptance: Ledger.Acceptance) throws {
    let violations = try SpoolContract.violations(
      open: { try fixture.account(acceptance) }, end: { try $0.close(at: fixture.clock.now()) })
    #expect(violations == [])
  }

  @Test("The ledger keeps the budget store's contract")
  func budgetContract() throws {
    let ledger = try fixture.open()
    let violations = try BudgetStoreContract.violations {
      try ledger.account("main", clock: fixture.clock)
    }
    #expect(violations == [])
  }

  @Test("A killed process's events go to one of those that ask, and to no other")
  func orphans() throws {
    let (one, two) = (try fixture.account(), try fixture.account())
    do {
      // Nothing is given back: its lock is let go of, as that of a process that is killed.
      let killed = try fixture.account()
      let adapter = try fixture.adapter(killed)
      for number in 0..<6 { adapter.capture(fixture.event(number)) }
      #expect(try one.pending(limit: 10).isEmpty && two.pending(limit: 10).isEmpty)
    }
    #expect(try one.pending(limit: 4).map(\.uuid.low) == [0, 1, 2, 3])
    #expect(try two.pending(limit: 10).map(\.uuid.low) == [4, 5])
    #expect(try one.pending(limit: 10).map(\.uuid.low) == [0, 1, 2, 3])
    #expect(try one.ledger.audit().contains { $0.kind == "holder-lost" })
  }

  @Test("A ledger of the version before opens, and its events go out as they would have")
  func migration() throws {
    do {
      let pool = try DatabasePool(path: fixture.path)
      try LedgerSchema.migrator.migrate(pool, upTo: "3 audit and consent")
      try pool.write { db in
        try db.execute(sql: "INSERT INTO account (name) VALUES ('main')")
        let rows: [(Int, String, String, Int)] = [
          (
            1, #"{"number":1,"genops_team":"forged","price":299.0}"#, #"{"genops_team":"growth"}"#,
            0
          ),
          (2, #"{"$set":{"a":1}}"#, "{}", 0), (3, "{}", "{}", 1),
        ]
        for (number, properties, stamp, state) in rows {
          try db.execute(
            sql: """
              INSERT INTO event (account, uuid, distinct_id, name, at, decided, cost, weight, owner,
                properties, stamp, state) VALUES (1, ?, ?, ?, ?, ?, 50000, 1, '{"team":"growth"}',
                ?, ?, ?)
              """,
            arguments: [
              EventUUID(high: 1, low: UInt64(number)).data, "user-\(number)",
              number == 2 ? "$set" : "search", fixture.clock.now().microseconds,
              fixture.clock.now().microseconds, properties, stamp, state,
            ])
        }
      }
      try pool.close()
    }
    let account = try fixture.account()
    let pending = try account.pending(limit: 10)
    #expect(pending.map(\.uuid.low) == [1, 2])
    let json = try pending.map { JSONValue(try JSONParser.parse(Array($0.json.utf8), file: "e")) }
    #expect(json[0]["distinct_id"] == "user-1" && json[0]["event"] == "search")
    #expect(json[0]["properties"]?["genops_team"] == "growth")
    #expect(json[0]["properties"]?["price"] == .number("299.0"))
    #expect(json[0]["properties"]?["$lib"] == "genops-swift")
    #expect(json[1]["$set"] == ["a": 1])
    let waiting = try account.waiting()
    #expect(waiting[0].stamp.cost == Money(nanos: 50_000))
    #expect(waiting[0].stamp.owner.attribution.team == "growth")
    #expect(try account.exportEvents { _ in } == 3)
    // New events come behind the old ones.
    try account.keep(OutgoingEvent(uuid: EventUUID(high: 1, low: 9), json: "{}"))
    #expect(try account.pending(limit: 10).map(\.uuid.low) == [1, 2, 9])
  }
}
