import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import InMemoryLogging
import Logging
import Testing

@testable import GenOpsPostHog

@Suite("Refusals and losses in the log")
struct AdapterLogTests {
  let base = AdapterFixture()
  let log = InMemoryLogHandler()

  private func lines() -> [String] {
    log.entries.map { entry in
      let metadata = entry.metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      return "\(entry.level) \(entry.message) " + metadata.joined(separator: " ")
    }
  }

  @Test("The first refusal of a kind is told at once, then one line a minute with the number")
  func refusals() throws {
    let plan = GovernancePlan(mode: .enforced, budgets: [base.dayBudget(0)])
    let adapter = try base.adapter(plan) { $0.logger = Logger(label: "test") { _ in log } }
    for _ in 0..<1_000 { adapter.capture("search", distinctID: "ann") }
    #expect(
      lines() == [
        "warning analytics were refused budget=day count=1 event=search reason=budget "
          + "resets_at=2027-01-11T00:00:00Z"
      ])
    base.clock.advance(bySeconds: 60)
    adapter.capture("", distinctID: "ann")
    adapter.capture("viewed", distinctID: "ann")
    #expect(lines().count == 3)
    #expect(
      lines().dropFirst().first
        == "warning analytics were refused count=1 event= reason=no-event-name")
    #expect(lines().last?.contains("count=1000 event=viewed") == true)
    #expect(!lines().contains { $0.contains("ann") })
  }

  @Test("A clock that jumps is told at once, and one that is set when it is believed")
  func clock() throws {
    let adapter = try base.adapter { $0.logger = Logger(label: "test") { _ in log } }
    base.clock.jump(bySeconds: -86_400)
    for _ in 0..<100 { adapter.capture("search", distinctID: "ann") }
    #expect(lines().count == 1)
    #expect(lines()[0].contains("1 readings of the clock were 1.0 days behind"))
    #expect(lines()[0].contains("code=clock-jump"))
    base.clock.advance(bySeconds: 61)
    adapter.capture("search", distinctID: "ann")
    #expect(lines().contains { $0.contains("code=clock-set") && $0.contains("never go back") })
  }

  @Test("What was counted since the last line is told at the end, once")
  func rest() throws {
    let plan = GovernancePlan(mode: .enforced, budgets: [base.dayBudget(0)])
    let adapter = try base.adapter(plan) { $0.logger = Logger(label: "test") { _ in log } }
    for _ in 0..<1_000 { adapter.capture("search", distinctID: "ann") }
    adapter.flushLog()
    adapter.flushLog()
    #expect(
      lines().count == 2 && lines().last?.contains("budget=day count=999 event=search") == true)
  }

  @Test("Findings of the start go to the logger, unless the application takes them")
  func findings() throws {
    _ = try base.adapter(GovernancePlan(mode: .enforced, budgets: [base.dayBudget(1)])) {
      $0.opening = .unknown
      $0.logger = Logger(label: "test") { _ in log }
    }
    #expect(lines().count == 1)
    #expect(lines().first?.hasPrefix("warning the usage of the month so far is unknown on") == true)
    #expect(lines().first?.contains("code=opening-unknown") == true)
  }

  @Test("Flag requests that a budget refuses are told; who opted out is not")
  func others() throws {
    let plan = GovernancePlan(mode: .enforced, budgets: [base.dayBudget(0)])
    let adapter = try base.adapter(plan) { $0.logger = Logger(label: "test") { _ in log } }
    adapter.record(.flagRequest, count: 3)
    #expect(lines().count == 1 && lines().first?.contains("count=3 event=other") == true)
    adapter.optOut()
    adapter.capture("search")
    #expect(lines().count == 1)
  }

  @Test("Events that were lost on their way are told with their number")
  func losses() throws {
    let adapter = try base.adapter { $0.logger = Logger(label: "test") { _ in log } }
    let events = (0..<3).map {
      OutgoingEvent(uuid: EventUUID(high: 1, low: $0), json: "{}")
    }
    adapter.account.takeBack(events)
    adapter.account.takeBack(events)
    base.clock.advance(bySeconds: 60)
    adapter.account.takeBack([])
    adapter.account.takeBack(events)
    #expect(
      lines() == [
        "error events were lost on the way to PostHog count=3",
        "error events were lost on the way to PostHog count=6",
      ])
  }
}
