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
    let historyFile =
      scenario.historyFiles.count == 1 ? fileName(reference.path) ?? "history" : "the history"
    // The newest says most of what comes.
    let answers = history.bills.enumerated().compactMap { position, bill in
      bill.current.map { (position, $0) }
    }
    for (position, current) in answers.sorted(by: { $1.1.isOlder(than: $0.1) }) {
      let file = fileName(scenario.billFiles[position].path) ?? "bill"
      let reach = BillReach(current, history.usage)
      tell(reach.unexplained, current, file, historyFile)
      for item in current.usage where item.units > 0 && item.meter != .identifiedEvents {
        guard !planned.streams.contains(where: { $0.meter == item.meter }) else { continue }
        let assumed =
          current.period.map {
            $0.start.distance(to: min(max(window.forecastStart, $0.start), $0.end))
          } ?? 0
        let days = reach.days ?? Double(assumed)
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
        let perDay = Double(item.units) / days
        let span =
          "\(groupedDigits(String(item.units))) over \(text(days)) day\(days == 1 ? "" : "s")"
        findings.warning(
          "taken-from-bill",
          "no \(item.meter.unit == "request" ? "flag requests" : item.meter.id) "
            + "in \(historyFile), taken from \(file): \(span)"
            + (reach.days == nil ? ", which is assumed: no other meter tells the bill's day" : ""),
          help: "export it with the others for a season and a trend", at: reference.location)
        var whole = CarriedAmount()
        var stream = PlanStream(
          name: item.meter.id, meter: item.meter, attribution: scenario.attribution,
          model: StreamModel(name: item.meter.id, level: perDay, profile: flatProfile),
          actual: (0..<window.actualCount).map { _ in whole.next(perDay) })
        stream.calendar = calendarGroup(meter: item.meter, name: stream.name)
        if let growth = growthID(meter: item.meter, name: item.meter.id) {
          grow(&stream, growth)
        }
        if item.meter == .featureFlagRequests, needs.polls {
          flagStreams.append((planned.streams.count, nil))
        }
        planned.streams.append(stream)
      }
    }
  }

  /// Usage that no day of the period explains: the two are of different things, and what is taken from
  /// either would be too.
  private mutating func tell(
    _ unexplained: [BillReach.Difference], _ current: BillingStatement.CurrentPeriod,
    _ file: String, _ historyFile: String
  ) {
    guard let first = unexplained.first, let start = current.period?.start else { return }
    let pairs = unexplained.prefix(3).map {
      "\(groupedDigits(String($0.billed))) and \(groupedDigits(String($0.exported))) \($0.meter.id)"
    }
    let more = unexplained.count > 3 ? " and \(unexplained.count - 3) more" : ""
    findings.warning(
      "bill-contradicts",
      "\(file) and \(historyFile) do not agree on \(start) to \(first.day): "
        + pairs.joined(separator: ", ") + more,
      help: "is the export of one project only, are series hidden in it, or is the bill of another "
        + "account?", at: first.location)
  }

  /// With a decimal where a day is not over.
  private func text(_ days: Double) -> String {
    let tenths = Int64(rounding: days * 10)
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  private func fileName(_ path: String) -> String? {
    path.split(separator: "/").last.map(String.init)
  }
}
