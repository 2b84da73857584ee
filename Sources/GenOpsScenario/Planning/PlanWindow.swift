import GenOpsHistory
import GenOpsUnits

/// The second stage: which days the plan is about, and from which on they are forecast.
struct PlanWindow {
  let period: Scenario.Period
  /// The first day that is not in the history.
  let forecastStart: CalendarDay

  var start: CalendarDay { period.start }
  /// The day after the last.
  var end: CalendarDay { period.end }
  /// Days from the first forecast day to the end of the period.
  var forecastCount: Int { max(0, forecastStart.distance(to: end)) }
  /// Days of the period that lie in the history.
  var actualCount: Int { max(0, start.distance(to: min(forecastStart, end))) }

  init(period: Scenario.Period, forecastStart: CalendarDay) {
    self.period = period
    self.forecastStart = forecastStart
  }

  init(_ scenario: Scenario, _ history: LoadedHistory, _ findings: inout Findings)
    throws(FindingsError)
  {
    let afterHistory = history.usage.lastDay?.advanced(by: 1)
    if let given = scenario.period {
      period = given
    } else if let afterHistory {
      let first = afterHistory.month
      period = Scenario.Period(
        first: first, last: first.advanced(by: 11), location: scenario.location)
      findings.note(
        "assumption", "no period given: twelve months from \(first)",
        help: "add: period: \(first) to \(first.advanced(by: 11))", at: scenario.location)
    } else {
      throw FindingsError("missing-key", "a scenario without history needs its period")
    }
    let first = afterHistory ?? period.start
    if let firstDay = history.usage.firstDay, first > period.end {
      if firstDay > period.start {
        findings.warning(
          "history-gap", "the history begins on \(firstDay), after the period does",
          at: period.location)
      }
      forecastStart = period.end
    } else {
      forecastStart = first
      if let firstDay = history.usage.firstDay, firstDay > period.start, first > period.start {
        findings.warning(
          "unknown-days",
          "\(period.start) to \(firstDay.advanced(by: -1)) lie before the history and are taken at its "
            + "level", help: "export those days too, or begin on \(firstDay.month.advanced(by: 1))",
          at: period.location)
      }
    }
    if let afterHistory, afterHistory.distance(to: period.start) > 92 {
      findings.warning(
        "history-gap",
        "the history ends on \(afterHistory.advanced(by: -1)), "
          + "\(afterHistory.distance(to: period.start)) days before the period begins",
        help: "export the latest months too", at: period.location)
    }
  }
}
