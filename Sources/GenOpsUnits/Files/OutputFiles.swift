import Foundation

/// Files that a verb writes together: all of them appear whole, or none does.
///
/// Nothing is written over a file that was read (``OpenedFiles``), nor, unless that is asked for, over one
/// that the program did not write: each kind of file has a mark by which it is known again.
package struct OutputFiles {
  /// A file and what goes into it.
  package struct File {
    package var path: String
    package var bytes: [UInt8]
    package var over: Replaceable

    package init(_ path: String, _ text: String, over: Replaceable) {
      self.init(path, bytes: Array(text.utf8), over: over)
    }

    package init(_ path: String, bytes: [UInt8], over: Replaceable) {
      self.path = path
      self.bytes = bytes
      self.over = over
    }
  }

  /// What may stand where a file goes.
  package enum Replaceable {
    /// Nothing.
    case nothing
    /// A file that holds this mark, as every one of its kind does.
    case holding(String)
    /// A file that holds one of these marks: of a verb that writes several kinds.
    case holdingOne(of: [String])
    /// Whatever it is: the place is the program's own.
    case anything
  }

  private let files: [File]
  /// Whether a file that the program did not write may go; nil where nobody can say so.
  private let replaces: Bool?
  /// How another place is named: `with --out DIR`.
  private let elsewhere: String
  private let makesFolders: Bool

  package init(
    _ files: [File], replaces: Bool? = nil, elsewhere: String, makesFolders: Bool = false
  ) {
    self.files = files
    self.replaces = replaces
    self.elsewhere = elsewhere
    self.makesFolders = makesFolders
  }

  /// Throws where one of the files may not be written, and writes nothing.
  func check() throws(FindingsError) {
    for file in files {
      try check(file, URL(literal: file.path).resolvingSymlinksInPath().path)
    }
  }

  /// Throws before anything has changed.
  package func write() throws(FindingsError) {
    // A pipe may wait for its reader, so only files hold back the signals that end the program.
    let result = HeldSignals.during { () -> Result<[File], FindingsError> in
      do throws(FindingsError) { return .success(try writeFiles()) } catch {
        return .failure(error)
      }
    }
    for pipe in try result.get() { try send(pipe) }
  }

  /// Writes what goes into files; gives back what goes into pipes and devices.
  private func writeFiles() throws(FindingsError) -> [File] {
    var staged: [StagedFile] = []
    var pipes: [File] = []
    do throws(FindingsError) {
      for file in files {
        let place = URL(literal: file.path).resolvingSymlinksInPath().path
        try check(file, place)
        if let facts = Self.facts(place), facts.st_mode & S_IFMT != S_IFREG {
          pipes.append(file)
        } else {
          staged.append(try stage(file, place))
        }
      }
    } catch {
      for file in staged { file.discard() }
      throw error
    }
    for (index, file) in staged.enumerated() {
      if let reason = file.appear() {
        // Those that have appeared go back, the last first.
        for earlier in staged[..<index].reversed() { earlier.vanish() }
        for later in staged[index...] { later.discard() }
        throw unwritable(file.path, reason)
      }
    }
    for file in staged { file.settle() }
    return pipes
  }

  private func check(_ file: File, _ place: String) throws(FindingsError) {
    guard let facts = Self.facts(place) else { return }
    if facts.st_mode & S_IFMT == S_IFDIR {
      throw unwritable(file.path, "it is a folder")
    }
    guard facts.st_mode & S_IFMT == S_IFREG else { return }
    if case .anything = file.over { return }
    if OpenedFiles.current?.contains(FileIdentity(facts)) ?? false {
      throw FindingsError(
        "exists", "'\(file.path)' was read, and nothing is written over what was read",
        help: "name another file \(elsewhere)")
    }
    if replaces == true { return }
    let marks: [String]
    switch file.over {
    case .nothing, .anything: marks = []
    case .holding(let mark): marks = [mark]
    case .holdingOne(let several): marks = several
    }
    let isForeign = !marks.isEmpty
    if isForeign, facts.st_size == 0 || marks.contains(where: { Self.holds($0, place) }) { return }
    throw FindingsError(
      "exists",
      "'\(file.path)' is there already" + (isForeign ? ", and genops did not write it" : ""),
      help: "name another file \(elsewhere)" + (replaces == nil ? "" : ", or add --replace"))
  }

  /// Whether the file is one that the program wrote. The mark stands near an end of it.
  private static func holds(_ mark: String, _ path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    let head = (try? file.read(upToCount: 64 * 1024)) ?? Data()
    if head.range(of: Data(mark.utf8)) != nil { return true }
    let end = (try? file.seekToEnd()) ?? 0
    try? file.seek(toOffset: end > 4096 ? end - 4096 : 0)
    return ((try? file.readToEnd()) ?? Data()).range(of: Data(mark.utf8)) != nil
  }

  /// Writes to a pipe or a device, which nothing can take the place of.
  private func send(_ file: File) throws(FindingsError) {
    let descriptor = open(file.path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unwritable(file.path, Self.reason()) }
    defer { close(descriptor) }
    if let failure = DescriptorWriter.write(file.bytes, to: descriptor) {
      throw unwritable(file.path, failure.description)
    }
  }

  private func stage(_ file: File, _ place: String) throws(FindingsError) -> StagedFile {
    if makesFolders {
      try? FileManager.default.createDirectory(
        atPath: StagedFile.folder(of: place), withIntermediateDirectories: true)
    }
    guard let staged = StagedFile(file.bytes, for: place) else {
      let code = Self.reason()
      throw unwritable(file.path, Self.reason(above: place) ?? code)
    }
    return staged
  }

  private func unwritable(_ path: String, _ reason: String) -> FindingsError {
    FindingsError(
      "unwritable", "'\(path)' cannot be written: \(reason)",
      help: "choose another place \(elsewhere)")
  }

  private static func facts(_ path: String) -> stat? {
    var facts = stat()
    return stat(path, &facts) == 0 ? facts : nil
  }

  private static func reason() -> String { String(cString: strerror(errno)) }

  /// What is wrong with the folders above `path`; nil when they are as they should be. The system says
  /// neither which folder cannot be written nor which file is in the way.
  private static func reason(above path: String) -> String? {
    let files = FileManager.default
    var folder = StagedFile.folder(of: path)
    var missing: String?
    var isFolder: ObjCBool = false
    while !files.fileExists(atPath: folder, isDirectory: &isFolder) {
      missing = folder
      let above = StagedFile.folder(of: folder)
      if above == folder { return nil }
      folder = above
    }
    if !isFolder.boolValue { return "'\(folder)' is a file, not a folder" }
    if !files.isWritableFile(atPath: folder) {
      return "there is no permission to write in '\(folder)'"
    }
    return missing.map { "there is no folder '\($0)'" }
  }
}
