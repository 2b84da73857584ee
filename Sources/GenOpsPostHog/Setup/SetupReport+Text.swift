import GenOpsUnits

extension SetupReport {
  /// How much a report tells.
  public enum Detail: String, Sendable, Hashable, CaseIterable {
    /// A line for each warning and error, and the verdict.
    case brief
    /// Every statement with what would be right, what would be better otherwise, and the verdict.
    case normal
    /// The same with what was tried and how long it took: ``SetupReport/steps``.
    case verbose
  }

  /// A part of a line that has a look of its own.
  package enum Mark: Sendable, Hashable {
    case heading, level(Level), priority(SetupAdvice.Priority), tried
  }

  /// A line of the report: a mark, which may be in a colour, and the text after it.
  package struct Line: Sendable, Hashable {
    package var mark: Mark?
    package var lead: String
    package var text: String

    init(_ mark: Mark?, _ lead: String, _ text: String = "") {
      self.mark = mark
      self.lead = lead
      self.text = text
    }
  }

  /// The client that checks, as PostHog sees it: `genops-swift/` and its version.
  public static var client: String { "genops-swift/\(EventEncoder.version)" }

  /// The report as plain text, a line for each statement at least; each line ends with a line feed.
  ///
  /// - Parameters:
  ///   - detail: How much it tells. Verbose tells more of a report that was made so.
  ///   - showsSuccesses: False leaves out what is right and what would be better otherwise.
  /// - Returns: Text without colours, in which nothing moves the cursor of a terminal.
  public func text(_ detail: Detail = .normal, showsSuccesses: Bool = true) -> String {
    lines(detail, showsSuccesses: showsSuccesses).map { line in
      String(
        String.UnicodeScalarView(
          (line.lead + line.text).unicodeScalars.map { $0.isInvisible || $0 == "\n" ? " " : $0 }))
        + "\n"
    }.joined()
  }

  /// The report line by line.
  package func lines(_ detail: Detail, showsSuccesses: Bool) -> [Line] {
    var lines: [Line] = []
    if detail == .brief {
      lines = issues.filter { $0.level == .error || $0.level == .warning }.map(SetupReport.brief)
    } else {
      for component in named(in: detail) { lines += section(component, detail, showsSuccesses) }
      if showsSuccesses { lines += worthDoing }
      if detail == .verbose { lines += provenance }
      lines.append(Line(nil, ""))
    }
    return lines + [Line(nil, verdict)]
  }

  private func named(in detail: Detail) -> [String] {
    var names = components
    if detail == .verbose {
      for step in steps where !names.contains(step.component) { names.append(step.component) }
    }
    return names
  }

  private static func brief(_ issue: Issue) -> Line {
    let remedy = issue.fixCommand ?? issue.recommendation
    return Line(
      .level(issue.level), issue.level.rawValue,
      ": \(issue.component): \(issue.issue)" + (remedy.map { "; \($0)" } ?? ""))
  }

  private func section(_ component: String, _ detail: Detail, _ showsSuccesses: Bool) -> [Line] {
    let shown = issues.filter {
      $0.component == component && (showsSuccesses || $0.level != .success)
    }
    if shown.isEmpty, !showsSuccesses { return [] }
    var lines = [Line(.heading, component)]
    for issue in shown {
      lines.append(Line(.level(issue.level), SetupReport.lead(issue.level), issue.issue))
      if let text = issue.recommendation { lines.append(Line(nil, SetupReport.margin, text)) }
      if let fix = issue.fixCommand { lines.append(Line(nil, SetupReport.margin, "fix: \(fix)")) }
      if detail == .verbose, let page = issue.documentationLink {
        lines.append(Line(nil, SetupReport.margin, "see \(page)"))
      }
    }
    if detail == .verbose {
      lines += steps.filter { $0.component == component }.map {
        Line(.tried, "  tried    ", "\($0.tried) (\($0.milliseconds) ms)")
      }
    }
    return lines
  }

  private var worthDoing: [Line] {
    guard !advice.isEmpty else { return [] }
    return [Line(.heading, "Worth doing")]
      + advice.flatMap { advice in
        [
          Line(
            .priority(advice.priority), SetupReport.lead(advice.priority.rawValue),
            advice.recommendation),
          Line(nil, SetupReport.margin, "do: \(advice.command)"),
        ]
      }
  }

  private var provenance: [Line] {
    let sum = steps.reduce(Duration.zero) { $0 + $1.took }
    return [
      Line(
        nil, "",
        "Checked at \(validatedAt) by \(SetupReport.client) in \(SetupStep.milliseconds(sum)) ms.")
    ]
  }

  private var verdict: String {
    func counted(_ number: Int, _ noun: String) -> String {
      "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
    let counts =
      "\(count(.success)) right, \(counted(count(.warning), "warning")), "
      + "\(counted(count(.error), "error")) in \(counted(components.count, "component"))"
    return switch overallStatus {
    case .success, .info: "All checks passed: \(counts)."
    case .warning: "It works, with warnings: \(counts)."
    case .error: "It does not work yet: \(counts)."
    }
  }

  private static let margin = String(repeating: " ", count: 11)

  private static func lead(_ level: Level) -> String {
    lead(level == .success ? "ok" : level.rawValue)
  }

  /// Words are at most seven letters long.
  private static func lead(_ word: String) -> String {
    "  " + word + String(repeating: " ", count: max(0, 9 - word.utf8.count))
  }
}
