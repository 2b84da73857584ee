import GenOpsUnits

/// Which files a ledger was opened with, to know when others are in their place.
///
/// A file that is removed or replaced while it is open goes on taking what is written, and loses it with the
/// process; a process that starts meanwhile makes a new one and spends the same budgets once more. SQLite looks
/// after it in rollback mode only. Asked with each transaction: it costs two calls of `stat`.
struct OpenFiles: Sendable {
  private let paths: [String]
  private let identities: [FileIdentity?]

  /// Those of the database at `path`, which is open in write-ahead mode.
  init(of path: String) {
    paths = [path, path + "-wal"]
    identities = paths.map { FileIdentity(path: $0) }
  }

  /// Whether the paths lead to the same files still.
  var areInPlace: Bool {
    for (path, identity) in zip(paths, identities) {
      if let identity, FileIdentity(path: path) != identity { return false }
    }
    return true
  }
}
