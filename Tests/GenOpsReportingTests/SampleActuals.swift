import GenOpsMetering
import GenOpsSimulation
import GenOpsUnits

extension Sample {
  /// A period that was billed, and one that runs.
  static let actuals: [ActualPeriod] = {
    func day(_ month: Int, _ day: Int = 1) -> CalendarDay {
      CalendarMonth(year: 2027, month: month).firstDay.advanced(by: day - 1)
    }
    return [
      ActualPeriod(
        start: day(1), end: day(2), knownTo: day(2),
        lines: [
          .init(
            label: "Product analytics", meter: .events, project: "Web shop", units: 3_000_000,
            listed: Money(nanos: 100_500_000_001), billed: Money(units: 100)),
          .init(
            label: "Product analytics", meter: .events, project: "=Back, \"office\"", units: 7,
            listed: Money(nanos: 1), billed: Money(nanos: 2)),
          .init(label: "Feature flags", meter: .featureFlagRequests, billed: Money(units: 9)),
          .init(label: "Boost", listed: Money(units: 250)),
        ]),
      ActualPeriod(
        start: day(2), end: day(3), knownTo: day(2, 15),
        lines: [
          .init(
            label: "Product analytics", meter: .events, units: 1_500_000, listed: Money(units: 25))
        ], unknown: [.sessionRecordings]),
    ]
  }()
}
