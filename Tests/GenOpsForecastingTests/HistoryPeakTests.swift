import GenOpsUnits
import Testing

@testable import GenOpsForecasting

struct `Peaks of last year` {
  /// Two years from 2025-03-01 on, level 10,000.
  static let start = CalendarDay(number: 20_148)

  static func peaks(days: Int = 730, _ change: (CalendarDay, Double) -> Double) -> [HistoryPeak] {
    let history = SimulatedHistory(days: days, noise: 0.03)
    let plain = history.series()
    let values = plain.values.enumerated().map { change(start.advanced(by: $0), $1) }
    let series = DailySeries(start: start, values: values)
    return HistoryPeak.find(series, HistoryModel(series, name: "events"))
  }

  static func isIn(_ day: CalendarDay, _ months: Int..., days: ClosedRange<Int>) -> Bool {
    months.contains(day.civil.month) && days.contains(day.civil.day)
  }

  @Test func `are none in a steady history`() {
    #expect(Self.peaks { $1 }.isEmpty)
  }

  @Test func `are found with their days and size, and as yearly when they came twice`() throws {
    let peaks = Self.peaks { Self.isIn($0, 11, days: 22...29) ? $1 * 2 : $1 }
    let peak = try #require(peaks.first)
    #expect(peaks.count == 1)
    #expect(peak.first == CalendarDay("2026-11-22") && peak.last == CalendarDay("2026-11-29"))
    #expect(abs(peak.factor - 2) < 0.2 && peak.isYearly)
    #expect(abs(peak.units - 80_000) < 12_000)
  }

  @Test func `that came once are not yearly`() throws {
    let peaks = Self.peaks {
      $0.civil.year == 2026 && Self.isIn($0, 12, days: 1...31) ? $1 * 1.6 : $1
    }
    #expect(peaks.map(\.isYearly) == [false])
    #expect(peaks.first?.first.month == CalendarMonth(year: 2026, month: 12))
  }

  /// The history ends on the last day of the peak, which the year before had two days later.
  @Test func `at the very end are one when the year before had it too`() throws {
    let end = try #require(CalendarDay("2026-11-30"))
    let peaks = Self.peaks(days: Self.start.distance(to: end)) {
      $0.civil.year == 2026 && Self.isIn($0, 11, days: 24...29)
        || $0.civil.year == 2025 && Self.isIn($0, 11, days: 25...30) ? $1 * 2 : $1
    }
    #expect(peaks.last?.last == CalendarDay("2026-11-29") && peaks.last?.isYearly == true)
  }

  /// A level that stays, a dip, a day a little higher, and days at the very end, which may go on.
  @Test(arguments: 0..<4)
  func `are nothing else`(kind: Int) {
    let peaks = Self.peaks { day, units in
      switch kind {
      case 0: day.civil.year == 2026 && day.civil.month > 6 ? units * 2 : units
      case 1: Self.isIn(day, 12, days: 20...31) ? units / 2 : units
      case 2: day == CalendarDay("2026-05-05") ? units * 1.4 : units
      default: day.number > Self.start.number + 725 ? units * 2 : units
      }
    }
    #expect(peaks.isEmpty)
  }
}
