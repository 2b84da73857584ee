import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// Streams that the history shows.
extension StreamPlanner {
  /// A stream for each series; identified events ride on their events.
  mutating func addHistoryStreams() {
    for series in history.usage.series where series.meter != .identifiedEvents {
      let name = name(of: series)
      var values = series.values
      let reach = series.start.distance(to: window.forecastStart)
      // A series that ends before the others is missing, not zero, until they end.
      if values.count < reach {
        values += [Double](repeating: .nan, count: reach - values.count)
      }
      let group = calendarGroup(meter: series.meter, name: name)
      let before = withoutCalendar(
        Array(values.prefix(max(0, reach))), from: series.start, group: group)
      let fit = Forecasters.standard.fit(
        DailySeries(start: series.start, values: before), name: name,
        at: scenario.historyFiles.first?.location)
      findings.merge(fit.findings)
      let growth = growthID(meter: series.meter, name: name)
      var stream = PlanStream(
        name: name, meter: series.meter, attribution: attribution(of: series),
        model: StreamModel(
          following: fit, days: window.forecastCount,
          growth: growth.map { planned.growth[$0].model },
          growthName: growth.map { planned.growth[$0].name }),
        growth: growth, actual: actual(values, from: series.start, fallback: fit.level))
      stream.calendar = group
      if series.meter == .events { addIdentified(to: &stream, series, values: values) }
      if series.meter == .featureFlagRequests, needs.polls {
        addFlagStreams(stream, from: series)
      } else {
        planned.streams.append(stream)
      }
    }
  }

  private func attribution(of series: UsageSeries) -> Attribution {
    var attribution = scenario.attribution
    if let project = series.project { attribution.project = project }
    return attribution
  }

  /// Whole units of the actual days; a missing day gets the level, and the fit said so.
  private func actual(_ values: [Double], from first: CalendarDay, fallback: Double) -> [Int64] {
    (0..<window.actualCount).map { day in
      let index = first.distance(to: window.start.advanced(by: day))
      // Before the first day that any series has, nothing is known; a series that begins later was
      // not used before.
      let isBefore = window.start.advanced(by: day) < (history.usage.firstDay ?? first)
      let value = values.indices.contains(index) ? values[index] : isBefore ? .nan : 0
      let known = value.isFinite ? value : fallback
      return Int64(min(1e15, max(0, known.rounded())))
    }
  }

  private mutating func addIdentified(
    to stream: inout PlanStream, _ series: UsageSeries, values: [Double]
  ) {
    let partner = history.usage.series.first {
      $0.meter == .identifiedEvents && $0.project == series.project
    }
    guard let partner else {
      stream.identifiedShare = planned.draws.draw(
        Assumption.identifiedShare(
          of: stream.name, at: scenario.historyFiles.first?.location), &findings)
      stream.mix = mixParts(scenario.mix)
      return
    }
    stream.identifiedActual = actual(partner.values, from: partner.start, fallback: 0)
    for day in stream.identifiedActual.indices {
      stream.identifiedActual[day] = min(stream.identifiedActual[day], stream.actual[day])
    }
    // The ratio of the last 90 days in which both are known.
    var events = 0.0
    var identified = 0.0
    for back in 1...90 {
      let day = window.forecastStart.advanced(by: -back)
      let index = series.start.distance(to: day)
      let other = partner.start.distance(to: day)
      guard values.indices.contains(index), partner.values.indices.contains(other),
        values[index].isFinite, partner.values[other].isFinite
      else { continue }
      events += values[index]
      identified += partner.values[other]
    }
    let share = events > 0 ? min(1, identified / events) : 0
    stream.identifiedShare = planned.draws.draw("identified.\(stream.name)", .constant(share))
    stream.mix = mixParts(scenario.mix)
  }
}
