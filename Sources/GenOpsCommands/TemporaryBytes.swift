import Foundation
import GenOpsUnits

/// A file without a name, of which nothing is left however the program ends.
enum TemporaryBytes {
  /// Where it is read and what keeps it; `purpose` is what it is called until it has no name.
  static func file(_ purpose: String) throws(FindingsError) -> (path: String, file: FileHandle) {
    let folder = FileManager.default.temporaryDirectory.path
    var name = Array("\(folder)/\(purpose)-XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else {
      throw FindingsError(
        "file-unreadable",
        "there is no room to work in '\(folder)': \(String(cString: strerror(errno)))",
        help: "set TMPDIR to a folder that can be written")
    }
    unlink(name)
    return (
      "/dev/fd/\(descriptor)", FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    )
  }
}
