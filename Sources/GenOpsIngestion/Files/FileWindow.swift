import GenOpsUnits

/// The part of a file that is being looked at: what was read of it and is not used up.
///
/// Memory is bounded by ``longest``, however long the file is.
final class FileWindow {
  /// The longest record. PostHog takes bodies of up to 20 MB.
  static let longest = 32 << 20
  /// The most values of a record that is parsed: they take some 100 bytes each.
  static let mostValues = 2_000_000

  private let chunks: FileChunks
  private var bytes: [UInt8] = []
  private var start = 0
  /// Where ``unused`` begins.
  private(set) var place: SourceLocation
  /// Whether nothing follows ``unused``.
  private(set) var isLast = false

  /// `head` was read of the file before.
  init(_ chunks: FileChunks, name: String, head: [UInt8] = []) {
    self.chunks = chunks
    bytes = head
    place = SourceLocation(file: name, line: 1, column: 1)
  }

  var unused: ArraySlice<UInt8> { bytes[start...] }
  var isTooLong: Bool { bytes.count - start > FileWindow.longest }

  /// Uses up the next `count` bytes; what follows stands at `next`.
  func use(_ count: Int, next: SourceLocation) {
    start += count
    place = next
  }

  /// Consumes the next byte unless it ends a line.
  func useOne() {
    start += 1
    place.column += 1
  }

  /// Writes `byte` in place of the next one.
  func replaceFirst(with byte: UInt8) { bytes[start] = byte }

  /// Reads on until twice as much is unused, so that looking at it again from its beginning costs no
  /// more than reading it twice. False at the end of the file.
  func grow() throws(FindingsError) -> Bool {
    if isLast { return false }
    // Only what is used up goes, a window at a time.
    bytes.removeSubrange(..<start)
    start = 0
    let wanted = max(FileChunks.readSize, 2 * bytes.count)
    while bytes.count < wanted {
      guard let more = try chunks.next() else {
        isLast = true
        break
      }
      bytes += more
    }
    return true
  }

  /// The next byte, reading on when all are used up; nil at the end of the file.
  func first() throws(FindingsError) -> UInt8? {
    while start == bytes.count { if try !grow() { return nil } }
    return bytes[start]
  }

  /// Uses up spaces, ends of lines and whatever else `isSkipped`.
  func skip(_ isSkipped: (UInt8) -> Bool) throws(FindingsError) {
    while let byte = try first() {
      if byte == UInt8(ascii: "\n") {
        use(1, next: SourceLocation(file: place.file, line: place.line + 1, column: 1))
      } else if byte <= 32 || isSkipped(byte) {
        useOne()
      } else {
        return
      }
    }
  }

  /// Uses up the rest of the line and the lines behind it that do not begin with `mark`.
  func skipLines(toMark mark: UInt8) throws(FindingsError) {
    var isBeginning = false
    while let byte = try first() {
      if byte == UInt8(ascii: "\n") {
        isBeginning = true
        use(1, next: SourceLocation(file: place.file, line: place.line + 1, column: 1))
        continue
      }
      if isBeginning, byte == mark { return }
      if byte > 32 { isBeginning = false }
      useOne()
    }
  }
}
