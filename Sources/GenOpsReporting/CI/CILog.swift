/// What the log of a CI system takes for more than text.
///
/// The runner of GitHub reads commands from every line of the output: one that begins with `::`, and the
/// older `##[` anywhere in a line (actions/runner, `ActionCommand.TryParseV2` and `TryParse`). A name that
/// begins so could hide words of the log, stop its commands or fake errors.
package enum CILog {
  /// Whether a line with `text` at its beginning is a command.
  static func isCommand(_ text: String) -> Bool {
    text.unicodeScalars.drop { $0.properties.isWhitespace }.starts(with: "::".unicodeScalars)
  }

  /// `text` with a backslash where a line of it would be a command.
  package static func plain(_ text: String) -> String {
    // Splitting at "\n" as a character would miss one that belongs to "\r\n".
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { line in
      let blank = line.prefix { $0.properties.isWhitespace }
      let rest = line.dropFirst(blank.count)
      let guarded = rest.starts(with: "::".unicodeScalars) ? "\\" : ""
      return String(blank) + guarded + withoutOldCommands(String(rest))
    }.joined(separator: "\n")
  }

  private static func withoutOldCommands(_ line: String) -> String {
    var out = String.UnicodeScalarView()
    var last: [Unicode.Scalar] = []
    for scalar in line.unicodeScalars {
      if scalar == "[", last == ["#", "#"] { out.append("\\") }
      out.append(scalar)
      last = Array((last + [scalar]).suffix(2))
    }
    return String(out)
  }
}
