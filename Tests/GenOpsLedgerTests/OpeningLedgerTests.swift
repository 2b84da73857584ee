import GenOpsAdmission
import GenOpsGovernance
import GenOpsLedger
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("The month so far and the time, with a ledger")
struct OpeningLedgerTests {
  let fixture: LedgerFixture
  init() throws { fixture = try LedgerFixture() }

  @Test("Who does not know what came before is judged, until a process that knows it asks")
  func learned() throws {
    let first = try fixture.adapter(try fixture.account()) { $0.opening = .unknown }
    #expect(first.capture(fixture.event(1)) == .sent(cost: nil))
    // A free million would have cost nothing.
    #expect(first.standing(ofBudget: "day")?.spent == Money(nanos: 50_000))
    #expect(first.findings().all.contains { $0.code == "opening-unknown" })
    let second = try fixture.adapter(try fixture.account())
    #expect(second.capture(fixture.event(2)) == .sent(cost: Money(nanos: 50_000)))
    #expect(!second.findings().all.contains { $0.code == "opening-unknown" })
    // A third one gets it from the ledger.
    let third = try fixture.adapter(try fixture.account()) { $0.opening = .unknown }
    #expect(third.capture(fixture.event(3)) == .sent(cost: Money(nanos: 50_000)))
    #expect(!third.findings().all.contains { $0.code == "opening-unknown" })
  }

  @Test("A free million that may be used up does not slip past a hard budget")
  func bound() throws {
    let adapter = try fixture.adapter(try fixture.account(), limit: 50_000 * 20) {
      $0.opening = .unknown
    }
    var sent = 0
    for number in 0..<60 {
      adapter.account.renewLeases()
      if adapter.capture(fixture.event(number)).wasSent { sent += 1 }
    }
    #expect(sent == 20)
  }

  @Test(
    "One wrong reading of the clock takes no lease of another month", arguments: [20.0, 40, 70, -1])
  func clock(_ days: Double) throws {
    let adapter = try fixture.adapter(try fixture.account(), mode: .strict)
    #expect(adapter.capture(fixture.event(1)).wasSent)
    fixture.clock.jump(bySeconds: days * 86_400)
    adapter.account.renewLeases()
    #expect(adapter.capture("search").outcome == .sent(cost: Money(nanos: 50_000)))
    fixture.clock.jump(bySeconds: -days * 86_400)
    adapter.account.renewLeases()
    #expect(adapter.capture(fixture.event(2)) == .sent(cost: Money(nanos: 50_000)))
    let again = try fixture.adapter(try fixture.account(), mode: .strict)
    #expect(again.capture(fixture.event(3)) == .sent(cost: Money(nanos: 50_000)))
    #expect(adapter.findings().all.contains { $0.code == "clock-jump" })
  }
}
