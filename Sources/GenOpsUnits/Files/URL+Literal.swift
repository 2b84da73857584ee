package import Foundation

extension URL {
  /// The file at `path` as it is written. Foundation takes `~name` at its beginning for a home folder, so
  /// that a file would be read in one place and written in another, and ends the program where there is
  /// no such user; the shell has already said what it stands for.
  package init(literal path: String) {
    self.init(fileURLWithPath: path.utf8.first == UInt8(ascii: "~") ? "./" + path : path)
  }
}
