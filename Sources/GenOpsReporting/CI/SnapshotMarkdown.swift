import GenOpsPostHog
import GenOpsSimulation
import GenOpsUnits

/// The comment of a pull request: what moves, by how much and why, the details folded.
///
/// Its first line is a tag that nobody sees, by which the comment of the last push is found and
/// written over.
package struct SnapshotMarkdown {
  static let tag = "<!-- genops:snapshot -->"
  var report: SnapshotReport

  package init(report: SnapshotReport) { self.report = report }

  package var text: String {
    var blocks = [SnapshotMarkdown.tag, "### PostHog costs", "**\(summary)**"]
    blocks += main
    blocks += teams
    for outcome in report.failures { blocks += details(outcome) }
    if !report.failures.isEmpty {
      blocks.append("If this is meant:\n\n```sh\n\(report.updateCommand)\n```")
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// One sentence.
  private var summary: String {
    let count = report.outcomes.count
    guard let worst = report.failures.first ?? report.broken.first else {
      return "\(count) snapshot\(count == 1 ? "" : "s") unchanged."
    }
    let moved = report.failures.count + report.broken.count
    let head = "\(moved) of \(count) snapshots do not hold: "
    return head + MarkdownReport.escaped(report.headline(worst)) + "."
  }

  /// Was, now and why of the cost of each scenario and its options.
  private var main: [String] {
    let rows = report.failures.flatMap { outcome in
      outcome.changes.filter { !$0.isQuote && isMain($0) }.map { row($0, outcome.scenario) }
    }
    if rows.isEmpty { return [] }
    return [
      "| scenario | figure | was | now | change | why |\n|---|---|--:|--:|--:|---|\n"
        + rows.joined(separator: "\n")
    ]
  }

  /// Everything but single months, owners and amounts that are nil before and after.
  private func isMain(_ change: SnapshotOutcome.Change) -> Bool {
    !change.name.contains("cost.mean(")
  }

  private func row(_ change: SnapshotOutcome.Change, _ scenario: String) -> String {
    let cells = [
      scenario, change.name, report.value(change.old, change), report.value(change.new, change),
      report.moved(change), report.why(change),
    ]
    return "| " + cells.map { MarkdownReport.escaped($0) }.joined(separator: " | ") + " |"
  }

  /// The owners whose part moves most, at most five.
  private var teams: [String] {
    let owners = report.failures.flatMap { outcome in
      outcome.changes.filter { $0.name.hasPrefix("cost.mean(") && $0.name.contains("=") }
    }
    let most = owners.sorted { size($0) > size($1) }.prefix(5)
    if most.isEmpty { return [] }
    let lines = most.map { change -> String in
      let name = change.name.dropFirst("cost.mean(".count).dropLast()
      return "- \(MarkdownReport.escaped(String(name))): "
        + "\(report.value(change.old, change)) → \(report.value(change.new, change))"
        + " (\(report.moved(change)))"
    }
    return ["Most affected:\n" + lines.joined(separator: "\n")]
  }

  private func size(_ change: SnapshotOutcome.Change) -> Double {
    abs((change.new ?? 0) - (change.old ?? 0))
  }

  private func details(_ outcome: SnapshotOutcome) -> [String] {
    guard outcome.state == .changed else {
      return ["- \(MarkdownReport.escaped(report.headline(outcome)))"]
    }
    let causes = outcome.causes.map { cause in
      "- \(MarkdownReport.escaped(cause.text))"
        + (cause.place.map { " (`\($0)`)" } ?? "")
    }
    let rest = outcome.changes.filter { $0.isQuote || !isMain($0) }
    var blocks = [
      "<details><summary>\(MarkdownReport.escaped(outcome.scenario)): what changed, "
        + "\(rest.count) more figures</summary>"
    ]
    if !causes.isEmpty { blocks.append(causes.joined(separator: "\n")) }
    if !rest.isEmpty {
      blocks.append(
        "| scenario | figure | was | now | change | why |\n|---|---|--:|--:|--:|---|\n"
          + rest.map { row($0, "") }.joined(separator: "\n"))
    }
    return blocks + ["</details>"]
  }
}
