import GenOpsUnits
import Testing

@testable import GenOpsForecasting
@testable import GenOpsNumerics

@Suite("Backtest")
struct BacktestTests {
  let backtest = Backtest(paths: 200, source: RandomSource(seed: 1))
  let month = Backtest.Window(first: CalendarDay(number: 20_089).advanced(by: 400), dayCount: 30)

  @Test("what came later does not change what was forecast")
  func honest() throws {
    let history = SimulatedHistory(slope: 0.3)
    let whole = history.series()
    let changed = history.series { $0 >= 400 ? $1 * 50 : $1 }
    let known = DailySeries(start: whole.start, values: Array(whole.values.prefix(400)))
    let totals = try #require(backtest.totals(of: whole, name: "events", in: month))
    #expect(totals.count == 200)
    #expect(totals == backtest.totals(of: changed, name: "events", in: month))
    #expect(totals == backtest.totals(of: known, name: "events", in: month))
  }

  @Test("a series that ends before the window is unknown until then")
  func ended() throws {
    let whole = SimulatedHistory().series()
    let ended = DailySeries(start: whole.start, values: Array(whole.values.prefix(390)))
    let totals = try #require(backtest.totals(of: ended, name: "events", in: month))
    #expect(abs(Statistics.mean(totals) / 300_000 - 1) < 0.1)
    #expect(
      backtest.totals(of: whole, name: "events", in: .init(first: whole.start, dayCount: 9)) == nil)
  }

  @Test("the origin rolls over whole months, the latest first, as far as the history reaches")
  func months() {
    let last = CalendarMonth(year: 2026, month: 4)
    let windows = Backtest.months(
      before: last, historyFrom: CalendarDay(number: 20_089), knownDays: 90, limit: 24)
    #expect(windows.first == .init(first: last.advanced(by: -1).firstDay, dayCount: 31))
    // From 1 January 2025 on: 1 April is the first month with 90 days before it.
    #expect(windows.last?.first == CalendarMonth(year: 2025, month: 4).firstDay)
    #expect(windows.count == 12)
    #expect(zip(windows, windows.dropFirst()).allSatisfy { $0.first == $1.end })
    let few = Backtest.months(
      before: last, historyFrom: CalendarDay(number: 20_089), knownDays: 90, limit: 3)
    #expect(few == Array(windows.prefix(3)))
  }

  @Test("the sums of months of a quiet series are met, and a window with a gap is left out")
  func run() throws {
    let series = SimulatedHistory(slope: 0.2).series { $0 == 380 ? .nan : $1 }
    let windows = (0..<8).map {
      Backtest.Window(first: series.start.advanced(by: 250 + 30 * $0), dayCount: 30)
    }
    let accuracy = backtest.run(series, name: "events", windows: windows)
    #expect(accuracy.errors.count == 7)
    #expect(try #require(accuracy.meanAbsolutePercentError) < 8)
    #expect(try #require(accuracy.coverage80) > 0.4)
  }

  @Test("accuracy is the mean error in per cent and the part that the 80 % interval held")
  func accuracy() throws {
    var accuracy = ForecastAccuracy()
    #expect(accuracy.meanAbsolutePercentError == nil && accuracy.coverage80 == nil)
    let forecast = (0...10).map { 95 + Double($0) }
    accuracy.compare(forecast, with: 80)
    accuracy.compare(forecast, with: 100)
    #expect(accuracy.errors == [0.25, 0])
    #expect(accuracy.meanAbsolutePercentError == 12.5)
    #expect(accuracy.coverage80 == 0.5)
  }
}
