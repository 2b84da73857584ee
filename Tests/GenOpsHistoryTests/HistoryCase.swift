import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsHistory

/// One case of `Cases/history.cases`: files, and the one history that they are.
///
/// ```
/// case WORDS                       begins a case
/// file NAME                        a file; its lines follow, each after "| "
/// = LABEL DAY: 3 4 ?               a series from its first day on; ? is unknown
/// finding SEVERITY CODE: TEXT      a finding whose message or help has the text
/// ```
///
/// The series and the findings are all there are, in order.
struct HistoryCase: CustomTestStringConvertible, Sendable {
  var name: String
  var line: Int
  var files: [(name: String, text: String)] = []
  var series: [String] = []
  var findings: [(code: String, text: String)] = []
  /// Lines that are none of the above.
  var mistakes: [String] = []

  var testDescription: String { "history.cases:\(line): \(name)" }

  var history: UsageHistory {
    UsageHistory(joining: files.map { UsageFile.read(Array($0.text.utf8), name: $0.name) })
  }

  static func words(_ series: UsageSeries) -> String {
    let values = series.values.map { $0.isNaN ? "?" : UnitsText.words($0) }
    return "\(series.label) \(series.start): \(values.joined(separator: " "))"
  }

  static let all: [HistoryCase] = {
    var cases: [HistoryCase] = []
    for line in TextCase.lines("history") {
      let (word, rest) = split(line.text)
      if word == "case" {
        cases.append(HistoryCase(name: rest, line: line.line))
      } else {
        if cases.isEmpty { cases.append(HistoryCase(name: "no case", line: line.line)) }
        cases[cases.count - 1].take(word, rest, line: line.line)
      }
    }
    return cases
  }()

  private mutating func take(_ word: String, _ rest: String, line: Int) {
    switch word {
    case "file": files.append((rest, ""))
    case "|" where !files.isEmpty: files[files.count - 1].text += rest + "\n"
    case "=": series.append(rest)
    case "finding":
      let parts = rest.split(separator: ": ", maxSplits: 1).map(String.init)
      findings.append((parts[0], parts.count > 1 ? parts[1] : ""))
    default: mistakes.append("line \(line)")
    }
  }

  private static func split(_ line: String) -> (String, String) {
    let word = line.prefix { $0 != " " }
    return (String(word), String(line.dropFirst(word.count + 1)))
  }
}
