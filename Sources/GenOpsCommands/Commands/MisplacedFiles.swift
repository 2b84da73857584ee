import GenOpsHistory
import GenOpsUnits

/// Files of PostHog's billing that are named where recorded events belong.
enum MisplacedFiles {
  /// The findings that files get in which no event was found, whatever else they hold.
  private static let codes: Set<String> = ["event-columns", "events-empty"]

  /// What the files are and where they belong; nil where `failure` is about something else.
  static func told(_ paths: [String], _ failure: Findings) -> Findings? {
    guard failure.all.contains(where: { $0.severity == .error && codes.contains($0.code) }) else {
      return nil
    }
    var findings = Findings()
    for path in paths {
      guard let content = BillingContent(path: path) else { continue }
      let (what, help) = words(content, path)
      findings.error(
        "not-events", "'\(path)' holds \(what), and no events", help: help,
        at: SourceLocation(file: path, line: 1, column: 1))
    }
    return findings.hasErrors ? findings : nil
  }

  private static func words(_ content: BillingContent, _ path: String) -> (String, String) {
    switch content {
    case .usage:
      (
        "usage by day",
        "put it under history: of a scenario; this writes one: "
          + ShellWord.joined(["genops", "init", "--usage", path])
      )
    case .spend:
      (
        "PostHog's spend by day",
        "export Billing > Usage for history:; answers of /api/billing/spend/ stand under bills:"
      )
    case .bill:
      (
        "an answer of /api/billing/",
        "put it under bills: of a scenario, or name it with --billing of 'genops init'"
      )
    }
  }
}
