import Foundation
import Testing

/// Compares a text with a file in `Golden/`. `GENOPS_UPDATE_GOLDEN=1` writes the file instead.
func expectGolden(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
  if ProcessInfo.processInfo.environment["GENOPS_UPDATE_GOLDEN"] == "1" {
    #expect(throws: Never.self, sourceLocation: sourceLocation) {
      try Data(text.utf8).write(to: file, options: .atomic)
    }
    return
  }
  guard let data = try? Data(contentsOf: file) else {
    Issue.record(
      "Golden/\(name) is missing; run with GENOPS_UPDATE_GOLDEN=1", sourceLocation: sourceLocation)
    return
  }
  let wanted = String(decoding: data, as: UTF8.self)
  if wanted != text {
    Issue.record(
      "Golden/\(name) differs; if that is meant, run with GENOPS_UPDATE_GOLDEN=1\n\(lineDiff(wanted, text))",
      sourceLocation: sourceLocation)
  }
}

/// The lines that differ, `-` expected and `+` found, with their numbers; at most thirty.
func lineDiff(_ wanted: String, _ found: String) -> String {
  let a = wanted.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  let b = found.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  var changes: [(line: Int, order: Int, text: String)] = []
  for change in b.difference(from: a) {
    switch change {
    case .remove(let offset, let line, _): changes.append((offset, 0, "- \(offset + 1): \(line)"))
    case .insert(let offset, let line, _): changes.append((offset, 1, "+ \(offset + 1): \(line)"))
    }
  }
  let ordered = changes.sorted { ($0.line, $0.order) < ($1.line, $1.order) }.map(\.text)
  let more = ordered.count > 30 ? ["… and \(ordered.count - 30) more lines"] : []
  return (ordered.prefix(30) + more).joined(separator: "\n")
}
