import GenOpsGovernance
import GenOpsLedger
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsPostHog
import GenOpsAdmission

@Suite("Budgets in a ledger")
struct SharedLedgerTests {
  let fixture: LedgerFixture
  init() throws { fixture = try LedgerFixture() }

  @Test("never spend more than the limit, whoever renews or dies", arguments: 1...2)
  func neverOver(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    let limit = 50_000 * Int64.random(in: 60...150, using: &random) + 7
    var accounts = try (0..<3).map { _ in try fixture.account() }
    var adapters = try accounts.map { try fixture.adapter($0, limit: limit) }
    var spent: Int64 = 0
    for number in 0..<400 {
      let one = Int.random(in: 0..<3, using: &random)
      if case .sent(let cost) = adapters[one].capture(fixture.event(number)) {
        spent += cost?.nanos ?? 0
      }
      #expect(spent <= limit)
      switch Int.random(in: 0..<40, using: &random) {
      case 0..<12: adapters[one].account.renewLeases()
      case 12:
        // Ends as it should, or is simply gone; another one comes.
        if Bool.random(using: &random) {
          try adapters[one].releaseLeases()
          try accounts[one].close(at: fixture.clock.now())
        }
        let next = try fixture.account()
        (accounts[one], adapters[one]) = (next, try fixture.adapter(next, limit: limit))
      default: break
      }
    }
    let day = fixture.clock.now().day
    let standing = try accounts[0].standing(ofBudget: "day", window: day)
    #expect(standing.granted.nanos <= limit && standing.spent.nanos <= limit)
    let sums = try accounts[0].usage(from: day, to: day)
    #expect(sums.reduce(0) { $0 + $1.cost.nanos } == spent)
    #expect(spent > limit / 2)
  }

  @Test(
    "A budget that two processes have used up refuses by its name, and its last alert is raised")
  func spentByAll() throws {
    // Not a whole number of events, so that each process keeps a rest that is too small for one.
    let limit = Int64(50_000 * 40 + 30_000)
    let percents = Mutex<[Int]>([])
    let adapters = try (0..<2).map { _ in
      try fixture.adapter(try fixture.account(), limit: limit) {
        $0.plan.budgets[0].alertPercents = [50, 100]
        $0.onAlert = { alert, _ in percents.withLock { $0.append(alert.percent) } }
      }
    }
    var (sent, last) = (0, [CaptureOutcome?](repeating: nil, count: 2))
    for number in 0..<200 {
      let one = number % 2
      let outcome = adapters[one].capture(fixture.event(number))
      if outcome.wasSent { sent += 1 }
      last[one] = outcome
      adapters[one].account.renewLeases()
    }
    #expect(sent == 40 || sent == 39)
    for outcome in last {
      guard case .refused(let refusal)? = outcome else {
        Issue.record("it was sent")
        continue
      }
      #expect(refusal.reason == .budget && refusal.budget?.name == "day")
      #expect(outcome?.description.hasPrefix("budget 'day' is used up") == true)
    }
    #expect(percents.withLock { $0 }.contains(100))
  }

  @Test("What a process left is used by the next, to the last event")
  func usedUp() throws {
    let limit = Int64(50_000 * 40)
    var sent = 0
    for round in 0..<8 {
      let account = try fixture.account()
      let adapter = try fixture.adapter(account, limit: limit)
      for number in 0..<30 {
        adapter.account.renewLeases()
        if adapter.capture(fixture.event(round * 30 + number)).wasSent { sent += 1 }
      }
      // A killed process that writes every event leaves as much as one that ends.
      if round % 2 == 0 {
        try adapter.releaseLeases()
        try account.close(at: fixture.clock.now())
      }
    }
    #expect(sent == 40)
  }

  @Test(
    "A killed process that writes in the background takes with it what it may not have reported")
  func burned() throws {
    let limit = Int64(50_000 * 160)
    var first: LedgerAccount? = try fixture.account(.soon)
    var adapter: PostHogAdapter? = try fixture.adapter(#require(first), limit: limit)
    #expect(adapter?.capture(fixture.event(1)).wasSent == true)
    (first, adapter) = (nil, nil)
    let second = try fixture.account(.soon)
    let standing = try second.standing(ofBudget: "day", window: fixture.clock.now().day)
    #expect(standing.spent.nanos == limit / 16 && standing.granted.nanos == limit / 16)
  }

  @Test("The month to date comes from the ledger after a restart")
  func opening() throws {
    let first = try fixture.account()
    let adapter = try fixture.adapter(first)
    for number in 0..<10 { adapter.capture(fixture.event(number)) }
    try adapter.releaseLeases()
    try first.close(at: fixture.clock.now())
    let again = try fixture.adapter(try fixture.account()) { $0.opening = .unknown }
    #expect(again.capture(fixture.event(11)) == .sent(cost: Money(nanos: 50_000)))
    #expect(again.snapshot().budgets[0].window.spent.nanos == 11 * 50_000)
    #expect(again.snapshot().meters[Meter.events.index].usage == 1_000_011)
  }

  @Test("A clock that jumps a day ahead and back never exceeds a day's budget")
  func clockJumps() throws {
    let limit = Int64(50_000 * 10)
    let adapter = try fixture.adapter(try fixture.account(), limit: limit)
    var perDay: [Int32: Int64] = [:]
    for step in 0..<40 {
      fixture.clock.advance(bySeconds: [172_800, -86_400, 3_600, -7_200][step % 4])
      for number in 0..<4 {
        if case .sent(let cost) = adapter.capture(fixture.event(step * 4 + number)) {
          perDay[adapter.snapshot().now.day.number, default: 0] += cost?.nanos ?? 0
        }
        adapter.account.renewLeases()
      }
    }
    #expect(perDay.values.allSatisfy { $0 <= limit } && perDay.count > 3)
  }

  @Test("One account object serves one adapter; two opened by the same name share the budget")
  func oneAdapterEach() throws {
    let limit = Int64(50_000 * 40)
    let ledger = try fixture.open()
    let account = try ledger.account("main", at: fixture.clock.now())
    var adapters = [try fixture.adapter(account, limit: limit)]
    // On the same object: each would have the whole lease, and together they would overspend.
    for _ in 0..<2 {
      do {
        adapters.append(try fixture.adapter(account, limit: limit))
        Issue.record("the second adapter was let in")
      } catch let error as FindingsError {
        #expect(error.findings.all.map(\.code) == ["ledger-account"])
      }
    }
    adapters.append(
      try fixture.adapter(ledger.account("main", at: fixture.clock.now()), limit: limit))
    var spent: Int64 = 0
    for number in 0..<200 {
      let adapter = adapters[number % adapters.count]
      adapter.account.renewLeases()
      if case .sent(let cost) = adapter.capture(fixture.event(number)) {
        spent += cost?.nanos ?? 0
      }
    }
    #expect(spent <= limit && spent > limit * 9 / 10)
  }

  @Test("A configuration with an error leaves the account to the next adapter")
  func errorBeforeClaim() throws {
    let account = try fixture.account()
    #expect(throws: FindingsError.self) {
      try fixture.adapter(account) { $0.plan.budgets += $0.plan.budgets }
    }
    #expect(try fixture.adapter(account).capture(fixture.event(1)).wasSent)
    try account.close(at: fixture.clock.now())
    #expect(throws: FindingsError.self) { try fixture.adapter(account) }
  }

  @Test("Processes that idle over midnight leave most of the day to the busy one")
  func idleOverMidnight() throws {
    let limit = Int64(50_000 * 800)
    let adapters = try (0..<3).map { _ in try fixture.adapter(fixture.account(), limit: limit) }
    #expect(adapters[0].capture(fixture.event(0)).wasSent)
    fixture.clock.advance(bySeconds: 12 * 3600 - 30)
    for adapter in adapters { adapter.account.renewLeases() }
    fixture.clock.advance(bySeconds: 30)
    let sent = (1..<800).count { number in
      adapters[0].account.renewLeases()
      return adapters[0].capture(fixture.event(number)).wasSent
    }
    #expect(sent > 720)
    // And the others have something for a first event.
    #expect(adapters[1].capture(fixture.event(801)).wasSent)
    #expect(adapters[2].capture(fixture.event(802)).wasSent)
  }

  @Test("Two accounts of one file know nothing of each other")
  func accounts() throws {
    let ledger = try fixture.open()
    let limit = Int64(50_000 * 4)
    let names = ["a", "b"]
    for name in names {
      let adapter = try fixture.adapter(ledger.account(name, at: fixture.clock.now()), limit: limit)
      let sent = (0..<10).count { number in
        adapter.account.renewLeases()
        return adapter.capture(fixture.event(number)).wasSent
      }
      #expect(sent == 4)
    }
  }
}
