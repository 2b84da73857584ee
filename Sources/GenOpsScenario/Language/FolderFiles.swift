import Foundation
import GenOpsUnits

/// The files in a folder that is named in place of them.
enum FolderFiles {
  /// The files by name, without hidden ones and those of folders within; nil where `path` is not a folder.
  static func inside(_ path: String) throws(FindingsError) -> [String]? {
    guard isFolder(path) else { return nil }
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: path)
      return names.filter { !$0.hasPrefix(".") }.sorted()
        .map { path + (path.hasSuffix("/") ? "" : "/") + $0 }
        .filter { !isFolder($0) }
    } catch {
      throw FindingsError(
        "file-unreadable", "the folder '\(path)' cannot be read: \(error.localizedDescription)",
        help: "check its permissions")
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
