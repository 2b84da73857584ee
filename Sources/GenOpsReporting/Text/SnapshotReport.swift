package import GenOpsSimulation
import GenOpsUnits

/// What a check of snapshots found out, as text, Markdown, JUnit and annotations.
package struct SnapshotReport {
  var outcomes: [SnapshotOutcome]
  /// What the user named, for the command that takes the snapshots anew.
  var paths: [String]

  package init(outcomes: [SnapshotOutcome], paths: [String]) {
    self.outcomes = outcomes
    self.paths = paths
  }

  package var failures: [SnapshotOutcome] { outcomes.filter(\.isFailure) }
  package var broken: [SnapshotOutcome] { outcomes.filter { $0.state == .broken } }

  package var updateCommand: String {
    "genops snapshot update" + paths.map { " \($0)" }.joined()
  }

  // MARK: Text

  package func text(_ style: TextStyle) -> String {
    var out = ""
    for outcome in failures { out += text(outcome, style) + "\n" }
    if failures.isEmpty, broken.isEmpty {
      let figures = outcomes.count
      return out + "\(figures) snapshot\(figures == 1 ? "" : "s") hold\(figures == 1 ? "s" : "")\n"
    }
    if !failures.isEmpty { out += "if this is meant: \(updateCommand)\n" }
    return out
  }

  private func text(_ outcome: SnapshotOutcome, _ style: TextStyle) -> String {
    var out = headline(outcome) + "\n"
    guard outcome.state == .changed else { return out }
    for cause in outcome.causes.dropFirst() {
      out += "  also " + line(cause, outcome) + "\n"
    }
    let rows = outcome.changes.map { change -> [TextTable.Cell] in
      [
        TextTable.Cell("  " + change.name), TextTable.Cell(value(change.old, change)),
        TextTable.Cell(value(change.new, change)),
        TextTable.Cell(moved(change), tone(change)), TextTable.Cell(why(change)),
      ]
    }
    return out
      + TextTable(
        [
          .init("  \(outcome.scenario)", shrinksTo: 30), .init("old", .right),
          .init("new", .right), .init("", .right), .init("why"),
        ], rows
      ).text(style)
  }

  /// The first line: what changed, where, and what it does; or what is wrong with the snapshot.
  func headline(_ outcome: SnapshotOutcome) -> String {
    switch outcome.state {
    case .missing: return "\(outcome.scenario): there is no snapshot \(outcome.file)"
    case .unused: return "\(outcome.file): no scenario has this snapshot"
    case .broken:
      let message = outcome.findings.all.first { $0.severity == .error }?.message
      return "\(outcome.scenario): \(message ?? "it cannot be used")"
    case .changed:
      guard let cause = outcome.causes.first else {
        return "\(outcome.scenario): \(outcome.changes.count) figures moved" + effect(outcome)
      }
      return line(cause, outcome) + effect(outcome)
    default: return "\(outcome.scenario): \(outcome.state.rawValue)"
    }
  }

  private func line(_ cause: SnapshotOutcome.Cause, _ outcome: SnapshotOutcome) -> String {
    cause.text + (cause.place.map { " at \($0)" } ?? "")
  }

  private func effect(_ outcome: SnapshotOutcome) -> String {
    guard let total = outcome.total, let old = total.old, let new = total.new else {
      return outcome.changes.isEmpty ? "" : ": the cost stays within the tolerance"
    }
    return ": cost \(NumberText.money(old)) -> \(NumberText.money(new)) \(outcome.currency) "
      + "(\(moved(total)))"
  }

  func value(_ value: Double?, _ change: SnapshotOutcome.Change) -> String {
    guard let value else { return "none" }
    if change.isQuote {
      return Money(approximately: value)?.text(decimals: nil, grouping: true) ?? "?"
    }
    return switch change.unit {
    case .money: NumberText.money(value)
    case .probability: NumberText.percent(value)
    case .count: NumberText.count(value)
    }
  }

  func moved(_ change: SnapshotOutcome.Change) -> String {
    guard let old = change.old, let new = change.new else {
      return change.old == nil ? "new" : "gone"
    }
    if change.unit == .probability {
      return "\(new < old ? "" : "+")\(NumberText.oneDecimal((new - old) * 100)) points"
    }
    return old == 0 ? "" : NumberText.change((new - old) / old)
  }

  private func tone(_ change: SnapshotOutcome.Change) -> Tone {
    guard let old = change.old, let new = change.new else { return .plain }
    return new > old ? .bad : .good
  }

  func why(_ change: SnapshotOutcome.Change) -> String {
    change.reasons.map(\.rawValue).joined(separator: ", ")
  }

  // MARK: For machines

  package var junit: String {
    let cases = outcomes.map { outcome -> JUnitDocument.Case in
      let name = outcome.scenario.isEmpty ? outcome.file : outcome.scenario
      guard outcome.isFailure || outcome.state == .broken else {
        return .init(suite: "snapshot", name: name)
      }
      return .init(
        suite: "snapshot", name: name,
        failure: outcome.state == .broken
          ? headline(outcome) : text(outcome, TextStyle(width: 200)),
        isError: outcome.state == .broken)
    }
    return JUnitDocument(name: "genops snapshot check", cases: cases).text
  }

  package var annotations: [Annotation] {
    outcomes.flatMap { outcome -> [Annotation] in
      if outcome.state == .broken { return outcome.findings.all.compactMap { Annotation($0) } }
      guard outcome.isFailure else { return [] }
      let file = outcome.scenario.isEmpty ? outcome.file : outcome.scenario
      let place = outcome.causes.first?.place ?? SourceLocation(file: file, line: 1, column: 1)
      return [
        Annotation(
          isError: true, place: place, title: "snapshot",
          message: headline(outcome) + "\nif this is meant: \(updateCommand)")
      ]
    }
  }
}
