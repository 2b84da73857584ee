import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsCommands

/// What the user is told when a file cannot be written.
@Suite struct WriteFailureTests {
  private func message(writing path: String) -> String? {
    do {
      try Data().write(to: URL(fileURLWithPath: path), options: .atomic)
      return nil
    } catch {
      let failure = WriteFailure.finding(error, writing: path, help: "choose another place")
      return failure.findings.all.first?.message
    }
  }

  @Test func theFolderThatIsMissingOrTheFileInTheWayIsNamed() throws {
    let folder = NSTemporaryDirectory() + "write-failure-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/file"
    try Data().write(to: URL(fileURLWithPath: file))
    #expect(
      message(writing: folder + "/none/deeper/x.json")
        == "'\(folder)/none/deeper/x.json' cannot be written: there is no folder '\(folder)/none'")
    #expect(
      message(writing: file + "/x.json")
        == "'\(file)/x.json' cannot be written: '\(file)' is a file, not a folder")
  }
}
