import GenOpsTestSupport
import Testing

/// One line of `Cases/values.cases`.
struct ValueCase: CustomTestStringConvertible, Sendable {
  var line: Int
  var kind: String
  var isOne: Bool
  var text: String

  var testDescription: String { "values.cases:\(line): \(kind) \(isOne ? "is" : "not") \(text)" }

  static let all = TextCase.lines("values").map { entry in
    let bar = entry.text.firstRange(of: " | ")
    let words = entry.text[..<(bar?.lowerBound ?? entry.text.startIndex)].split(separator: " ")
    return ValueCase(
      line: entry.line, kind: words.first.map(String.init) ?? entry.text,
      isOne: words.last == "is",
      text: String(entry.text[(bar?.upperBound ?? entry.text.endIndex)...])
    )
  }
}
