package import GenOpsUnits

/// Collects findings of a data file, where one mistake often stands on thousands of lines: the
/// first few of each code are shown, the rest counted.
package struct RepeatedFindings {
  /// How many findings of one code are shown.
  static let shown = 5

  package private(set) var findings = Findings()
  private var counts: [String: Int] = [:]
  private var codes: [(code: String, severity: Finding.Severity)] = []
  /// By code: where the first one is that is not shown.
  private var hidden: [String: SourceLocation] = [:]

  /// Nothing found yet.
  package init() {}

  package mutating func add(
    _ severity: Finding.Severity, _ code: String, _ message: @autoclosure () -> String,
    help: String? = nil, at location: SourceLocation? = nil
  ) {
    let count = counts[code, default: 0]
    if count == 0 { codes.append((code, severity)) }
    counts[code] = count + 1
    if count < RepeatedFindings.shown {
      findings.add(Finding(severity, code, message(), help: help, at: location))
    } else if hidden[code] == nil {
      hidden[code] = location
    }
  }

  /// The same with a finding that was made already.
  package mutating func add(_ finding: Finding) {
    add(
      finding.severity, finding.code, finding.message, help: finding.help, at: finding.location)
  }

  package mutating func merge(_ other: Findings) { findings.merge(other) }

  /// How many findings of `code` were added, shown or not.
  func count(of code: String) -> Int { counts[code] ?? 0 }

  /// The findings, with a line for what was not shown, at the place of the first of them.
  package func finished() -> Findings {
    var all = findings
    for (code, severity) in codes {
      let more = (counts[code] ?? 0) - RepeatedFindings.shown
      if more > 0 {
        all.add(
          Finding(severity, code, "… and \(more) more of the same kind", at: hidden[code]))
      }
    }
    return all
  }
}
