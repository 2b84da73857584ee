package import GenOpsHistory
import GenOpsMetering
import GenOpsUnits

extension EventReplay {
  /// The longest run of days without any event that is taken as known.
  private static let longestSilence = 7

  /// The replayed usage as a history: a series per meter over all days. A longer silence in the midst
  /// of the recording is unknown: the days were not exported, or nothing was sent. Whoever joins the
  /// history with others says so.
  package var history: UsageHistory {
    guard let start = days.first?.day else { return UsageHistory(findings: findings) }
    var isKnown = [Bool](repeating: true, count: days.count)
    var silence = 0
    for index in days.indices {
      if days[index].events == 0 {
        silence += 1
        continue
      }
      if silence > EventReplay.longestSilence {
        // The silent days lie behind the first day, which has an event.
        for day in index - silence..<index { isKnown[day] = false }
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
