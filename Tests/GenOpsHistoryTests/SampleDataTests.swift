import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits
import GenOpsTestSupport
import Testing

@testable import GenOpsHistory

struct `The sample data` {
  @Test func `is a usage export that is read without a finding`() throws {
    let history = UsageHistory.load(
      path: ScenarioFolder.path("billing/usage.csv"), name: "usage.csv")
    #expect(history.findings.all.isEmpty)
    #expect(history.series.count == 9)
    #expect(
      history.meters == [
        .events, .identifiedEvents, .sessionRecordings, .exceptions, .llmEvents,
      ])
    #expect(history.firstDay == CalendarDay("2025-02-01"))
    #expect(history.lastDay == CalendarDay("2027-02-14"))
    #expect(Set(history.series.compactMap(\.project)) == ["Web shop", "Back office"])
    let events = try #require(history.total(of: .events))
    let identified = try #require(history.total(of: .identifiedEvents))
    #expect(zip(events.values, identified.values).allSatisfy { $0 > $1 && $1 > 0.4 * $0 })
  }

  @Test func `is a bill that agrees with the export and with itself`() throws {
    let statement = BillingStatement.load(
      path: ScenarioFolder.path("billing/billing.json"), name: "billing.json")
    #expect(statement.findings.all.isEmpty)
    #expect(statement.anchorDay == 1)
    let current = try #require(statement.current)
    let history = UsageHistory.load(
      path: ScenarioFolder.path("billing/usage.csv"), name: "usage.csv")
    let start = try #require(current.period?.start)
    for meter in history.meters {
      let series = try #require(history.total(of: meter))
      let sum = series.sum(from: start, to: series.end)
      #expect(sum.missing == 0)
      #expect(current.units(of: meter) == Int64(sum.units))
    }
    let flags = try #require(current.units(of: .featureFlagRequests))
    #expect((10_000_000...12_000_000).contains(flags))
    #expect(current.account.fees == [.init(key: "boost", name: "Boost", price: Money(units: 250))])
    #expect(statement.periods.count == 6)
    #expect(statement.periods.allSatisfy { $0.isComplete && $0.includesFees })
    #expect(statement.periods.first?.start == CalendarDay("2026-08-01"))
  }

  @Test func `has page views that anybody can forecast`() throws {
    let history = UsageHistory.load(
      path: ScenarioFolder.path("data/wikipedia_page_views.csv"), name: "pages.csv")
    #expect(history.findings.all.isEmpty)
    #expect(history.series.map(\.project) == ["Gordon Ramsay (en)", "Strasbourg (fr)"])
    #expect(history.series.allSatisfy { $0.values.count == 550 && $0.missingDays == 0 })
  }

  @Test func `has bodies in every shape the clients send`() throws {
    let stream = try EventReader(
      path: ScenarioFolder.path("data/batches.jsonl"), name: "batches.jsonl")
    let events = try stream.rest()
    #expect(events.map(\.line) == [1, 1, 1, 2, 3, 4, 5, 6])
    #expect(stream.tally.malformed == 0)
    #expect(events.count { $0.event.isMobileSnapshot } == 1)
    #expect(stream.findings.all.isEmpty)
  }
}
