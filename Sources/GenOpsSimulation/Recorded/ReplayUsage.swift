package import GenOpsHistory
package import GenOpsMetering
import GenOpsUnits

/// What a replay makes of the files besides replaying them.
package struct ReplayTerms: Sendable {
  /// Usage that goes beside the events; nil where nothing is known of it.
  package var usage: ReplayUsage?
  /// More or fewer users than were recorded; nil takes them as they are.
  package var multiplier: EventMultiplier?

  /// The properties that say whose an event is.
  package var owners: OwnerProperties

  package init(
    usage: ReplayUsage? = nil, multiplier: EventMultiplier? = nil, owners: OwnerProperties = .none
  ) {
    self.usage = usage
    self.multiplier = multiplier
    self.owners = owners
  }
}

/// Usage by day that goes beside recorded events: of meters that no export of events holds, such as flag requests.
package struct ReplayUsage: Sendable {
  /// Meters that events tell: a recording has all of them, be it none.
  package static let toldByEvents: Set<Meter> = [
    .events, .identifiedEvents, .groupEvents, .exceptions, .llmEvents, .surveyResponses,
  ]

  /// Units of the days of each meter, known ones only.
  private var days: [CalendarDay: [(meter: Meter, units: Int64)]] = [:]
  /// What the files say of meters that events tell, to compare: by day.
  private var told: [CalendarDay: MeterTotals] = [:]
  private var toldMeters: [Meter] = []
  /// The meters that the files have, but for those that events tell.
  package private(set) var meters: [Meter] = []

  /// Of the whole organization, whatever the projects.
  package init(_ history: UsageHistory) {
    for meter in history.meters {
      guard let total = history.total(of: meter) else { continue }
      let isTold = ReplayUsage.toldByEvents.contains(meter)
      if isTold { toldMeters.append(meter) } else { meters.append(meter) }
      var whole = CarriedAmount()
      for index in total.values.indices {
        let day = total.start.advanced(by: index)
        guard let value = total[day] else { continue }
        let units = whole.next(value)
        if isTold {
          told[day, default: MeterTotals()][meter] = units
        } else if units > 0 {
          days[day, default: []].append((meter, units))
        }
      }
    }
  }

  /// Units of the meters of a day, in the order of the meters, `scale` times what they were.
  func of(_ day: CalendarDay, scale: Double) -> [(meter: Meter, units: Int64)] {
    let units = days[day] ?? []
    if scale == 1 { return units }
    // To the nearest, one unit of each day would be two of each day at x1.5.
    let offset = DayRounding.cut(Int(day.number)) - 0.5
    return units.map { ($0, Int64(rounding: max(0, Double($1) * scale + offset))) }
  }

  /// Says of a replay on which days the files lack usage, what of them lies outside of it, and where they and the recording
  /// differ by more than a hundredth.
  func tell(
    _ replayed: [(day: CalendarDay, usage: MeterTotals, events: Int)], whole: Range<Int>,
    _ findings: inout Findings
  ) {
    guard let first = replayed.first?.day, let last = replayed.last?.day else { return }
    let outside = days.keys.filter { $0 < first || $0 > last }.count
    if outside > 0 {
      findings.note(
        "usage-outside",
        "usage of \(countedNoun(outside, "day")) lies before or behind the recording, \(first) to \(last): it is "
          + "left out", help: "replay the events of those days too")
    }
    for meter in toldMeters {
      var (file, recording, count) = (Int64(0), Int64(0), 0)
      for (day, usage, _) in replayed[whole] {
        guard let units = told[day]?[meter] else { continue }
        file = file.addingClamped(units)
        recording = recording.addingClamped(usage[meter])
        count += 1
      }
      let difference = Double(recording) - Double(file)
      guard count > 0, difference.magnitude > 0.01 * Double(max(file, recording)) else { continue }
      findings.warning(
        "usage-differs",
        "the usage has \(groupedDigits(String(file))) \(meter.id) on \(countedNoun(count, "day")) of the recording, "
          + "which has \(groupedDigits(String(recording))): the recording's are priced",
        help: file > recording
          ? "are events missing in the export? 'genops replay' without a budget counts all of it"
          : "is the usage that of another project, or of a day that is not over?")
    }
  }
}
