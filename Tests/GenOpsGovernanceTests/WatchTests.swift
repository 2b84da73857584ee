import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsGovernance

@Suite("What watches money and traffic")
struct WatchTests {
  let start = CalendarDay(number: 20_819)

  private func history(_ costs: [Int64]) -> CostHistory {
    var history = CostHistory()
    for (offset, cost) in costs.enumerated() {
      history.add(Money(nanos: cost), on: start.advanced(by: offset))
    }
    return history
  }

  @Test("The trend compares seven days with the seven before, and needs all fourteen")
  func trend() {
    #expect(history([Int64](repeating: 5, count: 13)).weeklyTrend == nil)
    let trend = history([9] + [10, 10, 10, 10, 10, 10, 10] + [20, 20, 10, 20, 20, 20, 30])
      .weeklyTrend
    #expect(trend?.lastWeek.nanos == 70 && trend?.thisWeek.nanos == 140)
    #expect(trend?.growthRate == 100)
    #expect(history([0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1]).weeklyTrend?.growthRate == nil)
  }

  @Test("Days without an entry cost nothing, and an old day changes nothing")
  func gaps() {
    var history = CostHistory()
    history.add(Money(nanos: 7), on: start)
    history.add(Money(nanos: 7), on: start.advanced(by: 13))
    history.add(Money(nanos: 99), on: start)
    #expect(history.count == 14 && history.end == start.advanced(by: 14))
    #expect(
      history.weeklyTrend == WeeklyTrend(lastWeek: Money(nanos: 7), thisWeek: Money(nanos: 7)))
    history.add(.zero, on: start.advanced(by: 100_000))
    #expect(history.count == 100)
  }

  @Test("A day is out of the ordinary when it exceeds median and robust spread")
  func anomaly() {
    // Median 100, median absolute deviation 10: the bound is 100 + 4 · 14.826 = 159.3.
    let days: [Int64] = [80, 90, 90, 100, 100, 110, 110, 120, 100]
    #expect(history(days + [159]).anomaly(AnomalyRule()) == nil)
    let found = history(days + [160]).anomaly(AnomalyRule())
    #expect(found?.cost.nanos == 160 && found?.usual.nanos == 100)
    #expect(found?.day == start.advanced(by: 9))
    // Without any spread a tenth is still ordinary.
    let flat = [Int64](repeating: 100, count: 7)
    #expect(history(flat + [110]).anomaly(AnomalyRule()) == nil)
    #expect(history(flat + [111]).anomaly(AnomalyRule()) != nil)
    #expect(history([100, 100, 100, 100, 100, 100, 900]).anomaly(AnomalyRule()) == nil)
  }

  @Test("Traffic is high within the minute that exceeds the bound and calm after a quiet one")
  func traffic() {
    var level = TrafficLevel(highPerMinute: 10)
    func minute(_ number: Int64, _ events: Int) -> Bool {
      for _ in 0..<events { level.note(at: Timestamp(microseconds: number * 60_000_000)) }
      return level.isHigh
    }
    #expect(!minute(0, 10))
    #expect(minute(1, 11))
    #expect(minute(2, 8))
    #expect(minute(3, 7))
    #expect(!minute(4, 1))
    #expect(minute(5, 11))
    // A minute without any event is calm too.
    #expect(!minute(7, 1))
  }

  @Test("The mode of the narrowest scope holds, of two alike the later")
  func scopedModes() {
    var plan = GovernancePlan(mode: .enforced)
    plan.scopedModes = [
      ScopedMode(scope: Attribution(environment: "staging"), mode: .advisory),
      ScopedMode(scope: Attribution(environment: "staging", customer: "bank"), mode: .strict),
      ScopedMode(scope: Attribution(team: "web"), mode: .strict),
    ]
    #expect(plan.mode(for: .none) == .enforced)
    #expect(plan.mode(for: Attribution(environment: "staging")) == .advisory)
    #expect(plan.mode(for: Attribution(environment: "staging", customer: "bank")) == .strict)
    #expect(plan.mode(for: Attribution(team: "web", environment: "staging")) == .strict)
  }

  @Test("Thresholds by period hold for budgets that say none themselves")
  func thresholds() {
    var plan = GovernancePlan(budgets: [
      Budget(name: "a", limit: Money(units: 1), period: .day),
      Budget(name: "b", limit: Money(units: 1), period: .day, alertPercents: [50]),
      Budget(name: "c", limit: Money(units: 1), period: .month),
    ])
    plan.alerting.thresholds = [.day: [80]]
    #expect(
      plan.withAlertThresholds.budgets.map(\.alertPercents) == [[80], [50], [80, 90, 95, 100]])
  }
}
