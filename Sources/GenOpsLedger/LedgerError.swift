import GRDB

/// Why a ledger cannot be used. None of the texts holds data of an event.
public enum LedgerError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file cannot be opened or made.
  case cannotOpen(path: String, reason: String)
  /// The file is not a ledger, or its pages contradict each other.
  case damaged(path: String, reason: String)
  /// A newer version of the program has changed the file's layout.
  case newerLayout(path: String)
  /// The disk, or the quota, is full.
  case full(path: String)
  /// Another process held the file for longer than the ledger waits.
  case busy(path: String)
  /// Another process holds the lock of a file that was removed or replaced here while it was open.
  case lockHeld(path: String, lock: String)
  /// Its file was removed, or another one is in its place, while the ledger was open.
  case replaced(path: String)
  /// Any other failure of the file or the disk.
  case failed(path: String, reason: String)
  /// An adapter has the account object already.
  case inUse(account: String)
  /// The account was closed.
  case closed

  public var description: String {
    switch self {
    case .cannotOpen(let path, let reason):
      "the ledger \(path) cannot be opened (\(reason)); check that its folder exists and is writable"
    case .damaged(let path, let reason):
      "the ledger \(path) is damaged (\(reason)); keep the file, and restore it from a backup"
    case .newerLayout(let path):
      "the ledger \(path) was written by a newer version; use that version"
    case .full(let path): "the disk of the ledger \(path) is full; free some space"
    case .busy(let path): "the ledger \(path) is held by another process; try again"
    case .lockHeld(let path, let lock):
      "the ledger \(path) was removed or replaced while another process has it open, which still holds the lock "
        + "\(lock); put the file back, or end that process first"
    case .replaced(let path):
      "the ledger \(path) was removed or replaced while it was open; put its files back, or start again"
    case .failed(let path, let reason): "the ledger \(path) failed (\(reason))"
    case .inUse(let account):
      "an adapter uses this object of the account '\(account)' already, and two would spend the same "
        + "lease twice; open the account again for the other one"
    case .closed: "this account of the ledger was closed; open it again"
    }
  }

  /// What a failure of SQLite means for the ledger at `path`. Its texts quote statements, never
  /// their values.
  init(_ error: any Error, path: String) {
    if let known = error as? LedgerError {
      self = known
      return
    }
    guard let database = error as? DatabaseError else {
      self = .failed(path: path, reason: "\(type(of: error))")
      return
    }
    let reason = database.resultCode.description
    self =
      switch database.resultCode {
      case .SQLITE_FULL: .full(path: path)
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(path: path, reason: reason)
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
      case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY:
        .cannotOpen(path: path, reason: reason)
      default: .failed(path: path, reason: reason)
      }
  }
}
