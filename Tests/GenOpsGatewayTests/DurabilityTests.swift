import Foundation
import GenOpsIngestion
import GenOpsLedger
import GenOpsMetering
import GenOpsUnits
import NIOHTTP1
import Testing

@testable import GenOpsGateway

@Suite("What is accepted is kept")
struct DurabilityTests {
  @Test("Events that PostHog has not taken are sent by the next process, once by uuid")
  func restart() async throws {
    let fixture = try GatewayFixture()
    let enforced = ["GENOPS_GOVERNANCE_POLICY": "enforced", "GENOPS_DAILY_BUDGET_LIMIT": "0.0016"]
    try await fixture.run(.init(settings: enforced, isUpstreamUp: false)) {
      (gateway: GatewayAtWork) async throws in
      #expect(try await gateway.capture(0..<10).status == 200)
      #expect(try await gateway.capture(10..<12, key: "phc_b").status == 200)
    }
    let ledger = try Ledger(path: fixture.folder.path + "/genops.ledger")
    #expect(
      try ledger.account("default", clock: fixture.clock).waitingLanes() == [
        "batch phc_a", "batch phc_b",
      ])
    try await fixture.run(.init(settings: enforced)) { (gateway: GatewayAtWork) async throws in
      await fixture.upstream.waitForEvents(12)
      // A client whose answer was lost sends them again: they are known, and not paid for twice.
      #expect(try await gateway.capture(0..<10).status == 200)
      // Twenty more fit into the budget of 32, and no more; the crumbs of two leases may not make an event.
      let rest = try await gateway.capture(20..<50)
      #expect(rest.status == 200)
      guard case .array(let dropped)? = rest.json["dropped"] else {
        Issue.record("nothing dropped: \(rest.text)")
        return
      }
      #expect((10...11).contains(dropped.count))
      await fixture.upstream.waitForEvents(42 - dropped.count)
    }
    let uuids = fixture.upstream.events.compactMap { $0["uuid"]?.string }
    #expect((31...32).contains(uuids.count) && Set(uuids).count == uuids.count)
  }

  @Test("What passed is written for a replay, without properties unless they are asked for")
  func export() async throws {
    let fixture = try GatewayFixture()
    try await fixture.run { (gateway: GatewayAtWork) async throws in
      #expect(try await gateway.capture(0..<3).status == 200)
      await fixture.upstream.waitForEvents(3)
    }
    let path = fixture.folder.path + "/events.jsonl"
    for keeps in [false, true] {
      let export = TrafficExport(ledger: fixture.folder.path, keepsProperties: keeps)
      #expect(try export.write(to: path, clock: fixture.clock) == 3)
      let events = try EventReader(path: path, name: "events.jsonl").rest()
      #expect(events.map(\.event.uuid?.description) == (0..<3).map { Events.uuid($0) })
      #expect(events.allSatisfy { $0.event.processPersonProfile == false })
      #expect(events.allSatisfy { ($0.event.properties["number"] != nil) == keeps })
    }
  }

  @Test("Strict mode refuses while PostHog does not answer, and says when to come again")
  func strict() async throws {
    let fixture = try GatewayFixture()
    let strict = ["GENOPS_GOVERNANCE_POLICY": "strict", "GENOPS_DAILY_BUDGET_LIMIT": "10"]
    let change = GatewayFixture.Change(settings: strict, isUpstreamUp: false)
    try await fixture.run(change) { (gateway: GatewayAtWork) async throws in
      var answer = try await gateway.post("/batch/", Events.batch(0..<1))
      // Three failures in a row, with pauses between them, make it down.
      for number in 1..<10_000 where answer.status == 200 {
        answer = try await gateway.post("/batch/", Events.batch(number..<number + 1))
      }
      #expect(answer.status == 503 && answer.headers["Retry-After"] == ["5"])
    }
  }
}
