import GenOpsMetering
package import GenOpsScenario
package import GenOpsSimulation

/// What is lost, in words: events unless something else is what a stream offers.
extension LostData {
  /// `372 M events (45 %) are lost, 9.1 M of them critical`; nil when nothing is lost.
  package var sentencePart: String? {
    guard total > 0 else { return nil }
    let critical =
      critical > 0 ? ", \(NumberText.count(critical)) of them critical" : ", none of them critical"
    return things(joinedBy: " and ") + part + " are lost" + critical
  }

  /// `372 M (45 %)`, `53 k recordings (2 %)`, or `0`.
  package var text: String {
    guard total > 0 else { return "0" }
    return (isOfEvents ? NumberText.count(total) : things(joinedBy: " + ")) + part
  }

  /// ``text`` with the places of its numbers, where this stands at `path`.
  func cell(at path: String) -> ReportTable.Cell {
    guard total > 0 else { return ReportTable.Cell(text).at("\(path).total") }
    var cell = ReportTable.Cell(text)
    cell.sources =
      (isOfEvents || byMeter.count > 2
        ? ["\(path).total"] : byMeter.map { "\(path).byMeter.\($0.meter.id)" })
      + (part.isEmpty ? [] : ["\(path).share"])
    return cell
  }

  /// The places of the numbers of ``sentencePart``, where this stands at `path`.
  func sentenceSources(at path: String) -> [String] {
    total > 0 ? cell(at: path).sources + (critical > 0 ? ["\(path).critical"] : []) : []
  }

  /// ``text`` where there is little room: `53 k rec. (2 %)`, `1.2 M + 53 k rec.`
  package var shortText: String {
    guard total > 0, !isOfEvents, byMeter.count <= 2 else { return text }
    let things = byMeter.map { meter, lost in
      let word = meter.unit.split(separator: " ").last ?? ""
      return NumberText.count(lost)
        + (meter == .events ? "" : word.count > 4 ? " \(word.prefix(3))." : " \(word)s")
    }
    return things.joined(separator: " + ") + part
  }

  /// `! 9.1 M`, or `0`. The sign says what the colour says.
  package var criticalText: String { critical > 0 ? "! \(NumberText.count(critical))" : "0" }

  /// Whether events are all that is lost, so that a column of "events lost" is true.
  package var isOfEvents: Bool { byMeter.allSatisfy { $0.meter == .events } }

  /// `1.2 M events and 53 k recordings`.
  package var things: String { things(joinedBy: " and ") }

  /// `1.2 M events and 53 k recordings`; more kinds than two are one number.
  private func things(joinedBy word: String) -> String {
    if byMeter.count > 2 { return NumberText.count(total) + " items" }
    if isOfEvents { return NumberText.count(total) + " events" }
    return byMeter.map { "\(NumberText.count($0.lost)) \($0.meter.unit)s" }
      .joined(separator: word)
  }

  /// The part of what was offered; of things that are not alike there is none.
  private var part: String { byMeter.count > 1 ? "" : " (\(NumberText.percent(share)))" }
}

extension ScenarioResult {
  /// The head of the column of what options lose.
  package var lostTitle: String {
    options.allSatisfy(\.lost.isOfEvents) ? "Events lost" : "Lost"
  }
}
