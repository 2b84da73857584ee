package import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
package import GenOpsUnits

/// Calendar effects, resolved against the streams.
package struct PlanCalendar: Sendable {
  /// The effects that act together on some streams, with the draws of their inputs in order.
  package struct Group: Sendable {
    package var profile: CalendarProfile
    package var draws: [DrawID]
    /// Positions among the scenario's effects.
    package var effects: [Int]
  }
  package var groups: [Group] = []
}

extension Plan {
  /// The dated effects of the calendar that move a month by more than 1 % on some day, at the
  /// median of their dates and sizes.
  package func calendarDrivers(of month: CalendarMonth) -> [String] {
    scenario.calendar.effects.filter { type(of: $0.effect).isDated }.filter { entry in
      CalendarProfile(effects: [(entry.name, entry.effect)], day: scenario.calendar.day)
        .medianProfile(from: month.firstDay, count: month.dayCount)
        .contains { abs($0 - 1) > 0.01 }
    }.map(\.name)
  }
}
