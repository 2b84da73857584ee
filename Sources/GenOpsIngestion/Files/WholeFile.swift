package import GenOpsUnits

/// Reads small files whole: histories and bills.
package enum WholeFile {
  /// The largest file taken whole, unpacked. A year of daily usage of 1,000 projects is 20 MB; the
  /// cells of a larger one would take gigabytes.
  static let most = 64 << 20

  /// The unpacked bytes of the file at `path`, which the user named `name`.
  package static func bytes(path: String, name: String) throws(FindingsError) -> [UInt8] {
    try drain(try FileChunks(path: path, name: name, atMost: most), name: name)
  }

  private static func drain(_ chunks: FileChunks, name: String) throws(FindingsError) -> [UInt8] {
    var all: [UInt8] = []
    while let chunk = try chunks.next() {
      all += chunk
      if all.count > most { throw FileChunks.tooLarge(name, most) }
    }
    if let damage = chunks.damage { throw FindingsError(findings: Findings([damage])) }
    return all
  }

  /// `bytes` unpacked and as UTF-8 text, with a warning where they had to be repaired.
  package static func text(_ bytes: [UInt8], name: String) throws(FindingsError) -> (
    [UInt8], notes: Findings
  ) {
    let place = SourceLocation(file: name, line: 1, column: 1)
    let text = try drain(FileChunks(bytes, name: name), name: name)
    guard text.contains(where: { $0 > 32 }) else {
      throw FindingsError(
        "file-empty", "'\(name)' is empty", help: "export it again", at: place)
    }
    var notes = Findings()
    if String(validating: text, as: UTF8.self) == nil {
      notes.warning(
        "file-encoding", "'\(name)' is not valid UTF-8 everywhere; damaged letters are replaced",
        help: "save it as CSV UTF-8", at: place)
      return (Array(String(decoding: text, as: UTF8.self).utf8), notes)
    }
    return (text, notes)
  }
}
