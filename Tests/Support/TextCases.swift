import Foundation

/// A line of a file of cases, with its number.
package struct TextCase: Sendable {
  package let line: Int
  package let text: String

  /// The lines of `Cases/<name>.cases` beside the test at `testFile`, without blank ones and
  /// comments (`#`). A file that cannot be read is one case that says so: it cannot be right, so
  /// that no test passes because it has nothing to do.
  package static func lines(_ name: String, testFile: String = #filePath) -> [TextCase] {
    let file = URL(filePath: testFile).deletingLastPathComponent()
      .appending(path: "Cases/\(name).cases")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      return [TextCase(line: 0, text: "\(file.path) cannot be read")]
    }
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
      $1.isEmpty || $1.hasPrefix("#") ? nil : TextCase(line: $0 + 1, text: String($1))
    }
  }
}
