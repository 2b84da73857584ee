/// What a finding's code means, for `genops explain CODE`: the cause, a line that leads to it, and
/// the line that would be right.
package struct Explanation: Sendable, Equatable {
  package var code: String
  /// One or a few sentences.
  package var cause: String
  /// Lines of a file or command that lead to the finding; empty where nothing written is wrong.
  package var wrong: [String]
  /// What to write or do instead.
  package var right: [String]

  /// Every explanation, by code. One is added by a paragraph in the text of its area.
  package static let all: [Explanation] = [
    scenarioText, trafficText, languageText, quantityText, growthText, historyText, fileText,
    accountText, priceText, governanceText, adapterText, settingsText, policyText, seriesText,
    trackText, compareText, optimizeText,
    seriesModelText, reportText, scaleText,
  ].flatMap(parse).sorted { $0.code < $1.code }

  package static func named(_ code: String) -> Explanation? { all.first { $0.code == code } }

  /// Paragraphs: the code, its cause on the following lines, then `- ` what is wrong and `+ ` what
  /// is right.
  private static func parse(_ text: String) -> [Explanation] {
    text.split(separator: "\n\n").compactMap { paragraph in
      let lines = paragraph.split(separator: "\n").map(String.init)
      guard let code = lines.first else { return nil }
      func marked(_ mark: String) -> [String] {
        lines.filter { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count)) }
      }
      let cause = lines.dropFirst().filter { !$0.hasPrefix("- ") && !$0.hasPrefix("+ ") }
      return Explanation(
        code: code, cause: cause.joined(separator: " "), wrong: marked("- "), right: marked("+ "))
    }
  }
}
