package import Testing

import Foundation

/// Files of what a user sees, in the folder `Golden` beside the test that compares with them.
package enum Golden {
  /// Whether files are written anew instead: `GENOPS_UPDATE_GOLDEN=1 swift test`.
  package static var isRewritten: Bool {
    ProcessInfo.processInfo.environment["GENOPS_UPDATE_GOLDEN"] == "1"
  }

  /// The file of a name for the test at `testFile`.
  private static func file(_ name: String, _ testFile: String) -> URL {
    URL(filePath: testFile).deletingLastPathComponent().appending(path: "Golden/\(name)")
  }

  /// The lines that differ, `-` expected and `+` found, with their numbers; at most thirty.
  fileprivate static func difference(_ wanted: String, _ found: String) -> String {
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

  fileprivate static func compare(
    _ bytes: [UInt8], _ name: String, _ testFile: String, _ place: SourceLocation
  ) {
    let file = file(name, testFile)
    if isRewritten {
      #expect(throws: Never.self, sourceLocation: place) {
        try Data(bytes).write(to: file, options: .atomic)
      }
      return
    }
    guard let wanted = try? Data(contentsOf: file) else {
      Issue.record(
        "Golden/\(name) is missing; run with GENOPS_UPDATE_GOLDEN=1", sourceLocation: place)
      return
    }
    guard [UInt8](wanted) != bytes else { return }
    let lines = difference(
      String(decoding: wanted, as: UTF8.self), String(decoding: bytes, as: UTF8.self))
    Issue.record(
      "Golden/\(name) differs; if that is meant, run with GENOPS_UPDATE_GOLDEN=1\n\(lines)",
      sourceLocation: place)
  }
}

/// Compares a text with a file in `Golden/` beside the test.
package func expectGolden(
  _ text: String, _ name: String, testFile: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  Golden.compare(Array(text.utf8), name, testFile, sourceLocation)
}

/// Compares bytes with a file in `Golden/` beside the test.
package func expectGolden(
  _ bytes: [UInt8], _ name: String, testFile: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  Golden.compare(bytes, name, testFile, sourceLocation)
}
