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
    package var draws: [Int]
    /// Positions among the scenario's effects.
    package var effects: [Int]
  }
  package var groups: [Group] = []
}

extension Planner {
  /// The calendar group of a stream, made when it is the first with these effects; nil without any.
  mutating func calendarGroup(meter: Meter, name: String, isPoll: Bool = false) -> Int? {
    let all = scenario.calendar.effects
    let mine = all.indices.filter { index in
      guard let targets = all[index].targets else { return !isPoll }
      return targets.contains { matches($0, meter: meter, name: name, isPoll: isPoll) }
    }
    calendarUsed.formUnion(mine)
    if mine.isEmpty { return nil }
    if let known = calendar.groups.firstIndex(where: { $0.effects == mine }) { return known }
    let profile = CalendarProfile(
      effects: mine.map { (all[$0].name, all[$0].effect) }, day: scenario.calendar.day)
    let draws = profile.inputs.map { draw("calendar.\($0.name)", $0.distribution) }
    calendar.groups.append(PlanCalendar.Group(profile: profile, draws: draws, effects: mine))
    return calendar.groups.count - 1
  }

  /// A history without what the calendar did to it, so that its holidays and campaigns are neither
  /// taken for its level nor counted twice. Days on which nothing can have come through are
  /// unknown.
  func withoutCalendar(_ values: [Double], from first: CalendarDay, group: Int?) -> [Double] {
    guard let group else { return values }
    let profile = calendar.groups[group].profile.medianProfile(from: first, count: values.count)
    return zip(values, profile).map { $1 > 0.01 ? $0 / $1 : .nan }
  }

  /// Multipliers of the days to forecast from those of the weekdays, Monday first. Weekdays are
  /// those of the business day.
  func weekdayProfile(_ weekdays: [Double]) -> [Double] {
    let local = (-1...forecastCount).map { weekdays[forecastStart.advanced(by: $0).weekday] }
    return scenario.calendar.day.days(fromLocal: local, first: forecastStart)
  }

  /// Effects that act on nothing, or on no day to forecast.
  mutating func reportUnusedCalendar() {
    for (index, entry) in scenario.calendar.effects.enumerated() {
      if !calendarUsed.contains(index) {
        findings.warning(
          "matched-nothing", "the calendar's '\(entry.name)' acts on usage that there is not",
          help: "'genops plan' lists the streams", at: entry.location)
        continue
      }
      // An uncertain date may lie outside at its median and inside in some futures.
      guard entry.effect.parameters.allSatisfy(\.distribution.isConstant) else { continue }
      let days = CalendarProfile(effects: [(entry.name, entry.effect)], day: scenario.calendar.day)
        .medianProfile(from: forecastStart, count: forecastCount)
      if days.allSatisfy({ $0 == 1 }) {
        findings.warning(
          "matched-nothing",
          "the calendar's '\(entry.name)' moves no day that is forecast",
          help: "the days are \(forecastStart) to \(end.advanced(by: -1))", at: entry.location)
      }
    }
  }
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
