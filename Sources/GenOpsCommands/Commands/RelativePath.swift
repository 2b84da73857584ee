import Foundation
import GenOpsUnits

/// How one place is named from another, so that both can move together.
enum RelativePath {
  /// `path` as it is found from `folder`; links are followed.
  static func of(_ path: String, from folder: String) -> String {
    let here = URL(literal: folder).resolvingSymlinksInPath().pathComponents
    let there = URL(literal: path).resolvingSymlinksInPath().pathComponents
    let common = zip(here, there).prefix { $0 == $1 }.count
    let up = [String](repeating: "..", count: here.count - common)
    return (up + there[common...]).joined(separator: "/")
  }

  /// `path` as the file at `file` would name it.
  static func of(_ path: String, beside file: String) -> String {
    of(path, from: URL(literal: file).resolvingSymlinksInPath().deletingLastPathComponent().path)
  }
}
