import Foundation
import GenOpsCosting
import GenOpsForecasting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

extension ScenarioReader {
  /// What names `growth:` and `changes:` may use.
  struct TargetContext {
    var streams: [String]
    /// Whether there are files, whose projects can be named too: what they are called is known when they are read.
    var hasHistory = false
  }

  mutating func readName(_ node: Node?) -> String {
    if let text = node?.text, !text.isEmpty { return text }
    if let node { wrongType(node, "the name of the scenario", "scenario: Budget 2027") }
    return URL(literal: file).deletingPathExtension().lastPathComponent
  }

  /// `2027-02 to 2028-01`, or one month.
  mutating func readPeriod(_ node: Node) -> Scenario.Period? {
    let example = "period: 2027-02 to 2028-01"
    let words = (node.text ?? "").split(separator: " ").map(String.init)
    guard words.count == 1 || (words.count == 3 && words[1].lowercased() == "to"),
      let first = words.first.flatMap({ CalendarMonth($0) }),
      let last = words.last.flatMap({ CalendarMonth($0) })
    else {
      let wrong = words.count == 3 ? [words[0], words[2]].first { CalendarMonth($0) == nil } : nil
      let meant = PeriodForm.months(node.text ?? "") ?? PeriodForm.within(words)
      findings.error(
        wrong == nil ? "not-a-period" : "impossible-date",
        wrong.map { "'\($0)' is not a month" }
          ?? "'\(node.text ?? node.kindName)' is not a period of whole months",
        help: "write: " + (meant.map { "period: \($0.first) to \($0.last)" } ?? example),
        at: node.location)
      return nil
    }
    guard first <= last, first.distance(to: last) < ScenarioReader.maximumMonths else {
      findings.error(
        "not-a-period",
        first > last
          ? "the period ends before it begins"
          : "the period is longer than \(ScenarioReader.maximumMonths) months",
        help: "write: period: "
          + (first > last ? "\(last) to \(first)" : "\(first) to \(first.advanced(by: 11))"),
        at: node.location)
      return nil
    }
    return Scenario.Period(first: first, last: last, location: node.location)
  }

  /// The one that is named, or the standard one with a finding.
  mutating func readForecaster(_ node: Node, of history: [Scenario.FileReference])
    -> ForecasterKind
  {
    if history.isEmpty {
      findings.warning(
        "matched-nothing", "a forecaster reads a history, and there is none",
        help: "add: history: usage.csv   or leave it out", at: node.location)
    }
    return Forecasters.registry.find(node.text ?? node.kindName, at: node.location, &findings)
      ?? Forecasters.standard
  }

  /// The dates that are named beside the usual ones, or alone beside `none`.
  mutating func readDates(_ node: Node, of history: [Scenario.FileReference]) -> [DateGroup] {
    if history.isEmpty {
      findings.warning(
        "matched-nothing", "special dates are read from a history, and there is none",
        help: "add: history: usage.csv   or leave them out", at: node.location)
    }
    let usual = HolidayChoice(groups: DailySeries.usualDates, finds: false)
    let words = (node.sequence ?? [node]).map { $0.text ?? $0.kindName }
    return HolidayChoice(
      words.joined(separator: ","), beside: usual, at: node.location, &findings
    ).groups
  }

  mutating func readGrain(_ node: Node) -> Scenario.Grain? {
    if let grain = node.text.flatMap(Scenario.Grain.init(rawValue:)) { return grain }
    findings.error(
      "unknown-kind", "'\(node.text ?? node.kindName)' is not a grain of a run",
      help: "write: grain: binned   (or exact; the governance mode belongs under governance:)",
      at: node.location)
    return nil
  }

  mutating func readWhole(_ node: Node, _ what: String, _ range: ClosedRange<Int>) -> Int? {
    let figures = node.text.flatMap { try? Figures($0) }
    if let value = figures?.whole(), range.contains(value) { return value }
    findings.error(
      "out-of-range", "\(what) is a whole number from \(range.lowerBound) to \(range.upperBound)",
      help: "this is '\(node.text ?? node.kindName)'", at: node.location)
    return nil
  }

  mutating func readOpening(_ node: Node) -> MeterTotals? {
    guard let entries = node.mapping else {
      wrongType(node, "the opening usage", "opening_usage: {events: 1200000}")
      return nil
    }
    var totals = MeterTotals()
    var seen: [Meter: String] = [:]
    for entry in entries {
      guard let meter = readMeter(entry.key, at: entry.keyLocation) else { continue }
      note(meter, entry, "the opening usage", &seen)
      let example = "\(meter.id): 1200000"
      guard
        let quantity = Quantity.read(
          entry.value, "the usage so far", example: example, &findings)
      else { continue }
      guard !quantity.isRange, quantity.sign == .none, quantity.unit == nil, quantity.per == nil,
        quantity.low >= 0, quantity.low < 1e15, quantity.low == quantity.low.rounded()
      else {
        findings.error(
          "out-of-range", "usage so far is a whole number of units from 0 to 10^15",
          help: "write: \(example)", at: entry.value.location)
        continue
      }
      totals[meter] = Int64(quantity.low)
    }
    return totals
  }

  mutating func readMeter(_ name: String, at location: SourceLocation) -> Meter? {
    if let meter = Meter(named: name) { return meter }
    findings.add(Meter.unknown(name, at: location))
    return nil
  }

  mutating func wrongType(_ node: Node, _ what: String, _ example: String) {
    findings.error(
      "wrong-type", "\(what) cannot be \(node.kindName)", help: "write: \(example)",
      at: node.location)
  }
}
