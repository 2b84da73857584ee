import Foundation
import Testing

/// Compares with a file in `Golden`; `GENOPS_UPDATE_GOLDEN=1` writes it anew.
func expectGolden(
  _ actual: [UInt8], _ name: String, location: SourceLocation = #_sourceLocation
) throws {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden/\(name)")
  if ProcessInfo.processInfo.environment["GENOPS_UPDATE_GOLDEN"] == "1" {
    try Data(actual).write(to: file)
  }
  let expected = [UInt8](try Data(contentsOf: file))
  #expect(expected == actual, "\(name) has changed", sourceLocation: location)
}
