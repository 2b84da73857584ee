package import GenOpsHistory
import GenOpsMetering
import GenOpsUnits

extension EventReplay {
  /// The longest run of days without any event that is taken as known.
  private static let longestSilence = 7

  /// The replayed usage as a history: a series per meter over all days. A longer silence in the midst
  /// of the recording is unknown: the days were not exported, or nothing was sent. Whoever joins the
  /// history with others says so.
  ///
  /// - Parameter keepsEdges: Whether the first and the last day stay also when the recording begins or ends
  ///   in their midst.
  /// - Returns: The history, without those days.
  package func history(keepsEdges: Bool) -> UsageHistory {
    var days = days[...]
    var findings = findings
    if !keepsEdges, let begin = beginsWithin {
      findings.warning(
        "partial-day",
        "the recording begins on \(begin.day) at \(begin.description.dropFirst(11).prefix(5)), later in the "
          + "day than events come on the days behind it: taken as a day that is not recorded whole",
        help: "record it from midnight UTC on")
      days.removeFirst()
    }
    if !keepsEdges, let end = endsWithin {
      findings.warning(
        "partial-day",
        "the recording ends on \(end.day) at \(end.description.dropFirst(11).prefix(5)), earlier in the day than "
          + "on the days before it: taken as a day that is not over",
        help: "record it until midnight UTC")
      days.removeLast()
    }
    guard let start = days.first?.day else { return UsageHistory(findings: findings) }
    var isKnown: [Bool] = []
    var silence = 0
    for day in days {
      isKnown.append(true)
      if day.events == 0 {
        silence += 1
        continue
      }
      if silence > EventReplay.longestSilence {
        // As many days are behind it.
        for index in isKnown.count - 1 - silence..<isKnown.count - 1 { isKnown[index] = false }
      }
      silence = 0
    }
    // Of recorded events it is known which are identified, so none of them is none and not unknown.
    let used = Meter.allCases.filter { meter in
      meter == .identifiedEvents || meters.contains { $0.meter == meter }
    }
    return UsageHistory(
      series: used.map { meter in
        UsageSeries(
          meter: meter, start: start,
          values: zip(days, isKnown).map { $1 ? Double($0.usage[meter]) : .nan })
      }, findings: findings)
  }
}

extension UsageHistory {
  /// A row for each day and meter that is known, `date,meter,units`, as `history:` and `--usage` read it.
  package var rows: String {
    var text = "date,meter,units\r\n"
    guard let first = firstDay, let last = lastDay else { return text }
    var day = first
    while day <= last {
      for meter in meters {
        guard let units = total(of: meter)?[day] else { continue }
        // A counted number, below 2^53.
        text += "\(day),\(meter.id),\(Int64(rounding: units))\r\n"
      }
      day = day.advanced(by: 1)
    }
    return text
  }
}

/// Where a recording begins in its first day and ends in its last one.
enum RecordingEdges {
  /// Days beside the edge that tell when events come; fewer than ``fewest`` tell nothing.
  private static let most = 14
  private static let fewest = 3
  private static let tolerance = 3600.0

  /// The first event of `events`, which are in the order of time, when it comes over an hour later in
  /// its day than the first event of each of the days behind it; nil when its day is whole as far as can
  /// be told.
  static func begin(_ events: [Timestamp]) -> Timestamp? { edge(events, seconds) }

  /// The last event, when it comes over an hour earlier than that of each of the days before it.
  static func end(_ events: [Timestamp]) -> Timestamp? { edge(events.reversed()) { -seconds($0) } }

  /// Seconds since the day began.
  private static func seconds(_ event: Timestamp) -> Double {
    Double(event.microseconds - Timestamp(startOf: event.day).microseconds) / 1e6
  }

  /// The first of `events` when it lies further within its day than on all other days.
  private static func edge(
    _ events: some Sequence<Timestamp>, _ depth: (Timestamp) -> Double
  ) -> Timestamp? {
    var first: Timestamp?
    var day: CalendarDay?
    var others: [Double] = []
    for event in events where event.day != day {
      day = event.day
      if first == nil { first = event } else { others.append(depth(event)) }
      if others.count == most { break }
    }
    guard let first, others.count >= fewest, let deepest = others.max() else { return nil }
    return depth(first) > deepest + tolerance ? first : nil
  }
}
