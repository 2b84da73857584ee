import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// What the past says of the forecast.
extension StreamPlanner {
  /// Holds the forecaster against the months that have passed. Where its range is refuted, the level
  /// of what follows the history varies from path to path by as much as was missing.
  mutating func addTrackRecord() {
    var profiles: [CalendarGroupID?] = []
    for series in history.usage.series {
      // Identified events are a part of events, and what dates do to those.
      let isPart = series.meter == .identifiedEvents
      profiles.append(
        isPart ? nil : calendarGroup(meter: series.meter, name: name(of: series)))
    }
    let recorder = TrackRecorder(
      scenario: scenario, history: history.usage, end: window.forecastStart
    ) { [planned, history] series in
      let index = history.usage.series.firstIndex {
        $0.meter == series.meter && $0.project == series.project
      }
      return index.flatMap { profiles[$0] }.map { planned.calendar.groups[$0].profile }
    }
    planned.trackRecord = recorder.record()
    guard let record = planned.trackRecord, record.widening > 0 else { return }
    let spread = record.widening
    let level = UncertainValue.lognormal(mu: -spread * spread / 2, sigma: spread)
    let draw = planned.draws.draw("history.level", level)
    for id in planned.streams.ids { planned.streams[id].factors.append(draw) }
    // 1.28 standard deviations are what 8 of 10 futures lie within.
    // The spread is 1.5 at most, so the conversion cannot fail.
    let percent = Int((spread * 128.2).rounded())
    // A share of a few dozen months, so the conversion cannot fail.
    let held = Int((record.coverage80 * Double(record.months)).rounded())
    findings.warning(
      "range-widened",
      "the forecast's 80 % range held \(held) of the last \(record.months) months: it is widened by "
        + "\(percent) % to either side, with which it would have held 8 of 10",
      help:
        "where a jump has a cause that is over or known, say it: growth:, changes: or calendar:",
      at: scenario.historyFiles.first?.location)
  }

  /// How the stream of a series is called.
  func name(of series: UsageSeries) -> String {
    (series.project.map { $0 + "/" } ?? "") + series.meter.id
  }
}
