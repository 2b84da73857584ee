import Foundation
package import GenOpsUnits

/// The files that a folder, or a pattern such as `usage-*.csv`, stands for.
package enum FolderFiles {
  /// The files by name, without hidden ones and those of folders within; nil where `path` is the name of
  /// one file.
  package static func inside(_ path: String) throws(FindingsError) -> [String]? {
    if isPattern(path) { return matching(path) }
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

  /// The files by name that a pattern such as `billing/usage-*.csv` stands for.
  private static func matching(_ path: String) -> [String] {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { String(path[...$0]) } ?? ""
    let pattern = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
    return (names ?? []).filter { fnmatch(pattern, $0, FNM_PERIOD) == 0 }.sorted()
      .map { folder + $0 }.filter { !isFolder($0) }
  }

  /// Whether a name is a pattern: a file that is called so is meant itself.
  package static func isPattern(_ path: String) -> Bool {
    path.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
      && !FileManager.default.fileExists(atPath: path)
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
