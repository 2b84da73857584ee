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

  private static func data(_ text: String) -> String {
    text.reduce(into: "") { out, character in
      switch character {
      case "%": out += "%25"
      case "\r\n": out += "%0D%0A"
      case "\r": out += "%0D"
      case "\n": out += "%0A"
      default: out.append(character)
      }
    }
  }

  private static func property(_ text: String) -> String {
    data(text).reduce(into: "") { out, character in
      switch character {
      case ":": out += "%3A"
      case ",": out += "%2C"
      default: out.append(character)
      }
    }
  }
}
