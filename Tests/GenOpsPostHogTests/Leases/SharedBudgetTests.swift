import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import InMemoryLogging
import Logging
import Testing

@testable import GenOpsPostHog
import GenOpsAdmission

@Suite("Processes that share an account")
struct SharedBudgetTests {
  let fixture = SharedFixture()

  @Test("never spend more than the budget, whoever renews, dies or comes when", arguments: 1...20)
  func neverOver(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    let store = MemoryStore(largest: Int64.random(in: 1...60, using: &random))
    let limit = 50_000 * Int64.random(in: 20...200, using: &random) + 7
    // Half of the traffic is in the free allotment, so that the tier is crossed by somebody.
    let used = 1_000_000 - Int64.random(in: 0...100, using: &random)
    var adapters = try (0..<3).map {
      try fixture.adapter(store.handle($0), fixture.plan(limit), used: used)
    }
    var (spent, sent, holders) = (Int64(0), 0, 3)
    for number in 0..<600 {
      let one = Int.random(in: 0..<3, using: &random)
      let outcome = adapters[one].capture(fixture.base.event(number))
      if outcome.wasSent { sent += 1 }
      spent += fixture.nanos(outcome)
      #expect(spent <= limit)
      switch Int.random(in: 0..<40, using: &random) {
      case 0..<10: adapters[one].account.renewLeases()
      case 10: try adapters[one].releaseLeases()
      case 11, 12:
        // Died without a word, and a new process takes its place.
        adapters[one] = try fixture.adapter(store.handle(holders), fixture.plan(limit), used: used)
        holders += 1
      default: break
      }
    }
    #expect(sent > 0)
  }

  @Test("price each unit once: their costs add up to the bill of one process")
  func pricedOnce() throws {
    let store = MemoryStore(largest: 64)
    let adapters = try (0..<3).map {
      try fixture.adapter(store.handle($0), fixture.plan(1 << 40), used: 999_700)
    }
    var (sent, cost) = (Int64(0), Int64(0))
    for number in 0..<900 {
      let one = adapters[number % 3]
      let outcome = one.capture(fixture.base.event(number))
      if outcome.wasSent { sent += 1 }
      cost += fixture.nanos(outcome)
      if number % 30 < 3 { one.account.renewLeases() }
    }
    // Everything that is left in the middle is used up, so that no cheap unit stays behind.
    for one in adapters.dropFirst() { try one.releaseLeases() }
    for number in 900..<1300 {
      adapters[0].account.renewLeases()
      let outcome = adapters[0].capture(fixture.base.event(number))
      if outcome.wasSent { sent += 1 }
      cost += fixture.nanos(outcome)
    }
    #expect(sent == 1300)
    #expect(cost == 50_000 * (sent - 300))
  }

  @Test("A bulk is decided across leases as its items are")
  func bulk() throws {
    let store = MemoryStore(largest: 100)
    let one = try fixture.base.adapter(fixture.plan(50_000 * 1000)) {
      $0.opening.current[.featureFlagRequests] = 1_000_000
      $0.budgetStore = store.handle(0)
      $0.renewsLeasesByItself = false
    }
    // One interval of 100 units, in steps of 10.
    let first = one.record(Usage(.featureFlagRequests, 10), count: 25)
    #expect(first.sent == 10 && first.refusal?.reason == .leaseExhausted)
    one.account.renewLeases()
    one.account.renewLeases()
    #expect(one.record(Usage(.featureFlagRequests, 10), count: 3).sent == 3)
  }

  @Test(
    "A refusal for lack of a lease says which budget, who holds the rest and when it is asked again"
  )
  func shortOfMoney() throws {
    let log = InMemoryLogHandler()
    let store = MemoryStore()
    let adapters = try (0..<2).map { number in
      try fixture.adapter(store.handle(number), fixture.plan(50_000 * 100)) {
        if number == 0 { $0.logger = Logger(label: "test") { _ in log } }
      }
    }
    #expect(adapters[1].capture(fixture.base.event(1000)).wasSent)
    var refusal: Refusal?
    var sent = 0
    for number in 0..<100 where refusal == nil {
      let outcome = adapters[0].capture(fixture.base.event(number))
      if outcome.wasSent { sent += 1 }
      if case .refused(let why) = outcome { refusal = why }
    }
    let spent = Money(nanos: Int64(sent) * 50_000)
    let first =
      "this process has no share of the budget 'day' left, and other processes may hold the rest"
    let next =
      "this process asks for more with the next event, every 0.25 s at most; the others give back what they do "
      + "not need every 2 s, one that was alone within 12 s"
    #expect(
      refusal?.description
        == "refused: lease-exhausted: \(first); \(spent) of 0.005 USD are spent, as far as it knows; \(next)"
    )
    let metadata = log.entries.first?.metadata ?? [:]
    #expect(
      metadata.mapValues { "\($0)" } == [
        "reason": "lease-exhausted", "event": "$pageview", "budget": "day", "why": first,
        "next": next,
        "spent": "\(spent) USD", "limit": "0.005 USD", "count": "1",
      ])
  }

  @Test("One that is short of units names no budget, and one that gave its leases back says so")
  func shortOfUnits() throws {
    let one = try fixture.adapter(MemoryStore(largest: 5).handle(0), fixture.plan(1 << 40))
    for number in 0..<5 { #expect(one.capture(fixture.base.event(number)).wasSent) }
    #expect(
      one.capture(fixture.base.event(5)) == .refused(Refusal(.leaseExhausted, shortage: .units)))
    try one.releaseLeases()
    #expect(
      one.capture(fixture.base.event(6)).description
        == "refused: lease-exhausted: this process has given its leases back, and spends nothing more"
    )
  }

  @Test(
    "It says how many other processes there are",
    arguments: [(2, "one other process holds"), (4, "3 other processes hold")])
  func holders(_ processes: Int, _ words: String) {
    let share = LeaseShortage.Share(
      budget: "daily", limit: Money(units: 5), currency: "USD", spent: Money(units: 1),
      processes: processes)
    #expect(LeaseShortage.share(share).why.hasSuffix("left, and \(words) the rest"))
  }

  @Test("The next day's leases are there before it begins")
  func rollover() throws {
    let store = MemoryStore()
    let one = try fixture.adapter(store.handle(0), fixture.plan(50_000 * 900))
    #expect(one.capture(fixture.base.event(1)).wasSent)
    fixture.clock.advance(bySeconds: 12 * 3600 - 30)
    #expect(one.capture(fixture.base.event(2)).wasSent)
    one.account.renewLeases()
    fixture.clock.advance(bySeconds: 31)
    #expect(one.capture(fixture.base.event(3)).wasSent)
    // Without a renewal before midnight it takes one after it.
    fixture.clock.advance(bySeconds: 86_400)
    #expect(one.capture(fixture.base.event(4)).id == "lease-exhausted")
    one.account.renewLeases()
    #expect(one.capture(fixture.base.event(4)).wasSent)
    // A clock that goes back changes nothing: decisions never do.
    fixture.clock.advance(bySeconds: -86_400 * 3)
    #expect(one.capture(fixture.base.event(5)).wasSent)
    #expect(one.snapshot().budgets[0].window.spent.nanos == 100_000)
  }

  @Test("A billing period ends with leases for late events kept")
  func periodRollover() throws {
    let store = MemoryStore()
    let one = try fixture.adapter(store.handle(0), fixture.plan(1 << 40))
    let late = fixture.base.event(9)
    #expect(one.capture(fixture.base.event(1)).wasSent)
    fixture.clock.advance(bySeconds: 86_400 * 22 - 12 * 3600 - 20)
    one.account.renewLeases()
    #expect(one.capture(fixture.base.event(3)).wasSent)
    fixture.clock.advance(bySeconds: 30)
    #expect(one.capture(late) == .sent(cost: Money(nanos: 50_000)))
    #expect(one.capture(fixture.base.event(2)) == .sent(cost: .zero))
    #expect(one.snapshot().totals[Meter.events.index].units == 4)
  }

  @Test("Strict mode keeps the reserve for critical events, over all processes together")
  func reserve() throws {
    let store = MemoryStore()
    let limit = Int64(50_000 * 400)
    let adapters = try (0..<2).map {
      try fixture.adapter(store.handle($0), fixture.plan(limit, mode: .strict))
    }
    var (ordinary, critical) = (Int64(0), Int64(0))
    for number in 0..<2000 {
      let one = adapters[number % 2]
      ordinary += fixture.nanos(one.capture(fixture.base.event(number)))
      one.account.renewLeases()
    }
    for number in 0..<2000 {
      critical += fixture.nanos(
        adapters[number % 2].capture(fixture.base.event(number, "purchase")))
      adapters[number % 2].account.renewLeases()
    }
    #expect(ordinary <= limit * 95 / 100 && ordinary > limit * 90 / 100)
    #expect(critical > 0 && ordinary + critical <= limit)
  }

  @Test("A ledger that fails lets enforced mode use up its leases, and advisory go on")
  func failingStore() throws {
    let store = MemoryStore(largest: 5)
    let enforced = try fixture.adapter(store.handle(0), fixture.plan(1 << 40))
    let advisory = try fixture.adapter(store.handle(1), fixture.plan(1 << 40, mode: .advisory))
    store.fails = true
    for number in 0..<5 { #expect(enforced.capture(fixture.base.event(number)).wasSent) }
    enforced.account.renewLeases()
    #expect(enforced.capture(fixture.base.event(6)).id == "lease-exhausted")
    #expect(enforced.findings().all.contains { $0.code == "lease-unavailable" })
    for number in 0..<50 { #expect(advisory.capture(fixture.base.event(number)).wasSent) }
    advisory.account.renewLeases()
    #expect(advisory.findings().all.contains { $0.code == "lease-unavailable" })
    store.fails = false
    enforced.account.renewLeases()
    #expect(enforced.capture(fixture.base.event(6)).wasSent)
  }

  @Test("What is unknown before the first process stays unknown for all, and strict refuses")
  func unknownOpening() throws {
    let store = MemoryStore()
    let first = try fixture.base.adapter(fixture.plan(1 << 40, mode: .strict)) {
      $0.opening = .unknown
      $0.budgetStore = store.handle(0)
    }
    #expect(first.capture(fixture.base.event(1)) == .refused(Refusal(.monthToDateUnknown)))
    let second = try fixture.adapter(store.handle(1), fixture.plan(1 << 40, mode: .strict))
    #expect(second.capture(fixture.base.event(1)) == .refused(Refusal(.monthToDateUnknown)))
  }

  @Test("An alert is raised where the spending of all passes it")
  func alerts() throws {
    let store = MemoryStore()
    let adapters = try (0..<2).map {
      try fixture.adapter(store.handle($0), fixture.plan(50_000 * 30))
    }
    for number in 0..<26 {
      adapters[number % 2].capture(fixture.base.event(number))
      adapters[0].account.renewLeases()
      adapters[1].account.renewLeases()
    }
    #expect(adapters[0].snapshot().budgets[0].alertsRaised == 1)
  }

  @Test("renew by themselves while many tasks capture, and never overspend")
  func concurrent() async throws {
    let store = MemoryStore()
    let limit = Int64(50_000 * 3_000 + 3)
    let adapters = try (0..<3).map {
      try fixture.adapter(store.handle($0), fixture.plan(limit), renewsByItself: true)
    }
    let spent = await withTaskGroup(of: Int64.self) { group in
      for task in 0..<12 {
        group.addTask {
          (0..<500).reduce(into: Int64(0)) { sum, number in
            sum += fixture.nanos(
              adapters[task % 3].capture(fixture.base.event(task * 500 + number)))
          }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(spent <= limit && spent > 0)
  }
}
