import Foundation
import GenOpsReporting
import GenOpsUnits

/// What a run wrote: its folder, or the `result.json` alone.
struct FiledRun {
  /// The largest `result.json` that is read: a year of daily lines is a tenth of a megabyte.
  private static let mostBytes = 256 << 20

  /// As the user named it.
  let path: String
  /// The folder whose other files belong to the run; nil where the file alone was named.
  let folder: String?
  let file: String
  let bytes: [UInt8]
  let node: Node

  init(_ path: String) throws(FindingsError) {
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    self.path = path
    folder = isFolder.boolValue ? path : nil
    file = isFolder.boolValue ? path + "/" + (JSONFormat.fileName ?? "") : path
    do { bytes = try FileBytes.content(of: file, atMost: FiledRun.mostBytes) } catch {
      switch error {
      case .missing(let near):
        throw FindingsError(
          "file-missing", "there is no file '\(file)'",
          help: near.map { "did you mean '\($0)'?" }
            ?? "name the folder or the result.json of a run: genops report notebooks-out/NAME")
      case .isFolder:
        throw FindingsError(
          "file-unreadable", "'\(file)' is a folder", help: "name the folder above it")
      case .unreadable(let reason):
        throw FindingsError("file-unreadable", "'\(file)' cannot be read: \(reason)")
      case .larger(let limit):
        throw FindingsError(
          "file-unreadable", "'\(file)' is larger than \(limit >> 20) MB",
          help: "name the result.json of a run")
      }
    }
    node = try JSONParser.parse(bytes, file: file)
  }

  /// The bytes of another file of the folder; nil where there is none.
  func bytes(of name: String) -> [UInt8]? {
    folder.flatMap { try? FileBytes.content(of: $0 + "/" + name, atMost: FiledRun.mostBytes) }
  }
}
