import Foundation

/// A result that is written while it is found, however long it is: to an open descriptor, or to a file that
/// takes its place when it is whole.
package final class StreamedFile {
  /// Bytes that are gathered before they are written.
  private static let size = 256 * 1024

  private let descriptor: Int32
  private let isOwned: Bool
  /// Where the file is written, and where it belongs; nil of a descriptor that was open before.
  private let paths: (new: String, place: String)?
  private var buffer: [UInt8] = []

  /// Writes to an open descriptor, which stays open.
  package init(descriptor: Int32) {
    self.descriptor = descriptor
    isOwned = false
    paths = nil
  }

  /// Writes a file beside `path`, or into what is there and is no file, such as a pipe. Nothing is written
  /// over a file that was read; over another one, as `over` and `replaces` allow.
  package init(_ path: String, over: OutputFiles.Replaceable, replaces: Bool, elsewhere: String)
    throws(FindingsError)
  {
    // The checks of every file that is written, without writing it.
    try OutputFiles([.init(path, "", over: over)], replaces: replaces, elsewhere: elsewhere).check()
    let place = URL(literal: path).resolvingSymlinksInPath().path
    var facts = stat()
    let isThere = stat(place, &facts) == 0
    isOwned = true
    if isThere, facts.st_mode & S_IFMT != S_IFREG {
      paths = nil
      descriptor = open(place, O_WRONLY | O_CLOEXEC)
    } else {
      let short = Digest.sha256(Array(place.utf8)).prefix(16)
      let new = "\(StagedFile.folder(of: place))/.genops.\(short).\(getpid()).new"
      paths = (new, place)
      descriptor = open(
        new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isThere ? facts.st_mode & 0o777 : 0o666)
    }
    guard descriptor >= 0 else {
      throw Self.failed(path, String(cString: strerror(errno)), elsewhere)
    }
  }

  /// Adds text to the end.
  package func write(_ text: String) throws(FindingsError) {
    buffer += text.utf8
    if buffer.count >= StreamedFile.size { try flush() }
  }

  /// Adds bytes to the end.
  package func write(bytes: ArraySlice<UInt8>) throws(FindingsError) {
    buffer += bytes
    if buffer.count >= StreamedFile.size { try flush() }
  }

  /// Writes what is left, and lets the file take its place.
  package func finish() throws(FindingsError) {
    try flush()
    guard isOwned else { return }
    // A disk may say only now that it is full.
    guard close(descriptor) == 0 else { throw failure(String(cString: strerror(errno))) }
    if let paths, rename(paths.new, paths.place) != 0 {
      let reason = String(cString: strerror(errno))
      unlink(paths.new)
      throw failure(reason)
    }
  }

  /// Was not wanted after all: what stood in the place stays.
  package func discard() {
    buffer = []
    guard isOwned else { return }
    close(descriptor)
    if let paths { unlink(paths.new) }
  }

  private func flush() throws(FindingsError) {
    defer { buffer.removeAll(keepingCapacity: true) }
    switch DescriptorWriter.write(buffer, to: descriptor) {
    case nil: return
    // `genops … | head` has what it wanted.
    case .noReader where !isOwned: return
    case let failed?:
      discard()
      throw failure(failed.description)
    }
  }

  private func failure(_ reason: String) -> FindingsError {
    Self.failed(paths?.place ?? "the output", reason, "with --out")
  }

  private static func failed(_ path: String, _ reason: String, _ elsewhere: String) -> FindingsError
  {
    FindingsError(
      "unwritable", "'\(path)' cannot be written: \(reason)",
      help: "choose another place \(elsewhere)")
  }
}
