import Foundation
import GenOpsUnits

/// Findings that the user should see even if the program never asks for them.
enum StandardError {
  /// One line, like `genops: warning: …`. A program without standard error loses it.
  static func tell(_ finding: Finding) {
    try? FileHandle.standardError.write(contentsOf: Data("genops: \(finding)\n".utf8))
  }
}
