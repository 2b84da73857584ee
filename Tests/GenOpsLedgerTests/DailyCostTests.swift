import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsUnits
import Testing

@testable import GenOpsLedger
@testable import GenOpsPostHog

/// An event after the first million of a month costs 50,000 nano-units, and a recording after the first 5,000 of it
/// 5,000,000: 0.00005 and 0.005 USD (`posthog-2026-08`). January begins with a million events.
@Suite("What each day cost, of a ledger")
struct DailyCostTests {
  let fixture: LedgerFixture
  init() throws { fixture = try LedgerFixture() }

  private func move(to text: String) throws {
    let then = try #require(Timestamp(text))
    let seconds = Double(then.microseconds - fixture.clock.now().microseconds) / 1e6
    fixture.clock.advance(bySeconds: seconds)
  }

  private func start(_ opening: OpeningBalance? = nil) throws -> (LedgerAccount, PostHogAdapter) {
    let account = try fixture.account()
    return (account, try fixture.adapter(account) { $0.opening = opening ?? $0.opening })
  }

  /// Recordings, with leases as they are needed.
  private func record(_ count: Int64, _ adapter: PostHogAdapter) {
    var left = count
    for _ in 0..<1000 where left > 0 {
      adapter.account.renewLeases()
      left -= adapter.record(Usage(.sessionRecordings), count: left).sent
    }
    #expect(left == 0)
  }

  @Test(
    "is the sum of all processes over a month's end and a restart, but for days that are not known")
  func monthEnd() throws {
    try move(to: "2027-01-30T09:00:00Z")
    do {
      let (account, adapter) = try start()
      for number in 0..<3 { #expect(adapter.capture(fixture.event(number)).wasSent) }
      // The second process of the day, of another owner.
      let (other, beside) = try start()
      let tenant = beside.view(Attribution(customer: "acme"))
      #expect(tenant.capture(fixture.event(3)).wasSent)
      for (account, adapter) in [(account, adapter), (other, beside)] {
        try adapter.releaseLeases()
        try account.close(at: fixture.clock.now())
      }
    }
    // Nothing on the 31st. In February the free allotments begin anew.
    try move(to: "2027-02-01T00:00:01Z")
    let (account, adapter) = try start(.nothing)
    adapter.account.renewLeases()
    for number in 10..<14 {
      #expect(adapter.capture(fixture.event(number)) == .sent(cost: .zero))
    }
    record(5_010, adapter)
    try move(to: "2027-02-02T12:00:00Z")
    record(1, adapter)
    // Of a billing period that is closed: sent, and not priced.
    var late = fixture.event(20)
    late.timestamp = try #require(Timestamp("2026-11-05T00:00:00Z"))
    #expect(adapter.capture(late) == .sent(cost: nil))
    try move(to: "2027-02-03T23:59:59Z")
    record(2, adapter)
    try move(to: "2027-02-04T00:00:00Z")
    record(1, adapter)

    func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(text)) }
    let (first, last) = (try day("2027-01-01"), try day("2027-02-28"))
    #expect(
      try account.dailyCosts(from: first, to: last) == [
        day("2027-01-30"): Money(nanos: 4 * 50_000), day("2027-01-31"): .zero,
        day("2027-02-01"): Money(nanos: 10 * 5_000_000),
        day("2027-02-03"): Money(nanos: 2 * 5_000_000),
      ])
    // Days before the first that is known are not known to have cost nothing.
    #expect(
      try account.dailyCosts(from: day("2027-01-31"), to: day("2027-02-01"))
        == [day("2027-02-01"): Money(nanos: 50_000_000)])
    #expect(try account.dailyCosts(from: day("2027-01-01"), to: day("2027-01-29")).isEmpty)
    // The next day the 4th is over.
    try move(to: "2027-02-05T00:00:00Z")
    #expect(
      try account.dailyCosts(from: day("2027-02-03"), to: last) == [
        day("2027-02-03"): Money(nanos: 10_000_000), day("2027-02-04"): Money(nanos: 5_000_000),
      ])
  }
}
