import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files of a ledger: they hold distinct ids and properties of people, so only their owner reads them,
/// and a link that somebody has put in their place leads nowhere.
package enum PrivateFile {
  /// Opens a file of mode 0600 for reading and writing, and makes it when there is none. One that others
  /// may read is closed to them. Nil when it cannot be opened, or is a symbolic link.
  static func open(_ path: String) -> Int32? {
    let descriptor = openFile(path, O_RDWR | O_CREAT)
    guard descriptor >= 0 else { return nil }
    tighten(descriptor)
    return descriptor
  }

  /// Makes a file that was not there, of mode 0600, for writing. Nil when there is one, or a link.
  package static func make(_ path: String) -> Int32? {
    let descriptor = openFile(path, O_WRONLY | O_CREAT | O_EXCL)
    return descriptor >= 0 ? descriptor : nil
  }

  /// Makes the folder of a file where there is none, for its owner alone.
  static func makeFolder(of path: String) throws(LedgerError) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    if FileManager.default.fileExists(atPath: folder) { return }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw LedgerError.cannotOpen(path: path, reason: "its folder cannot be made")
    }
  }

  /// Makes the file of a database before SQLite does, which would let everybody read it; what SQLite puts
  /// beside it takes its mode over.
  static func prepareDatabase(_ path: String) throws(LedgerError) {
    guard let descriptor = open(path) else {
      throw LedgerError.cannotOpen(path: path, reason: reason(path))
    }
    close(descriptor)
    for beside in ["-wal", "-shm"] {
      let descriptor = openFile(path + beside, O_RDWR)
      if descriptor >= 0 {
        tighten(descriptor)
        close(descriptor)
      } else if isLink(path + beside) {
        throw LedgerError.cannotOpen(path: path + beside, reason: reason(path + beside))
      }
    }
  }

  /// Why ``open(_:)`` gave nothing.
  static func reason(_ path: String) -> String {
    isLink(path) ? "it is a symbolic link" : "its folder cannot be written"
  }

  private static func openFile(_ path: String, _ flags: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
    #elseif canImport(Musl)
      Musl.open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
    #else
      Darwin.open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
    #endif
  }

  /// A file of somebody else's keeps its mode: only its owner may change it.
  private static func tighten(_ descriptor: Int32) {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & 0o077 != 0 else { return }
    _ = fchmod(descriptor, 0o600)
  }

  private static func isLink(_ path: String) -> Bool {
    var facts = stat()
    return lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFLNK
  }
}
