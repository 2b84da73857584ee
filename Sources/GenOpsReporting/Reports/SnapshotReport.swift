package import GenOpsSimulation
package import GenOpsUnits

/// What a check of snapshots found out.
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

  /// Those of what cannot be used.
  package var findings: Findings {
    broken.reduce(into: Findings()) { $0.merge($1.findings) }
  }

  package var updateCommand: String {
    "genops snapshot update" + paths.map { " \($0)" }.joined()
  }

  /// What does not hold, by how much and why.
  package var report: Report {
    var report = Report(title: "PostHog costs", json: json, version: ScenarioRun.version)
    report.tag = "genops:snapshot"
    report.answer = [summary]
    report.sections = sections
    report.screen = ReportScreen(sections: screen)
    report.checks = ReportChecks(name: "genops snapshot check", cases: cases, needReport: false)
    return report
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
      return line(cause) + effect(outcome)
    default: return "\(outcome.scenario): \(outcome.state.rawValue)"
    }
  }

  func line(_ cause: SnapshotOutcome.Cause) -> String {
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

  func why(_ change: SnapshotOutcome.Change) -> String {
    change.reasons.map(\.rawValue).joined(separator: ", ")
  }

  // MARK: For machines

  private var cases: [JUnitDocument.Case] {
    outcomes.map { outcome in
      let name = outcome.scenario.isEmpty ? outcome.file : outcome.scenario
      guard outcome.isFailure || outcome.state == .broken else {
        return .init(suite: "snapshot", name: name)
      }
      return .init(
        suite: "snapshot", name: name,
        failure: outcome.state == .broken ? headline(outcome) : text(outcome),
        isError: outcome.state == .broken)
    }
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
