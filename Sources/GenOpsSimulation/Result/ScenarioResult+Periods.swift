import GenOpsScenario
package import GenOpsUnits

/// What is spent of a period that has begun.
package struct Accrual: Sendable, Hashable {
  /// The last day that has passed.
  package var to: CalendarDay
  /// What has come together by its end, in currency units.
  package var spent: Double

  package init(to: CalendarDay, spent: Double) {
    self.to = to
    self.spent = spent
  }
}

extension ScenarioResult {
  /// Nil of a period that has not begun.
  package var accrual: Accrual? {
    guard fan.actualDays > 0, fan.days.indices.contains(fan.actualDays - 1) else { return nil }
    let last = fan.days[fan.actualDays - 1]
    return Accrual(to: last.day, spent: last.mean)
  }

  /// The months of a quarter.
  package func months(of period: PeriodResult) -> [CalendarMonth] {
    months.map(\.month).filter { $0.firstDay >= period.start && $0.firstDay < period.end }
  }

  /// What the same months cost a year before; nil where the history does not know them.
  package func yearBefore(_ period: PeriodResult) -> Money? {
    guard let bridge, bridge.lastYear.count == months.count else { return nil }
    let costs = zip(months, bridge.lastYear).filter {
      $0.0.month.firstDay >= period.start && $0.0.month.firstDay < period.end
    }
    return costs.isEmpty
      ? nil : Money(nanos: costs.reduce(Int64(0)) { $0.addingClamped($1.1.nanos) })
  }
}
