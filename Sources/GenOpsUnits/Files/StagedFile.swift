import Foundation

/// A file that is written beside its place and then takes it, so that nobody ever sees a half of it.
struct StagedFile {
  /// Its place.
  let path: String
  private let new: String
  private let old: String

  /// Writes `bytes` beside `path`; nil when that fails, of which `errno` says why.
  init?(_ bytes: [UInt8], for path: String) {
    self.path = path
    let folder = StagedFile.folder(of: path)
    let name = path.utf8.dropFirst(folder.utf8.count).drop { $0 == UInt8(ascii: "/") }
    // The whole name would be too long beside one of 255 bytes.
    let short = Digest.sha256(name).prefix(16)
    let beside = "\(folder)/.genops.\(short).\(getpid())"
    new = beside + ".new"
    old = beside + ".old"
    var facts = stat()
    // Who could read the file before can read it after, and nobody else.
    let mode = stat(path, &facts) == 0 ? facts.st_mode & 0o777 : 0o666
    let descriptor = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { return nil }
    let failure = DescriptorWriter.write(bytes, to: descriptor)
    let code = errno
    // A disk may say only now that it is full.
    let isClosed = close(descriptor) == 0
    if failure != nil || !isClosed {
      let reason = isClosed ? code : errno
      unlink(new)
      errno = reason
      return nil
    }
  }

  /// The folder that the absolute `path` lies in.
  static func folder(of path: String) -> String {
    // By bytes: a "/" before a mark that joins it is one `Character` with it.
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    return slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  }

  /// Takes its place, keeping what stood there until ``settle()``; the reason when that fails.
  func appear() -> String? {
    // A second name for what stands there, or where a disk has none, another one.
    if link(path, old) != 0, errno != ENOENT, rename(path, old) != 0 {
      return String(cString: strerror(errno))
    }
    if rename(new, path) == 0 { return nil }
    let reason = String(cString: strerror(errno))
    rename(old, path)
    return reason
  }

  /// Leaves its place to what stood there before.
  func vanish() {
    if rename(old, path) != 0 { unlink(path) }
  }

  /// Lets go of what stood there before.
  func settle() { unlink(old) }

  /// Was not wanted after all.
  func discard() { unlink(new) }
}
