package import GenOpsUnits

/// A file whose beginning is looked at before it is known how the rest is read; plain or packed.
///
/// It is read once and from one thread at a time, so a pipe will do.
package final class PeekedFile {
  /// The least that is looked at, unless the file is shorter.
  private static let least = 64 * 1024
  /// How many rows of a table are looked at, however long they are: the titles, below a line `sep=;`, and
  /// two rows of values. Half a row of titles would be a table of fewer series.
  private static let rows = 4

  /// The file as the user named it.
  package let name: String
  /// The unpacked bytes of its beginning, without a byte order mark.
  package private(set) var head: [UInt8] = []
  /// Whether ``head`` is the whole file.
  package private(set) var isWhole = false
  let chunks: FileChunks

  /// Opens the file at `path`.
  package convenience init(path: String, name: String) throws(FindingsError) {
    try self.init(FileChunks(path: path, name: name), name: name)
  }

  /// The same over bytes in memory.
  package convenience init(_ bytes: [UInt8], name: String) throws(FindingsError) {
    try self.init(FileChunks(bytes, name: name), name: name)
  }

  private init(_ chunks: FileChunks, name: String) throws(FindingsError) {
    self.chunks = chunks
    self.name = name
    var breaks = RowBreaks()
    while head.count < PeekedFile.least
      || (breaks.count < PeekedFile.rows && head.count <= FileWindow.longest)
    {
      guard let piece = try chunks.next() else {
        isWhole = true
        break
      }
      head += piece
      breaks.take(piece)
    }
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { head.removeFirst(3) }
    if head.isEmpty, let damage = chunks.damage {
      throw FindingsError(findings: Findings([damage]))
    }
    guard head.contains(where: { $0 > 32 }) else {
      throw FindingsError(
        "file-empty", "'\(name)' is empty", help: "export it again",
        at: SourceLocation(file: name, line: 1, column: 1))
    }
  }

  /// Why the file ended before its end, once it was read; nil when it did not.
  package var damage: Finding? { chunks.damage }

  /// The whole file, unpacked. One that is larger than ``WholeFile`` takes is refused.
  package func content() throws(FindingsError) -> [UInt8] {
    var all = head
    while let piece = try chunks.next() {
      all += piece
      if all.count > WholeFile.most { throw FileChunks.tooLarge(name, WholeFile.most) }
    }
    if let damage = chunks.damage { throw FindingsError(findings: Findings([damage])) }
    return all
  }

  /// The lines of the file, one at a time.
  package func lines() -> TextLines { TextLines(FileLines(chunks, head: head), of: chunks) }

  /// The items of the file, which is one JSON list, one at a time.
  package func items() -> JSONItems {
    JSONItems(FileWindow(chunks, name: name, head: head), of: chunks)
  }
}

/// Counts the rows of a table that end in its bytes; those of JSON, which has no rows, are as good as many.
private struct RowBreaks {
  private(set) var count = 0
  private var isQuoted = false
  private var hasText = false
  private var isBegun = false

  mutating func take(_ bytes: [UInt8]) {
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case 10, 13:
        if !isQuoted, hasText {
          count += 1
          hasText = false
        }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if !isBegun { count = Int.max / 2 }
        hasText = true
      default: if byte > 32 { hasText = true }
      }
      // A byte order mark is no text.
      if byte > 32, byte < 0x80 { isBegun = true }
    }
  }
}

/// The lines of a text file with their numbers; one that is too long is empty.
package final class TextLines {
  private let lines: FileLines
  private let chunks: FileChunks

  init(_ lines: FileLines, of chunks: FileChunks) {
    self.lines = lines
    self.chunks = chunks
  }

  /// The next line without its end; nil behind the last. It throws when the file is cut off.
  package func next() throws(FindingsError) -> (bytes: ArraySlice<UInt8>, number: Int)? {
    if let line = try lines.next() { return (line.bytes, line.number) }
    if let damage = chunks.damage { throw FindingsError(findings: Findings([damage])) }
    return nil
  }
}
