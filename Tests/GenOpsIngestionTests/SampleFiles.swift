import Foundation
import Testing

/// The files the tests read: this target's samples.
enum SampleFiles {
  /// Beside which the folder of cases lies, for tests in folders.
  static let testFile = #filePath

  static func bytes(_ path: String) throws -> [UInt8] {
    let directory = try #require(Bundle.module.resourceURL).appendingPathComponent("Samples")
    return try Array(Data(contentsOf: directory.appendingPathComponent(path)))
  }

  static func lines(_ path: String) throws -> [String] {
    String(decoding: try bytes(path), as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { !$0.hasPrefix("#") }
  }
}
