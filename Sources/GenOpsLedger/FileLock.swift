#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An exclusive lock on a file of its own. The system lets go of it when the process ends, however
/// it ends: that is how other processes learn that a holder of leases died.
final class FileLock: Sendable {
  let path: String
  private let descriptor: Int32

  /// Takes the lock; nil when somebody holds it. With `waits` it waits instead.
  init?(_ path: String, waits: Bool = false) {
    guard let descriptor = PrivateFile.open(path) else { return nil }
    var result: Int32 = -1
    repeat {
      result = flock(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB)
    } while result != 0 && errno == EINTR
    guard result == 0 else {
      close(descriptor)
      return nil
    }
    self.path = path
    self.descriptor = descriptor
  }

  /// Removes the file while it is locked: otherwise another process could lock a file that is about
  /// to vanish, and take its holder to be alive.
  func remove() { unlink(path) }

  deinit { close(descriptor) }
}
