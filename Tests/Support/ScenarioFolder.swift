import Foundation

/// Files of the repository's folder `scenarios`.
package enum ScenarioFolder {
  package static func path(_ path: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "scenarios/\(path)").path
  }

  package static func bytes(_ path: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(filePath: Self.path(path))))
  }
}
