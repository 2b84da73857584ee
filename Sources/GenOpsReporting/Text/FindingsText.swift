package import GenOpsUnits

/// Findings as lines for the terminal: what `validate` prints, and every program that stops.
package enum FindingsText {
  /// `file:line:column: error: message [code]`, each help line indented below it. Errors come
  /// first in the order of files and lines, then warnings, then notes; a last line counts them.
  /// Empty without findings.
  package static func render(_ findings: Findings, color: Bool) -> String {
    let style = TextStyle(color: color, width: .max)
    var out = ""
    for finding in sorted(findings) {
      if let location = finding.location {
        out += style.paint("\(location)".displayable, .strong) + ": "
      }
      out += style.paint(finding.severity.rawValue, finding.severity.tone)
      out += ": \(shown(finding.message)) " + style.paint("[\(finding.code)]", .dim) + "\n"
      for line in (finding.help ?? "").split(separator: "\n") {
        out += "  " + shown(String(line)) + "\n"
      }
    }
    if !findings.all.isEmpty { out += count(findings) + "\n" }
    return out
  }

  /// What a message quotes, with a mark for each character that cannot be seen: of two names that look
  /// alike one may be wrong.
  private static func shown(_ text: String) -> String {
    guard text.firstInvisible != nil else { return text.displayable }
    return text.unicodeScalars.map { scalar in
      scalar.isInvisible ? "<\(scalar.codePoint)>" : String(scalar)
    }.joined().displayable
  }

  /// Errors, then warnings, then notes; within each by file, line and column. What has no place
  /// comes last; equals keep their order.
  package static func sorted(_ findings: Findings) -> [Finding] {
    func rank(_ finding: Finding) -> (Int, Int, String, Int, Int) {
      let place = finding.location
      return (
        finding.severity.rank, place == nil ? 1 : 0, place?.file ?? "", place?.line ?? 0,
        place?.column ?? 0
      )
    }
    return findings.all.enumerated()
      .sorted { a, b in
        let (first, second) = (rank(a.element), rank(b.element))
        return first == second ? a.offset < b.offset : first < second
      }
      .map(\.element)
  }

  /// `1 error, 2 warnings`; `none` without findings.
  package static func count(_ findings: Findings) -> String {
    let parts = Finding.Severity.allCases.compactMap { severity -> String? in
      let count = findings.all.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.rawValue)" + (count == 1 ? "" : "s")
    }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }
}

extension Finding.Severity {
  var rank: Int {
    switch self {
    case .error: 0
    case .warning: 1
    case .note: 2
    }
  }

  var tone: Tone {
    switch self {
    case .error: .bad
    case .warning: .caution
    case .note: .dim
    }
  }
}
