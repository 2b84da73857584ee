import Foundation

/// Reads a file whole, and never more of it than its reader has a use for.
package enum FileBytes {
  /// Why a file was not read.
  package enum Failure: Error, Sendable, Equatable {
    /// The name in the folder that was probably meant, if any.
    case missing(near: String?)
    case isFolder
    /// In the system's words.
    case unreadable(String)
    /// It has more bytes than this.
    case larger(than: Int)
  }

  /// The finding for a file that is not there.
  package static func missing(_ name: String, near: String?, at location: SourceLocation? = nil)
    -> Finding
  {
    Finding(
      .error, "file-missing", "there is no file '\(name)'",
      help: near.map { "did you mean '\($0)'?" }
        ?? "check the path; in a scenario it starts from the scenario's folder", at: location)
  }

  /// The bytes of the file at `path`, at most `limit`.
  ///
  /// A larger file is refused by its size, before anything is read: a wrong name costs neither time
  /// nor memory. A pipe or a device has no size; it is read as far as the limit goes.
  package static func content(of path: String, atMost limit: Int) throws(Failure) -> [UInt8] {
    let file = try opened(path, atMost: limit)
    defer { close(file) }
    var bytes: [UInt8] = []
    while let piece = try piece(of: file) {
      bytes += piece
      if bytes.count > limit { throw .larger(than: limit) }
    }
    return bytes
  }

  /// Opens the file at `path` for reading, unless it has more bytes than `limit`. The caller closes
  /// it.
  package static func opened(_ path: String, atMost limit: Int = .max) throws(Failure) -> Int32 {
    var file = open(path, O_RDONLY | O_CLOEXEC)
    while file < 0, errno == EINTR { file = open(path, O_RDONLY | O_CLOEXEC) }
    guard file >= 0 else {
      let code = errno
      throw code == ENOENT || code == ENOTDIR
        ? .missing(near: nearest(to: path)) : .unreadable(String(cString: strerror(code)))
    }
    var facts = stat()
    let isKnown = fstat(file, &facts) == 0
    let kind = facts.st_mode & S_IFMT
    if isKnown, kind != S_IFDIR, kind != S_IFREG || facts.st_size <= limit {
      OpenedFiles.current?.add(FileIdentity(facts))
      return file
    }
    let failure: Failure =
      !isKnown
      ? .unreadable(String(cString: strerror(errno)))
      : kind == S_IFDIR ? .isFolder : .larger(than: limit)
    close(file)
    throw failure
  }

  /// The next bytes of an open file; nil at its end.
  package static func piece(of file: Int32, atMost size: Int = 256 * 1024) throws(Failure)
    -> [UInt8]?
  {
    var code: Int32 = 0
    let piece = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      var found = read(file, buffer.baseAddress, size)
      while found < 0, errno == EINTR { found = read(file, buffer.baseAddress, size) }
      if found < 0 { code = errno }
      count = max(0, found)
    }
    if code != 0 { throw .unreadable(String(cString: strerror(code))) }
    return piece.isEmpty ? nil : piece
  }

  /// The file beside a missing one whose name is nearest, named as the missing one was.
  package static func nearest(to path: String) -> String? {
    let url = URL(literal: path)
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: url.deletingLastPathComponent().path)
    let known = (names ?? []).filter { !$0.hasPrefix(".") }.sorted()
    guard let near = nearestName(to: url.lastPathComponent, among: known) else { return nil }
    guard let slash = path.lastIndex(of: "/") else { return near }
    return path[...slash] + near
  }
}
