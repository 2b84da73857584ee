import Foundation
import Testing

/// One line of `Cases/values.cases`.
struct ValueCase: CustomTestStringConvertible, Sendable {
  var line: Int
  var kind: String
  var isOne: Bool
  var text: String

  var testDescription: String { "values.cases:\(line): \(kind) \(isOne ? "is" : "not") \(text)" }

  static let all: [ValueCase] = {
    guard
      let file = Bundle.module.url(
        forResource: "values", withExtension: "cases", subdirectory: "Cases"),
      let text = try? String(contentsOf: file, encoding: .utf8)
    else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .compactMap { index, row in
        guard !row.hasPrefix("#"), let bar = row.firstRange(of: " | ") else { return nil }
        let words = row[..<bar.lowerBound].split(separator: " ")
        return ValueCase(
          line: index + 1, kind: words.first.map(String.init) ?? "", isOne: words.last == "is",
          text: String(row[bar.upperBound...]))
      }
  }()
}
