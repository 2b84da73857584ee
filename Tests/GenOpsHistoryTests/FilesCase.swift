import GenOpsTestSupport
import GenOpsUnits
import Testing

/// One case of `Cases/history.cases` or `Cases/series.cases`: files, and the series that they hold.
///
/// ```
/// case WORDS                             begins a case
/// file NAME                              a file; its lines follow, each after "| "
/// by project                             a series for each project of an export
/// = NAME STEP START: 3 4 ?               a series with its first step; ? is unknown. STEP is a word, with
///                                        "every 2" or "on Mon-Fri" behind it where that holds
/// finding SEVERITY CODE [L:C]: TEXT      a finding whose message or help has the text, and its place
/// ```
///
/// A series of `history.cases` has no STEP. The series and the findings are all there are, in order.
struct FilesCase: CustomTestStringConvertible, Sendable {
  var name: String
  var place: String
  var files: [(name: String, text: String)] = []
  var byProject = false
  var series: [String] = []
  var findings: [(code: String, place: String?, text: String)] = []
  /// Lines that are none of the above.
  var mistakes: [String] = []

  var testDescription: String { "\(place): \(name)" }

  /// Those of `Cases/NAME.cases`.
  static func all(_ source: String) -> [FilesCase] {
    var cases: [FilesCase] = []
    for line in TextCase.lines(source) {
      let (word, rest) = split(line.text)
      if word == "case" || cases.isEmpty {
        cases.append(
          FilesCase(
            name: word == "case" ? rest : "no case", place: "\(source).cases:\(line.line)"))
      }
      if word != "case" { cases[cases.count - 1].take(word, rest, line: line.line) }
    }
    return cases
  }

  private mutating func take(_ word: String, _ rest: String, line: Int) {
    switch word {
    case "file": files.append((rest, ""))
    case "|" where !files.isEmpty: files[files.count - 1].text += rest + "\n"
    case "by" where rest == "project": byProject = true
    case "=": series.append(rest)
    case "finding":
      let parts = rest.split(separator: ": ", maxSplits: 1).map(String.init)
      let words = parts[0].split(separator: " ").map(String.init)
      findings.append(
        (
          words.prefix(2).joined(separator: " "), words.count > 2 ? words[2] : nil,
          parts.count > 1 ? parts[1] : ""
        ))
    default: mistakes.append("line \(line)")
    }
  }

  private static func split(_ line: String) -> (String, String) {
    let word = line.prefix { $0 != " " }
    return (String(word), String(line.dropFirst(word.count + 1)))
  }

  /// Expects `found` to be the findings of the case, in order.
  func expect(_ found: [Finding]) {
    #expect(
      found.map { "\($0.severity.rawValue) \($0.code)" } == findings.map(\.code),
      "\(found.map(\.message))")
    for (finding, expected) in zip(found, findings) {
      let text = finding.message + " / " + (finding.help ?? "")
      #expect(text.contains(expected.text), "\(text)")
      let place = finding.location.map { "\($0.line):\($0.column)" }
      #expect(expected.place == nil || place == expected.place, "\(place ?? "")")
    }
  }
}
