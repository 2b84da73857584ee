import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsCommands

/// Every finding that the program can make has an explanation.
@Suite struct ExplanationTests {
  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources")

  private static func texts() throws -> [String] {
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    return try (files?.allObjects ?? []).compactMap { $0 as? URL }
      .filter { $0.pathExtension == "swift" && !$0.path.contains("/Explain/") }
      .map { try String(contentsOf: $0, encoding: .utf8) }
  }

  /// The codes in calls that make findings: `.error("code"`, `Finding(.note, "code"`, `? "a" :
  /// "b"`.
  private static func codes(_ text: String) throws -> Set<String> {
    let word = "([a-z]+(?:-[a-z]+)*)"
    let patterns = [
      #"\.(?:error|warning|note)\(\s*"# + "\"" + word + "\"",
      #"(?:FindingsError|finding|refuse|malformed)\(\s*"# + "\"" + word + "\"",
      #"Finding\(\s*[^",()]*,\s*"# + "\"" + word + "\"",
      #"(?:add|report|note)\(\s*\.(?:error|warning|note),\s*"# + "\"" + word + "\"",
      #"code:\s*"# + "\"" + word + "\"",
      #"Figures\.(?:read|one)\([^,"]*,\s*"# + "\"" + word + "\"",
      #"\.(?:error|warning|note)\(\s*[^"()]*\?\s*"# + "\"" + word + "\"",
      #"\.(?:error|warning|note)\(\s*[^"()]*\?\s*"[a-z-]+"\s*:\s*"# + "\"" + word + "\"",
    ]
    var found: Set<String> = []
    for pattern in patterns {
      let expression = try NSRegularExpression(pattern: pattern)
      let all = NSRange(text.startIndex..., in: text)
      for match in expression.matches(in: text, range: all) {
        if let range = Range(match.range(at: 1), in: text) { found.insert(String(text[range])) }
      }
    }
    return found
  }

  @Test func everyCodeInTheSourcesIsExplained() throws {
    let codes = try Self.texts().reduce(into: Set<String>()) { $0.formUnion(try Self.codes($1)) }
    #expect(codes.count > 120)
    let missing = codes.subtracting(Explanation.all.map(\.code)).sorted()
    #expect(missing == [], "add a paragraph to Sources/GenOpsCommands/Explain")
  }

  @Test func everyExplanationHasACauseAndSaysWhatWouldBeRight() {
    for explanation in Explanation.all {
      #expect(explanation.cause.hasSuffix("."), "\(explanation.code)")
      #expect(!explanation.right.isEmpty, "\(explanation.code)")
    }
    #expect(Set(Explanation.all.map(\.code)).count == Explanation.all.count)
  }

  @Test func explainPrintsItOrTheNearest() {
    let text = InspectCommands.explain("missing-period", OutputOptions()).stdout
    #expect(text.contains("amount: 3500 USD per month"))
    let wrong = InspectCommands.explain("mising-period", OutputOptions())
    #expect(wrong.stderr.contains("did you mean 'missing-period'?"))
    #expect(wrong.status == .error)
    #expect(InspectCommands.explain(nil, OutputOptions()).stdout.contains("unknown-variable"))
  }
}
