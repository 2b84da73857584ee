package import GenOpsUnits

/// A remark beside a line of a file, as a code review shows it.
package struct Annotation: Sendable, Equatable {
  package var isError: Bool
  package var place: SourceLocation?
  package var title: String
  package var message: String

  package init(isError: Bool, place: SourceLocation?, title: String, message: String) {
    self.isError = isError
    self.place = place
    self.title = title
    self.message = message
  }

  /// A finding; a note is not an annotation.
  package init?(_ finding: Finding) {
    if finding.severity == .note { return nil }
    self.init(
      isError: finding.severity == .error, place: finding.location, title: finding.code,
      message: finding.message + (finding.help.map { "\n" + $0 } ?? ""))
  }

  /// A GitHub workflow command, one line with its end.
  ///
  /// Source: docs.github.com, "Workflow commands for GitHub Actions"; the escapes are those of
  /// actions/toolkit, packages/core/src/command.ts.
  package var command: String {
    var keys: [String] = []
    if let place {
      keys += [
        "file=\(Annotation.property(place.file))", "line=\(place.line)", "col=\(place.column)",
      ]
    }
    keys.append("title=\(Annotation.property(title))")
    return "::\(isError ? "error" : "warning") \(keys.joined(separator: ","))::"
      + Annotation.data(message) + "\n"
  }

  /// A log shows it as a terminal does, so it is cleaned as for one; lines stay lines.
  private static func data(_ text: String) -> String {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    let clean = lines.map { line in
      String(line.last == "\r" ? line.dropLast() : line).displayable
    }.joined(separator: "\n")
    return escaped(clean, ["%": "%25", "\r": "%0D", "\n": "%0A"])
  }

  private static func property(_ text: String) -> String {
    escaped(data(text), [":": "%3A", ",": "%2C"])
  }

  /// Scalar by scalar: ``Markup`` says why.
  private static func escaped(_ text: String, _ signs: [Unicode.Scalar: String]) -> String {
    text.unicodeScalars.map { signs[$0] ?? String($0) }.joined()
  }
}
