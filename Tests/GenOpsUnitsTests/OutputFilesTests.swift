import Foundation
import Testing

@testable import GenOpsUnits

/// Files that are written: whole, together, and over nothing that is not theirs.
@Suite struct OutputFilesTests {
  private let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "output-files-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String { folder + "/" + name }

  private func put(_ text: String, _ name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
  }

  private func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: path(name)).map { String(decoding: $0, as: UTF8.self) }
  }

  private func names() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  /// The message of what stopped the writing; nil when nothing did.
  private func refusal(
    _ files: [(String, String)], mark: String = "made by us", replaces: Bool? = nil,
    makesFolders: Bool = false
  ) -> String? {
    let files = files.map {
      OutputFiles.File($0.0.hasPrefix("/") ? $0.0 : path($0.0), $0.1, over: .holding(mark))
    }
    do throws(FindingsError) {
      try OutputFiles(
        files, replaces: replaces, elsewhere: "with --out", makesFolders: makesFolders
      ).write()
      return nil
    } catch {
      return error.findings.all.first?.message.replacingOccurrences(of: folder + "/", with: "")
    }
  }

  @Test func `Its own file is written over, and nobody else's`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(refusal([("a", "made by us 1")]) == nil)
    #expect(refusal([("a", "made by us 2")]) == nil)
    #expect(text("a") == "made by us 2")
    try put("notes", "b")
    #expect(refusal([("b", "x")]) == "'b' is there already, and genops did not write it")
    #expect(text("b") == "notes")
    #expect(refusal([("b", "x")], replaces: true) == nil)
    #expect(text("b") == "x" && names() == ["a", "b"])
  }

  @Test func `A mark is found at either end of a large file`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let filling = String(repeating: "x", count: 1 << 18)
    for large in ["made by us" + filling, filling + "made by us"] {
      try put(large, "a")
      #expect(refusal([("a", large)]) == nil)
    }
    try put(filling + "made by us" + filling, "a")
    #expect(refusal([("a", "x")]) != nil)
  }

  @Test func `What was read is kept by whatever name it is written to`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try put("made by us", "in")
    try FileManager.default.createSymbolicLink(
      atPath: path("soft"), withDestinationPath: "in")
    try FileManager.default.linkItem(atPath: path("in"), toPath: path("hard"))
    try OpenedFiles.$current.withValue(OpenedFiles()) {
      #expect(refusal([("in", "made by us 1")]) == nil)
      _ = try FileBytes.content(of: path("soft"), atMost: 100)
      // The hard link still is what `in` was before.
      for name in ["in", "soft"] {
        #expect(
          refusal([(name, "x")], replaces: true)
            == "'\(name)' was read, and nothing is written over what was read")
      }
    }
    #expect(text("in") == "made by us 1" && text("hard") == "made by us")
  }

  @Test func `All of them appear or none`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try put("made by us: old", "a")
    try FileManager.default.createDirectory(
      atPath: path("c"), withIntermediateDirectories: true)
    #expect(
      refusal([("a", "made by us: new"), ("b", "made by us"), ("c", "made by us")])
        == "'c' cannot be written: it is a folder")
    #expect(text("a") == "made by us: old" && names() == ["a", "c"])
    #expect(refusal([("a", "made by us: new"), ("b", "made by us")]) == nil)
    #expect(text("a") == "made by us: new" && names() == ["a", "b", "c"])
  }

  @Test func `A link leads on, and the rights of a file stay`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try put("made by us", "a")
    chmod(path("a"), 0o600)
    try FileManager.default.createSymbolicLink(
      atPath: path("soft"), withDestinationPath: "a")
    #expect(refusal([("soft", "made by us 1")]) == nil)
    #expect(text("a") == "made by us 1")
    var facts = stat()
    #expect(lstat(path("soft"), &facts) == 0 && facts.st_mode & S_IFMT == S_IFLNK)
    #expect(stat(path("a"), &facts) == 0 && facts.st_mode & 0o777 == 0o600)
  }

  @Test func `The folder that is missing or the file in the way is named`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try put("", "file")
    #expect(refusal([("none/deeper/x", "x")])?.contains("there is no folder 'none'") == true)
    #expect(refusal([("file/x", "x")])?.contains("'file' is a file, not a folder") == true)
    #expect(refusal([("none/deeper/x", "made by us")], makesFolders: true) == nil)
    #expect(text("none/deeper/x") == "made by us")
  }

  @Test func `A device that is full is told, and stays a device`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(
      refusal([("/dev/full", "x")]) == "'/dev/full' cannot be written: No space left on device")
    #expect(refusal([("/dev/null", "x")]) == nil)
    var facts = stat()
    #expect(stat("/dev/null", &facts) == 0 && facts.st_mode & S_IFMT == S_IFCHR)
  }
}
