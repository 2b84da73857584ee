import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// Streams of which only a bill knows.
extension StreamPlanner {
  /// Meters that the bill of the running period names and the history does not.
  mutating func addBilledStreams() {
    guard let reference = scenario.historyFiles.first else { return }
    for (position, bill) in history.bills.enumerated() {
      guard let current = bill.current else { continue }
      for item in current.usage where item.units > 0 && item.meter != .identifiedEvents {
        guard !planned.streams.contains(where: { $0.meter == item.meter }) else { continue }
        let days =
          current.period.map {
            $0.start.distance(to: min(max(window.forecastStart, $0.start), $0.end))
          } ?? 0
        guard days > 0 else {
          findings.warning(
            "unknown-usage",
            "\(item.meter.id) is in the bill but not in the history, and "
              + (current.period == nil
                ? "the bill does not say its period: it is not in the cost"
                : "the bill's period has no day of the history"),
            help: "export its usage", at: item.location)
          continue
        }
        let perDay = Double(item.units) / Double(days)
        let file =
          scenario.billFiles[position].path.split(separator: "/").last.map(String.init) ?? "bill"
        let historyFile = reference.path.split(separator: "/").last.map(String.init) ?? "history"
        findings.warning(
          "taken-from-bill",
          "no \(item.meter.unit == "request" ? "flag requests" : item.meter.id) "
            + "in \(historyFile), taken from \(file)",
          help: "export it with the others for a season and a trend", at: reference.location)
        var stream = PlanStream(
          name: item.meter.id, meter: item.meter, attribution: scenario.attribution,
          model: StreamModel(name: item.meter.id, level: perDay, profile: flatProfile),
          actual: [Int64](
            repeating: Int64(min(1e15, max(0, perDay.rounded()))), count: window.actualCount))
        stream.calendar = calendarGroup(meter: item.meter, name: stream.name)
        if let growth = growthID(meter: item.meter, name: item.meter.id) {
          grow(&stream, growth)
        }
        if item.meter == .featureFlagRequests, needs.polls {
          addFlagStreams(stream, from: nil)
        } else {
          planned.streams.append(stream)
        }
      }
    }
  }
}
