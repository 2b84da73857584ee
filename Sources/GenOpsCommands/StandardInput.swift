import Foundation
import GenOpsUnits

/// What is given on standard input, as a file that can be read as often as a verb needs to: a pipe is written to a file
/// without a name first.
final class StandardInput {
  /// Where it is read.
  let path: String
  private let copy: FileHandle?

  /// - Throws: When a pipe cannot be read, or there is no file to be had.
  init() throws(FindingsError) {
    var facts = stat()
    if fstat(STDIN_FILENO, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG {
      path = "/dev/stdin"
      copy = nil
      return
    }
    let (path, file) = try TemporaryBytes.file("genops-stdin")
    (self.path, copy) = (path, file)
    let descriptor = file.fileDescriptor
    while let piece = try StandardInput.piece() {
      if let failed = DescriptorWriter.write(piece, to: descriptor) {
        throw StandardInput.failure(failed.description)
      }
    }
    // Where opening the path does not begin anew, the copy is read from its beginning.
    lseek(descriptor, 0, SEEK_SET)
  }

  private static func piece() throws(FindingsError) -> [UInt8]? {
    do throws(FileBytes.Failure) {
      return try FileBytes.piece(of: STDIN_FILENO)
    } catch .unreadable(let why) {
      throw failure(why)
    } catch {
      throw failure("it is not readable")
    }
  }

  private static func failure(_ reason: String) -> FindingsError {
    FindingsError(
      "file-unreadable", "standard input cannot be read: \(reason)",
      help: "save it as a file, and name that")
  }
}
