import Foundation

/// A folder of its own with a copy of `scenarios/`, in which the built `genops` is called.
struct CommandFolder {
  struct Missing: Error, CustomStringConvertible {
    var description: String { "genops is not built beside the tests: swift build --build-tests" }
  }

  /// What a call did.
  struct Answer {
    var status: Int32
    var out: String
    var err: String
    /// The files that are new or changed, by path from the folder.
    var written: [String: String]
  }

  /// The longest that one call may take, in seconds; after it the program is ended with a signal.
  static let limit = 60.0

  let folder: URL
  private let streams: URL
  private let program: URL

  init() throws {
    let built = Bundle.module.bundleURL.deletingLastPathComponent()
    program = built.appendingPathComponent("genops")
    guard FileManager.default.isExecutableFile(atPath: program.path) else { throw Missing() }
    let home = FileManager.default.temporaryDirectory
      .appendingPathComponent("genops-\(UUID().uuidString)")
    folder = home.appendingPathComponent("folder")
    streams = home.appendingPathComponent("streams")
    for each in [folder, streams] {
      try FileManager.default.createDirectory(at: each, withIntermediateDirectories: true)
    }
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    try FileManager.default.copyItem(
      at: root.appendingPathComponent("scenarios").resolvingSymlinksInPath(),
      to: folder.appendingPathComponent("scenarios"))
  }

  func remove() { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }

  func write(_ text: String, to path: String) throws {
    let file = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func make(_ link: CommandCase.Link) throws {
    let path = folder.appendingPathComponent(link.path).path
    let files = FileManager.default
    if link.isHard {
      try files.linkItem(
        atPath: folder.appendingPathComponent(link.target).path, toPath: path)
    } else {
      try files.createSymbolicLink(atPath: path, withDestinationPath: link.target)
    }
  }

  /// Calls the program and waits for its end. Its streams are files, so that it never waits for a
  /// reader.
  func call(
    _ arguments: [String], input: String = "", output: String? = nil,
    environment: [String: String] = [:]
  ) async throws -> Answer {
    let before = contents()
    let (inputFile, out, err) = (stream("in"), stream("out"), stream("err"))
    try Data(input.utf8).write(to: inputFile)
    for file in [out, err] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = environment.merging(["HOME": folder.path, "TZ": "UTC"]) { given, _ in
      given
    }
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = try FileHandle(
      forWritingTo: output.map { URL(fileURLWithPath: $0) } ?? out)
    process.standardError = try FileHandle(forWritingTo: err)
    let status = try await end(of: process)
    let now = contents()
    return Answer(
      status: status, out: String(decoding: try Data(contentsOf: out), as: UTF8.self),
      err: String(decoding: try Data(contentsOf: err), as: UTF8.self),
      written: now.filter { before[$0.key] != $0.value })
  }

  /// Starts a program and returns its exit status, or the number of the signal that ended it.
  private func end(of process: Process) async throws -> Int32 {
    try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Int32, any Error>) in
      process.terminationHandler = { ended.resume(returning: $0.terminationStatus) }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        ended.resume(throwing: error)
        return
      }
      let child = process.processIdentifier
      DispatchQueue.global().asyncAfter(deadline: .now() + Self.limit) { [weak process] in
        if let process, process.isRunning { kill(child, SIGKILL) }
      }
    }
  }

  private func stream(_ name: String) -> URL { streams.appendingPathComponent(name) }

  private func contents() -> [String: String] {
    var files: [String: String] = [:]
    for case let path as String in FileManager.default.enumerator(atPath: folder.path) ?? .init() {
      if let data = FileManager.default.contents(atPath: folder.appendingPathComponent(path).path) {
        files[path] = String(decoding: data, as: UTF8.self)
      }
    }
    return files
  }
}
