import GenOpsForecasting
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

extension StreamPlanner {
  /// The calendar group of a stream, made when it is the first with these effects; nil without any.
  mutating func calendarGroup(meter: Meter, name: String, isPoll: Bool = false) -> CalendarGroupID?
  {
    let all = scenario.calendar.effects
    let mine = all.indices.filter { index in
      guard let targets = all[index].targets else { return !isPoll }
      return targets.contains { $0.matches(meter: meter, name: name, isPoll: isPoll) }
    }
    if mine.isEmpty { return nil }
    if let known = planned.calendar.groups.firstIndex(where: { $0.effects == mine }) {
      return CalendarGroupID(known)
    }
    let profile = CalendarProfile(
      effects: mine.map { (all[$0].name, all[$0].effect) }, day: scenario.calendar.day)
    let draws = profile.inputs.map { planned.draws.draw("calendar.\($0.name)", $0.distribution) }
    return planned.calendar.groups.add(
      PlanCalendar.Group(profile: profile, draws: draws, effects: mine))
  }

  /// A history without what the calendar did to it, so that its holidays and campaigns are neither
  /// taken for its level nor counted twice. Days on which nothing can have come through are
  /// unknown.
  func withoutCalendar(_ values: [Double], from first: CalendarDay, group: CalendarGroupID?)
    -> [Double]
  {
    guard let group else { return values }
    let profile = planned.calendar.groups[group].profile.medianProfile(
      from: first, count: values.count)
    return zip(values, profile).map { $1 > 0.01 ? $0 / $1 : .nan }
  }

  /// Multipliers of the days to forecast from those of the weekdays, Monday first. Weekdays are
  /// those of the business day.
  func weekdayProfile(_ weekdays: [Double]) -> [Double] {
    let local = (-1...window.forecastCount).map {
      weekdays[window.forecastStart.advanced(by: $0).weekday]
    }
    return scenario.calendar.day.days(fromLocal: local, first: window.forecastStart)
  }
}
