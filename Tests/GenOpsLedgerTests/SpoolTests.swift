import Foundation
import GenOpsGovernance
import GenOpsIngestion
import GenOpsLedger
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsUnits
import Testing

@testable import GenOpsPostHog
import GenOpsAdmission

@Suite("The spool and the usage ledger")
struct SpoolTests {
  let fixture: LedgerFixture
  init() throws { fixture = try LedgerFixture() }

  @Test("An accepted event is in the file before capture returns, until it is confirmed")
  func accepted() throws {
    let account = try fixture.account()
    let adapter = try fixture.adapter(account)
    for number in 1...5 { #expect(adapter.capture(fixture.event(number)).wasSent) }
    // A second connection sees it.
    let other = try fixture.account()
    #expect(try other.waitingCount() == 5)
    account.confirm(uuids: [EventUUID(high: 1, low: 1), EventUUID(high: 1, low: 2)])
    account.confirm(uuids: [EventUUID(high: 1, low: 2), EventUUID(high: 9, low: 9)])
    #expect(try other.waiting().map(\.event.uuid?.low) == [3, 4, 5])
    let transport = RecordingTransport()
    // The process that holds them lives, and sends them itself.
    #expect(try other.resume(into: transport) == 0)
    try adapter.releaseLeases()
    try account.close(at: fixture.clock.now())
    #expect(try other.resume(into: transport) == 3)
    let again = try #require(transport.all.first)
    #expect(again.event.uuid == fixture.event(3).uuid && again.stamp.cost == Money(nanos: 50_000))
    #expect(again.event.distinctID == "user-3" && again.event.timestamp == fixture.clock.now())
    #expect(again.event.properties["number"] == 3 && again.event.processPersonProfile == false)
    // Governance's own is with the stamp, and in the bytes that go out.
    #expect(again.event.properties["genops_team"] == nil)
    #expect(again.outgoing.json == fixture.transport.all[2].outgoing.json)
    #expect(again.stamp.owner.attribution.team == "growth")
    try other.giveUp(
      uuids: [EventUUID(high: 1, low: 3)], reason: "400", at: fixture.clock.now())
    #expect(try other.waitingCount() == 2)
  }

  @Test("Background writing loses nothing that was flushed, and is one transaction for many")
  func background() throws {
    let account = try fixture.account(.soon)
    let adapter = try fixture.adapter(account)
    for number in 0..<700 { adapter.capture(fixture.event(number)) }
    try account.flush()
    #expect(try account.waitingCount() == 700)
    let accepted = try account.ledger.audit().filter { $0.kind == "accepted" }
    #expect(accepted.count < 10)
  }

  @Test("Sums are what the adapter counted: by owner, class and meter, refused apart")
  func sums() throws {
    let account = try fixture.account()
    let adapter = try fixture.adapter(account, limit: 50_000 * 6)
    let acme = adapter.view(Attribution(customer: "acme"))
    for number in 0..<3 { adapter.capture(fixture.event(number)) }
    for number in 3..<9 {
      adapter.account.renewLeases()
      acme.capture(fixture.event(number, "search"))
    }
    let day = fixture.clock.now().day
    let sums = try account.usage(from: day, to: day)
    let cost = sums.reduce(0) { $0 + $1.cost.nanos }
    let snapshot = adapter.snapshot()
    #expect(cost == snapshot.budgets[0].window.spent.nanos)
    #expect(sums.first { $0.owner.customer == "acme" && $0.eventClass == "other" }?.sent == 3)
    #expect(
      sums.reduce(0) { $0 + $1.refused } == snapshot.usageClasses.reduce(0) { $0 + $1.refused })
    #expect(try account.units(from: day, to: day)[.events] == 6)
  }

  @Test("An export is read back event by event, and a replay decides and costs the same")
  func export() throws {
    let account = try fixture.account()
    let limit = Int64(50_000 * 400)
    let adapter = try fixture.adapter(account, limit: limit)
    var costs: [Money?] = []
    for number in 0..<300 {
      adapter.account.renewLeases()
      let name = ["$pageview", "purchase", "$exception", "$identify"][number % 4]
      if case .sent(let cost) = adapter.capture(fixture.event(number, name)) { costs.append(cost) }
    }
    let path = fixture.folder.appendingPathComponent("events.jsonl").path
    #expect(try account.exportEvents(toFile: path) == 300)
    let stream = try EventReader(path: path, name: "events.jsonl")
    let replayed = try stream.rest()
    #expect(stream.tally.malformed == 0 && replayed.count == 300)
    var opening = OpeningBalance.nothing
    opening.current[.events] = 1_000_000
    let fresh = try PostHogAdapter(
      AdapterConfiguration(
        attribution: Attribution(team: "growth", costCenter: "cc-7"),
        plan: GovernancePlan(
          mode: .enforced,
          budgets: [Budget(name: "day", limit: Money(nanos: limit), period: .day)]),
        opening: opening), transport: CountingTransport(), clock: fixture.clock)
    for (number, recorded) in replayed.enumerated() {
      #expect(fresh.capture(recorded.event) == .sent(cost: costs[number]))
    }
    #expect(throws: LedgerError.self, "an export over the ledger would end it") {
      try account.exportEvents(toFile: account.ledger.path)
    }
    let none = try account.exportEvents(from: fixture.clock.now().day.advanced(by: 1)) { _ in }
    #expect(none == 0)
  }
}
