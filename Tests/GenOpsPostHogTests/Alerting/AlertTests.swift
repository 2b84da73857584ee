import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsPostHog

@Suite("Messages about money")
struct AlertTests {
  let base = AdapterFixture()

  private func adapter(_ alerting: AlertRules, limit: Int64 = 1_000_000) throws -> (
    PostHogAdapter, NoticeLog
  ) {
    let log = NoticeLog()
    var plan = GovernancePlan(
      budgets: [Budget(name: "daily", limit: Money(nanos: limit), period: .day)])
    plan.alerting = alerting
    let adapter = try base.adapter(plan) { $0.onNotice = { log.add($0) } }
    return (adapter, log)
  }

  @Test("The message says how much of which limit is used, in the guide's words")
  func words() throws {
    let (adapter, log) = try adapter(AlertRules(thresholds: [.day: [80, 100]]), limit: 620_000)
    for number in 0..<14 { adapter.capture(base.event(number)) }
    #expect(
      log.all.map { "\($0.level.rawValue): \($0.message)" } == [
        "warning: PostHog costs approaching daily limit: 80.6%",
        "error: PostHog costs exceeded daily limit: 104.8%",
      ])
    #expect(log.all.map(\.id) == ["daily/2027-01-10/0.00062/80", "daily/2027-01-10/0.00062/100"])
    #expect(log.all[0].json["recipient"] == .null)
  }

  @Test("A limit that was raised has alerts of its own")
  func raised() throws {
    var ids: Set<String> = []
    for limit in [600_000, 1_200_000] as [Int64] {
      let (adapter, log) = try adapter(AlertRules(thresholds: [.day: [50]]), limit: limit)
      for number in 0..<14 { adapter.capture(base.event(number)) }
      ids.formUnion(log.all.map(\.id))
    }
    #expect(ids == ["daily/2027-01-10/0.0006/50", "daily/2027-01-10/0.0012/50"])
  }

  @Test("Each threshold goes to the next recipient, and so does what nobody acknowledges")
  func escalation() throws {
    let (adapter, log) = try adapter(
      AlertRules(
        thresholds: [.day: [50, 90]], escalation: ["team_lead", "manager", "finance"],
        escalateAfter: 600))
    for number in 0..<10 { adapter.capture(base.event(number)) }
    #expect(log.texts == ["50 team_lead 0"])
    base.clock.advance(bySeconds: 599)
    adapter.escalate()
    #expect(log.all.count == 1)
    base.clock.advance(bySeconds: 1)
    adapter.escalate()
    #expect(log.texts.last == "50 manager 1")
    for number in 10..<18 { adapter.capture(base.event(number)) }
    #expect(log.texts.last == "90 manager 0")
    #expect(adapter.acknowledge("daily/2027-01-10/0.001/90"))
    base.clock.advance(bySeconds: 600)
    adapter.escalate()
    #expect(log.texts.last == "50 finance 2")
    base.clock.advance(bySeconds: 6000)
    adapter.escalate()
    #expect(log.all.count == 4 && !adapter.acknowledge("daily/2027-01-10/0.001/50"))
  }

  @Test("As a part of the application it is passed on by itself until the end")
  func passedOn() async throws {
    let (adapter, log) = try adapter(
      AlertRules(
        thresholds: [.day: [50]], escalation: ["team_lead", "manager"], escalateAfter: 600))
    for number in 0..<10 { adapter.capture(base.event(number)) }
    let clock = base.clock
    let looks = Mutex(0)
    let escalation = AlertEscalation(adapter, every: .seconds(300)) { _ in
      if looks.withLock({
        $0 += 1; return $0 == 4
      }) {
        throw CancellationError()
      }
      clock.advance(bySeconds: 300)
    }
    #expect(escalation.ending == .last)
    await escalation.run()
    #expect(log.texts == ["50 team_lead 0", "50 manager 1"])
  }

  @Test("Less than nothing keeps its sign, also where the whole part is zero")
  func negative() {
    var desk = AlertDesk(AlertRules())
    func message(_ nanos: Int64) -> String {
      desk.raise(
        Alert(budget: 0, periodStart: base.clock.now().day, percent: 50, at: base.clock.now()),
        Budget(name: "day", limit: Money(nanos: 1000), period: .day), spent: Money(nanos: nanos)
      ).message
    }
    for (spent, text) in [(-5, "-0.5%"), (-15, "-1.5%"), (-1, "-0.1%"), (5, "0.5%"), (0, "0.0%")] {
      #expect(message(Int64(spent)) == "PostHog costs approaching daily limit: \(text)")
    }
    #expect(Money(nanos: -5_000_000).description == "-0.005")
  }

  @Test("Growth from week to week and days out of the ordinary are told when a day begins")
  func trends() throws {
    let (adapter, log) = try adapter(
      AlertRules(thresholds: [.day: [1000]], growthPercent: 50, anomaly: AnomalyRule()),
      limit: 1_000_000_000)
    var number = 0
    func day(_ events: Int) {
      for _ in 0..<events {
        number += 1
        adapter.capture(base.event(number))
      }
      base.clock.advance(bySeconds: 86_400)
    }
    for _ in 0..<13 { day(10) }
    #expect(adapter.weeklyTrend == nil && log.all.isEmpty)
    for _ in 0..<4 { day(10) }
    #expect(adapter.weeklyTrend?.growthRate == 0 && log.all.isEmpty)
    day(60)
    adapter.record(.flagRequest)
    #expect(
      log.all.map { "\($0.level.rawValue): \($0.message)" } == [
        "info: PostHog costs growing rapidly: 71.4% week-over-week",
        "warning: PostHog costs of 2027-01-27 were 0.003, usual is 0.0005",
      ])
    #expect(adapter.costHistory.count == 18)
  }

  @Test("The history that an adapter is given counts")
  func givenHistory() throws {
    var history = CostHistory()
    for day in 0..<20 {
      history.add(
        Money(nanos: day < 13 ? 100 : 200), on: base.clock.now().day.advanced(by: day - 20))
    }
    let adapter = try base.adapter { $0.history = history }
    #expect(adapter.weeklyTrend?.growthRate == 100)
  }
}

final class NoticeLog: Sendable {
  private let notices = Mutex<[AlertNotice]>([])

  func add(_ notice: AlertNotice) { notices.withLock { $0.append(notice) } }
  var all: [AlertNotice] { notices.withLock { $0 } }
  var texts: [String] {
    all.map { "\($0.percent ?? 0) \($0.recipient ?? "-") \($0.escalations)" }
  }
}
