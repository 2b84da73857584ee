import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// Streams that the history shows.
extension StreamPlanner {
  /// A stream for each series; identified events ride on their events, where there are any.
  mutating func addHistoryStreams() {
    var dates = FoundDates()
    for series in history.usage.series
    where series.meter != .identifiedEvents || history.usage.isWithoutEvents(series) {
      let name = name(of: series)
      if series.meter == .identifiedEvents {
        findings.warning(
          "events-missing",
          "\(name) has no row of the events that it is a part of: \(Meter.events.invoiceName) is not in "
            + "the cost",
          help: "export 'Events' with the others", at: scenario.historyLocation)
      }
      var values = series.values
      let reach = series.start.distance(to: window.forecastStart)
      // A series that ends before the others is missing, not zero, until they end.
      if values.count < reach {
        values += [Double](repeating: .nan, count: reach - values.count)
      }
      let group = calendarGroup(meter: series.meter, name: name)
      var before = DailySeries(
        start: series.start,
        values: withoutCalendar(
          Array(values.prefix(max(0, reach))), from: series.start, group: group),
        dates: scenario.specialDates)
      // What began within the history and does not end is in its level.
      before.newLevels = scenario.changes.filter { change in
        change.to == nil
          && change.effects.contains {
            $0.target.matches(meter: series.meter, name: name, isPoll: false)
          }
      }.map(\.from)
      var fit = scenario.forecaster.fit(before, name: name, at: scenario.historyLocation)
      let peaks = HistoryPeak.find(before, fit)
      if let last = peaks.last, before.end <= last.last.advanced(by: HistoryPeak.edge) {
        // A history that ends in a peak of every year would take it for its level.
        before.forget(from: last.first, through: last.last)
        fit = scenario.forecaster.fit(before, name: name, at: scenario.historyLocation)
        findings.note(
          "ends-in-peak",
          "\(name): \(last.first) to \(last.last) is a peak that the year before had too, and counts "
            + "for no level",
          help: "export again two weeks after it", at: scenario.historyLocation)
      }
      dates.take(fit.dateEffects, of: name, window)
      // The history has told which days are missing, and why.
      findings.merge(Findings(fit.findings.all.filter { $0.code != "missing-days" }))
      let growth = growthID(meter: series.meter, name: name)
      var stream = PlanStream(
        name: name, meter: series.meter, attribution: attribution(of: series),
        model: StreamModel(
          following: fit, days: window.forecastCount,
          growth: growth.map { planned.growth[$0].model },
          growthName: growth.map { planned.growth[$0].name }),
        growth: growth, actual: actual(series, unknown: { _ in fit.level }))
      stream.calendar = group
      stream.historyDays = before.usedDays
      planned.peaks += MissingPeak.find(peaks, of: stream, window)
      if series.meter == .events { addIdentified(to: &stream, series) }
      if series.meter == .featureFlagRequests, needs.polls {
        flagStreams.append((planned.streams.count, series))
      }
      planned.streams.append(stream)
    }
    dates.tell(at: scenario.historyLocation, &findings)
  }

  private func attribution(of series: UsageSeries) -> Attribution {
    var attribution = scenario.attribution
    if let project = series.project { attribution.project = project }
    return attribution
  }

  /// Whole units of the actual days. An unknown one gets what `unknown` says of it by its place in the
  /// period, and the history said so.
  private func actual(_ series: UsageSeries, unknown: (Int) -> Double) -> [Int64] {
    // A meter may count in parts, such as megabytes.
    var whole = CarriedAmount()
    return (0..<window.actualCount).map { day in
      let units = series[window.start.advanced(by: day)] ?? unknown(day)
      return units.isFinite ? whole.next(units) : 0
    }
  }

  private mutating func addIdentified(to stream: inout PlanStream, _ series: UsageSeries) {
    stream.mix = mixParts(scenario.mix)
    guard let partner = history.usage.identified(of: series),
      let share = history.usage.identifiedShare(of: series, before: window.forecastStart)
    else {
      stream.identifiedShare = planned.draws.draw(
        Assumption.identifiedShare(of: stream.name, at: scenario.historyLocation), &findings)
      return
    }
    let events = stream.actual
    stream.identifiedActual = zip(
      actual(partner, unknown: { Double(events[$0]) * share }), events
    ).map { min($0, $1) }
    stream.identifiedShare = planned.draws.draw("identified.\(stream.name)", .constant(share))
  }
}
