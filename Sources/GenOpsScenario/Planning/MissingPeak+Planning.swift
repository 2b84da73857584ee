import GenOpsForecasting
import GenOpsMetering
import GenOpsUnits

extension MissingPeak {
  /// More peaks a year are how its days scatter.
  private static let most = 3

  /// The peaks of a stream's history whose days come again before the period ends. Of many, those that
  /// have a name or came the year before too.
  static func find(_ peaks: [HistoryPeak], of stream: PlanStream, _ window: PlanWindow)
    -> [MissingPeak]
  {
    guard window.forecastCount > 0 else { return [] }
    return peaks.flatMap { peak -> [MissingPeak] in
      guard peaks.count <= most || peak.isYearly || name(of: peak) != nil else { return [] }
      let length = peak.first.distance(to: peak.last)
      let year = peak.first.civil.year
      return (year + 1...max(year + 1, window.end.civil.year)).compactMap { year in
        guard let first = first(of: peak, in: year),
          first >= max(window.forecastStart, window.start), first.advanced(by: length) < window.end
        else { return nil }
        return MissingPeak(
          stream: stream.name, meter: stream.meter, peak: peak, first: first,
          last: first.advanced(by: length))
      }
    }
  }

  /// The day of `year` on which a peak begins again.
  private static func first(of peak: HistoryPeak, in year: Int) -> CalendarDay? {
    let date = peak.first.civil
    if name(of: peak) == "Black Friday" {
      return blackFriday(year).advanced(by: blackFriday(date.year).distance(to: peak.first))
    }
    // The 29th of February comes again as the 28th.
    return CalendarDay(year: year, month: date.month, day: date.day)
      ?? CalendarDay(year: year, month: date.month, day: 28)
  }

  /// Those that move their meter as a whole, and of which no passing change and no date of the calendar
  /// takes the place.
  static func remaining(_ all: [MissingPeak], _ effects: PlannedEffects, _ window: PlanWindow)
    -> [MissingPeak]
  {
    let streams = effects.streams.streams
    return all.filter { missing in
      let alike = all.filter {
        $0.meter == missing.meter && $0.month == missing.month && $0.name == missing.name
      }
      let level = streams.filter { $0.meter == missing.meter }
        .reduce(0) { $0 + $1.level(effects.streams.draws) }
      guard alike.reduce(0, { $0 + $1.peak.units }) >= HistoryPeak.weight * level else {
        return false
      }
      // Movable days lie a few days apart from year to year.
      let from = window.forecastStart.distance(to: missing.first) - 7
      let to = window.forecastStart.distance(to: missing.last) + 8
      let changed = effects.changes.contains { change in
        let name = streams[change.stream].name
        return (name == missing.stream || name.hasPrefix(missing.stream + "/"))
          && change.days.count <= 2 * HistoryPeak.longest && change.days.lowerBound < to
          && change.days.upperBound > from
      }
      let stream = streams.first {
        $0.name == missing.stream || $0.name.hasPrefix(missing.stream + "/")
      }
      if let forecast = stream?.model.history, missing.isExpected(by: forecast) { return false }
      let group = streams.first { $0.name == missing.stream }?.calendar
      let dated = group.map { effects.streams.calendar.groups[$0].profile }?
        .medianProfile(from: missing.first, count: missing.first.distance(to: missing.last) + 1)
      let isDated = dated?.contains { $0 > 1 + HistoryPeak.smallest / 2 } ?? false
      return !changed && !isDated
    }
  }

  /// Whether a forecast has most of the peak on the days on which it comes again.
  private func isExpected(by forecast: any Forecast) -> Bool {
    let count = first.distance(to: last) + 1
    let factors = forecast.dateFactors(from: first, count: count)
    let above = factors.reduce(0) { $0 + $1 - 1 } / Double(max(1, count))
    return above >= 0.6 * (peak.factor - 1)
  }

  /// One finding for each peak and month, whichever streams had it.
  static func tell(_ all: [MissingPeak], at location: SourceLocation?, _ findings: inout Findings) {
    var told: Set<[String]> = []
    for missing in all where told.insert([missing.name ?? "", missing.month.description]).inserted {
      let alike = all.filter { $0.name == missing.name && $0.month == missing.month }
      let peak = missing.peak
      let days = peak.first == peak.last ? "\(peak.first)" : "\(peak.first) to \(peak.last)"
      // A peak that came once may have been an accident.
      let isCertain = peak.isYearly || missing.name != nil
      // Names that differ, so that the lines of several findings can stand in one list.
      let isAlone = all.allSatisfy { $0.name != missing.name || $0.month == missing.month }
      let name =
        (missing.name ?? "peak") + (isAlone && missing.name != nil ? "" : " \(missing.month)")
      var meters: [Meter] = []
      for other in alike where !meters.contains(other.meter) { meters.append(other.meter) }
      let factors = meters.compactMap { meter in
        alike.first { $0.meter == meter }.map { "\(meter.id): \(times($0.peak.factor))" }
      }
      findings.add(
        Finding(
          isCertain ? .warning : .note, "missing-peak",
          "\(missing.stream)\(alike.count > 1 ? " and \(alike.count - 1) more" : "") stood at "
            + "\(times(peak.factor).dropFirst()) times the days around \(days)"
            + (missing.name.map { " (\($0))" } ?? "")
            + (peak.isYearly ? ", as the year before" : "")
            + "; the forecast of \(missing.month) has no such peak",
          help: "if it comes again, add below changes: the line '- \(name): {from: "
            + "\(missing.first), to: \(missing.last), \(factors.joined(separator: ", "))}'",
          at: location))
    }
  }

  /// `x1.6`.
  private static func times(_ factor: Double) -> String { "x\((factor * 10).rounded() / 10)" }
}
