import Foundation
import GenOpsUnits

/// Why a file or folder could not be written, in words that say what to change. Foundation's own
/// messages name neither the folder that is missing nor the file that is in the way.
enum WriteFailure {
  /// The finding for `error`, met while `path` was written; `help` says how to name another place.
  static func finding(_ error: any Error, writing path: String, help: String) -> FindingsError {
    FindingsError(
      "unwritable", "'\(path)' cannot be written: \(reason(path) ?? error.localizedDescription)",
      help: help)
  }

  /// What is wrong with the folders above `path`; nil when they are as they should be.
  private static func reason(_ path: String) -> String? {
    let files = FileManager.default
    var folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var missing: String?
    var isFolder: ObjCBool = false
    while !files.fileExists(atPath: folder, isDirectory: &isFolder) {
      missing = folder
      let above = URL(fileURLWithPath: folder).deletingLastPathComponent().path
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
