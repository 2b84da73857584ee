import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsAdmission

@Suite("Periods end")
struct RolloverTests {
  @Test(
    "A budget starts again at the end of its period and not before",
    arguments: [
      (BudgetPeriod.day, 1, "2027-01-10T23:59:59.999999Z", "2027-01-11T00:00:00Z"),
      (.week, 1, "2027-01-10T23:59:59Z", "2027-01-11T00:00:00Z"),
      (.month, 1, "2027-01-31T23:59:59Z", "2027-02-01T00:00:00Z"),
      (.quarter, 1, "2027-03-31T23:59:59Z", "2027-04-01T00:00:00Z"),
      (.quarter, 2, "2027-01-31T23:59:59Z", "2027-02-01T00:00:00Z"),
      (.year, 1, "2027-12-31T23:59:59Z", "2028-01-01T00:00:00Z"),
      (.year, 2, "2027-01-31T23:59:59Z", "2027-02-01T00:00:00Z"),
      (.year, 7, "2027-06-30T23:59:59Z", "2027-07-01T00:00:00Z"),
    ])
  func budgets(period: BudgetPeriod, fiscalStart: Int, last: String, first: String) throws {
    let budget = Budget(
      name: "b", limit: Money(nanos: 100), period: period, fiscalStart: fiscalStart)
    var account = try CoreCase(GovernancePlan(mode: .enforced, budgets: [budget]))
    #expect(try account.offer(15, at: "2027-01-10T08:00:00Z").sent == 10)
    #expect(try account.offer(1, at: last).sent == 0)
    #expect(try account.offer(15, at: first).sent == 10)
    #expect(account.core.closedWindows.count == 1)
    #expect(account.core.closedWindows.first?.spent.nanos == 100)
    #expect(account.core.closedWindows.first?.end == Timestamp(first)?.day)
    // Alerts are armed again.
    #expect(account.core.alerts.count == 8)
  }

  @Test("Events are priced in the billing period of their own timestamp")
  func ownPeriod() throws {
    let table = RateTable([
      .init(upTo: 10, origin: 0, base: 0, unit: 0), .init(upTo: .max, origin: 10, base: 0, unit: 1),
    ])
    var account = try CoreCase(.open, anchorDay: 31, tables: [.events: table])
    try account.offer(10, at: "2027-01-30T12:00:00Z")
    #expect(try account.offer(5, at: "2027-02-02T12:00:00Z").cost == .zero)
    #expect(try account.offer(5, at: "2027-02-02T12:00:00Z", day: "2027-01-30").cost.nanos == 5)
    #expect(account.core.usage(of: .events) == 5)
    // A period later, January is closed and February is the previous one.
    let late = try account.offer(5, at: "2027-03-01T12:00:00Z", day: "2027-01-30")
    #expect(late.sent == 5 && !late.isCostKnown && account.tally.late == 5)
    #expect(try account.offer(6, at: "2027-03-01T12:00:00Z", day: "2027-02-27").cost.nanos == 1)
    #expect(account.core.total(of: .events) == MeterTotal(units: 26, cost: 6))
  }

  @Test("A timestamp beyond the period is priced in it and counted")
  func future() throws {
    var account = try CoreCase(.open)
    let outcome = try account.offer(5, at: "2027-01-10T12:00:00Z", day: "2027-02-05")
    #expect(outcome.sent == 5 && outcome.cost.nanos == 50)
    #expect(account.core.futureDated == 5)
  }

  @Test("After whole periods without a decision the previous one is empty")
  func gap() throws {
    let table = RateTable([
      .init(upTo: 10, origin: 0, base: 0, unit: 0), .init(upTo: .max, origin: 10, base: 0, unit: 1),
    ])
    var account = try CoreCase(.open, tables: [.events: table])
    try account.offer(20, at: "2027-01-10T12:00:00Z")
    #expect(try account.offer(20, at: "2027-05-10T12:00:00Z", day: "2027-04-10").cost.nanos == 10)
    #expect(account.core.total(of: .events) == MeterTotal(units: 40, cost: 20))
    #expect(account.core.billingPeriod.start == CalendarDay("2027-05-01"))
  }

  @Test("Decision instants never go back")
  func monotone() throws {
    let budget = Budget(name: "b", limit: Money(nanos: 100), period: .day)
    var account = try CoreCase(GovernancePlan(mode: .enforced, budgets: [budget]))
    try account.offer(10, at: "2027-01-11T00:00:00Z")
    #expect(try account.offer(10, at: "2027-01-10T12:00:00Z").sent == 0)
    #expect(account.core.now == Timestamp("2027-01-11T00:00:00Z"))
  }

  @Test("An unknown month to date is known from the next period on")
  func opening() throws {
    let table = RateTable([
      .init(upTo: 10, origin: 0, base: 0, unit: 0), .init(upTo: .max, origin: 10, base: 0, unit: 1),
    ])
    var account = try CoreCase(
      GovernancePlan(mode: .strict), opening: .unknown, tables: [.events: table])
    #expect(try account.offer(1, at: "2027-01-31T12:00:00Z").reason == .monthToDateUnknown)
    #expect(try account.offer(1, at: "2027-02-01T12:00:00Z").sent == 1)
    #expect(
      try account.offer(1, at: "2027-02-01T12:00:00Z", day: "2027-01-31").reason
        == .monthToDateUnknown)
  }
}
