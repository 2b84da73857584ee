import Foundation
import GenOpsUnits

/// Findings that the user should see even if the program never asks for them.
enum StandardError {
  /// One line, like `genops: warning: …`. A program without standard error loses it.
  static func tell(_ finding: Finding) {
    let help = finding.help.map { "; \($0)" } ?? ""
    let line = "genops: \(finding.severity): \(finding.message) [\(finding.code)]\(help)"
    // Names of hosts and budgets come from outside, and must not write lines of their own.
    let plain = line.unicodeScalars.map {
      $0.properties.generalCategory == .control ? " " : "\($0)"
    }
    try? FileHandle.standardError.write(contentsOf: Data((plain.joined() + "\n").utf8))
  }
}
