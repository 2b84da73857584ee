import Foundation
import GRDB

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Ledger {
  /// Writes one state of the ledger into a file of its own, while processes go on writing. The file appears when it is
  /// whole, for its owner alone to read; one of its name is replaced.
  ///
  /// - Throws: Also when the copy is damaged: its pages are checked before it gets its name.
  public func backup(to path: String) throws(LedgerError) {
    let part = Ledger.part(of: path)
    defer { Ledger.removeFiles(part) }
    do {
      try PrivateFile.makeFolder(of: path)
      guard let descriptor = PrivateFile.make(part) else {
        throw LedgerError.cannotOpen(path: path, reason: PrivateFile.reason(part))
      }
      close(descriptor)
      let copy = try DatabaseQueue(path: part)
      try database.backup(to: copy)
      let verdict = try copy.inDatabase { db -> String? in
        // One file, without anything beside it.
        _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
        return try String.fetchOne(db, sql: "PRAGMA quick_check(1)")
      }
      try copy.close()
      guard verdict == "ok" else {
        throw LedgerError.damaged(path: path, reason: "the copy's pages contradict each other")
      }
    } catch { throw LedgerError(error, path: path) }
    guard rename(part, path) == 0 else {
      throw .cannotOpen(path: path, reason: "its folder cannot be written")
    }
  }

  /// Puts a file of ``backup(to:)`` in the place of a ledger. What was decided after the backup is then not known: it
  /// counts for no budget, and copies of its events are new events. What had not been delivered when it was made is
  /// sent again, under the same uuids.
  ///
  /// - Parameters:
  ///   - backup: The file; it stays as it is.
  ///   - path: Of the ledger. No process may have it open.
  ///   - replaces: Whether one that is there is replaced; it is kept beside, with `.before` behind its name.
  /// - Throws: ``LedgerError/lockHeld(path:lock:)`` when a process has it open; also when the backup is damaged or of a
  ///   newer version, or there is a ledger already.
  public static func restore(_ backup: String, to path: String, replaces: Bool = false)
    throws(LedgerError)
  {
    let files = FileManager.default
    guard files.fileExists(atPath: backup) else {
      throw .cannotOpen(path: backup, reason: "there is no such file")
    }
    try PrivateFile.makeFolder(of: path)
    let isThere = files.fileExists(atPath: path)
    if isThere, !replaces {
      throw .cannotOpen(path: path, reason: "there is a ledger already; ask for it to be replaced")
    }
    guard let lock = FileLock(path + "-open") else {
      throw .lockHeld(path: path, lock: path + "-open")
    }
    defer { withExtendedLifetime(lock) {} }
    for holder in holderLocks(of: path) {
      guard let free = FileLock(holder) else { throw .lockHeld(path: path, lock: holder) }
      free.remove()
    }
    let part = Ledger.part(of: path)
    defer { removeFiles(part) }
    do {
      guard let descriptor = PrivateFile.make(part) else {
        throw LedgerError.cannotOpen(path: path, reason: PrivateFile.reason(part))
      }
      close(descriptor)
      let source = try DatabaseQueue(path: backup, configuration: readOnly)
      try source.backup(to: DatabaseQueue(path: part))
      // Checks its pages, and brings its layout up to date.
      try Ledger(path: part).database.close()
    } catch { throw LedgerError(error, path: backup) }
    for suffix in ["", "-wal", "-shm"] {
      if isThere {
        _ = rename(path + suffix, path + ".before" + suffix)
      } else {
        unlink(path + suffix)
      }
    }
    guard rename(part, path) == 0 else {
      throw .cannotOpen(path: path, reason: "its folder cannot be written")
    }
  }

  private static var readOnly: Configuration {
    var configuration = Configuration()
    configuration.readonly = true
    return configuration
  }

  private static func holderLocks(of path: String) -> [String] {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent().path
    let begin = url.lastPathComponent + "-holder-"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasPrefix(begin) }.sorted().map { folder + "/" + $0 }
  }

  private static func part(of path: String) -> String { "\(path).\(getpid()).part" }

  private static func removeFiles(_ path: String) {
    for suffix in ["", "-wal", "-shm", "-journal", "-open"] { unlink(path + suffix) }
  }
}
